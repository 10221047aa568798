import type { PrivacyPreview } from '../../app/hub/preview-privacy.ts'
import { plainText } from '../plain-text.ts'
import { inertProse } from '../markdown/inert-text.ts'
import { isForPrograms, renderTable, type Table, type TableOptions } from '../table/table.ts'

/** What is not in the document, who else looks like it, the limits of all this; last, as it is long, the document itself. */
export const renderPrivacy = (preview: PrivacyPreview, options: TableOptions = {}): string => {
  if (isForPrograms(options)) return renderTable(omissionTable(preview), options)
  if (options.format === 'markdown') return markdownOf(preview, options)
  const { visibility, projectId, runId, bytes, contentSha256 } = preview
  return plainText(
    [
      `Visibility   ${visibility}`,
      `Document     ${projectId}/${runId}, ${bytes} bytes, content ${contentSha256}`,
      ...groupLines(preview),
      '',
      ...omissionLines(preview),
      'Limits:',
      ...preview.limits.map((limit) => `  ${limit}`),
      '',
      'The document:',
      preview.text.trimEnd(),
    ].join('\n'),
  )
}

const groupLines = ({ group, held, wantedGroupSize }: PrivacyPreview): readonly string[] => {
  if (group === null) return []
  const machine = group.outcome === 'as-is' ? '' : ', with the machine left out'
  return [
    `Group        ${group.groupSize} of ${wantedGroupSize} contributors${machine}`,
    ...(held === null ? [] : [`Held         ${held}`]),
  ]
}

const omissionLines = ({ omissions }: PrivacyPreview): readonly string[] =>
  omissions.length === 0 ? ['Nothing was left out or changed.', ''] : [renderTable(omissionTable({ omissions })), '']

const omissionTable = ({ omissions }: Pick<PrivacyPreview, 'omissions'>): Table => ({
  head: ['Field', 'Change'],
  rows: omissions.map(({ field, change }) => [field, change]),
})

const markdownOf = (preview: PrivacyPreview, options: TableOptions): string => {
  const { visibility, projectId, runId, bytes, contentSha256, omissions, limits, text } = preview
  const facts = [
    `Visibility: ${visibility}`,
    `Document: ${projectId}/${runId}, ${String(bytes)} bytes, content ${contentSha256}`,
    ...groupLines(preview).map((line) => line.replace(/ {2,}/, ': ')),
  ]
  return [
    facts.map((line) => `- ${inertProse(line)}`).join('\n'),
    omissions.length === 0 ? 'Nothing was left out or changed.' : renderTable(omissionTable(preview), options),
    `Limits:\n\n${limits.map((limit) => `- ${inertProse(limit)}`).join('\n')}`,
    // Indented: no sign in it can end the block.
    `The document:\n\n${plainText(text.trimEnd()).replaceAll(/^/gm, '    ')}`,
  ].join('\n\n')
}
