import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Dataset } from '../core/dataset.ts'
import type { Finding } from '../core/problem.ts'
import type { DatasetFile } from '../generated/dataset.ts'
import { validateDataset } from '../generated/validators.ts'
import { schemaFindings } from './schema-findings.ts'
import { readTextFile } from './text-file.ts'
import type { Environment } from './variables.ts'
import { parseYaml } from './yaml-source.ts'

/** The `dataset.yaml` files of a folder of datasets: one in each subfolder, and one in the folder itself if it is there. */
export const datasetFiles = (folder: string): readonly string[] => {
  if (!existsSync(folder)) return []
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => join(folder, name, 'dataset.yaml'))
    .sort()
  return [join(folder, 'dataset.yaml'), ...inside].filter((file) => existsSync(file))
}

/** Reads one `dataset.yaml`; null when it cannot be used, with every reason among the findings. */
export const readDataset = (
  path: string,
  shownAs: string,
  environment: Environment,
  findings: Finding[],
): Dataset | null => {
  const read = readTextFile(path, shownAs)
  if ('finding' in read) {
    findings.push(read.finding)
    return null
  }
  const never = (): boolean => false
  const parsed = parseYaml(read.text, shownAs, { environment, isExempt: never, isOptional: never })
  findings.push(...parsed.findings)
  if (parsed.source === null) return null
  const problems = schemaFindings(validateDataset, parsed.source)
  findings.push(...problems)
  if (problems.length > 0) return null
  const value = parsed.source.value as DatasetFile
  const root = resolve(dirname(path), value.base ?? '.')
  return {
    id: value.id,
    title: value.title ?? value.id,
    version: value.version,
    benchmarkType: value.benchmark_type ?? 'amr-detection',
    licence: value.licence ?? null,
    source: value.source ?? null,
    labels: value.labels ?? null,
    description: value.description ?? null,
    samplesheet: resolve(root, value.samplesheet),
    truth: value.truth === undefined ? null : resolve(root, value.truth),
    files: (value.files ?? []).map((file) => ({
      path: resolve(root, file.path),
      sha256: file.sha256 ?? null,
      bytes: file.bytes ?? null,
      sources: file.sources ?? [],
    })),
    root,
    fetched:
      value.fetched === undefined
        ? null
        : {
            from: value.fetched.from,
            documentVersion: value.fetched.document_version,
            documentSha256: value.fetched.document_sha256,
          },
    file: path,
  }
}
