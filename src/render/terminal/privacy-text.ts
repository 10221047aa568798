import type { PrivacyPreview } from '../../app/hub/preview-privacy.ts'
import { plainText } from '../plain-text.ts'
import { textColumns } from './text-columns.ts'

/** What is not in the document, who else looks like it, the limits of all this; last, as it is long, the document itself. */
export const renderPrivacy = (preview: PrivacyPreview): string => {
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
  omissions.length === 0
    ? ['Nothing was left out or changed.', '']
    : [
        textColumns(
          ['Field', 'Change'],
          omissions.map(({ field, change }) => [field, change]),
        ),
        '',
      ]
