import type { Dataset } from '../core/dataset.ts'
import { pathBetween, pathInside } from '../core/relative-path.ts'

/**
 * The text of a `dataset.yaml` that stands in `folder` and describes data in `root` (both absolute). Paths are relative
 * where the data are below `root`, so that both can move together; JSON quoting keeps any text valid YAML.
 */
export const datasetYaml = (
  dataset: Omit<Dataset, 'file'>,
  place: { readonly folder: string; readonly root: string; readonly project: string; readonly schemaUrl: string },
): string => {
  const relative = (path: string): string => pathInside(place.root, path) ?? path
  const keys: [string, string | number | null][] = [
    ['id', dataset.id],
    ['title', dataset.title],
    ['version', dataset.version],
    ['benchmark_type', dataset.benchmarkType],
    ['licence', dataset.licence],
    ['source', dataset.source],
    ['labels', dataset.labels],
    ['description', dataset.description],
    ['base', baseOf(place)],
    ['samplesheet', relative(dataset.samplesheet)],
    ['truth', dataset.truth === null ? null : relative(dataset.truth)],
  ]
  const lines = keys.filter(([, value]) => value !== null).map(([key, value]) => `${key}: ${quoted(value)}`)
  const { fetched } = dataset
  if (fetched !== null)
    lines.push(
      'fetched:',
      `  from: ${quoted(fetched.from)}`,
      `  document_version: ${fetched.documentVersion}`,
      `  document_sha256: ${quoted(fetched.documentSha256)}`,
    )
  const files = dataset.files.map(({ path, sha256, bytes, sources }) =>
    [
      `  - path: ${quoted(relative(path))}`,
      ...(sha256 === null ? [] : [`    sha256: ${sha256}`]),
      ...(bytes === null ? [] : [`    bytes: ${bytes}`]),
      ...(sources.length === 0 ? [] : ['    sources:', ...sources.map((source) => `      - ${quoted(source)}`)]),
    ].join('\n'),
  )
  return [`# yaml-language-server: $schema=${place.schemaUrl}`, ...lines, 'files:', ...files, ''].join('\n')
}

// What somebody else wrote must not be filled with variables of this user when it is read again.
const quoted = (value: string | number | null): string => JSON.stringify(value).replaceAll('${', () => '$${')

// Relative inside the project, which is moved and shared as a whole; absolute for data that live elsewhere.
const baseOf = ({ folder, root, project }: { folder: string; root: string; project: string }): string | null => {
  if (folder === root) return null
  return pathInside(project, root) === null ? root : pathBetween(folder, root)
}
