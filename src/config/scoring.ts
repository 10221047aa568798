import { resolve } from 'node:path'
import type { Finding } from '../core/problem.ts'
import type { ScoringOptions } from '../core/scoring-options.ts'
import { readScoringSettings } from '../core/settings/scoring-settings.ts'
import type { GivenSettings } from '../core/settings/setting-source.ts'
import { isRecord } from './declaration.ts'
import { readTextFile } from './text-file.ts'
import type { YamlSource } from './yaml-source.ts'

/**
 * The `evaluation.scoring:` section: the settings of `benchmark score`, with `_` for `-`. The benchmark type is not
 * known yet, because a dataset chosen later may bring its own; settings of other types then change nothing.
 */
export const readScoring = (
  source: YamlSource,
  evaluation: unknown,
  root: string,
  findings: Finding[],
): Partial<ScoringOptions> => {
  const section = isRecord(evaluation) ? evaluation['scoring'] : undefined
  if (!isRecord(section)) return {}
  const given = Object.fromEntries(
    Object.entries(section).map(([key, value]) => [key.replaceAll('_', '-'), value]),
  ) as GivenSettings
  const unread = new Set<unknown>()
  const report = (setting: string, message: string, hint?: string): void => {
    // What is wrong with the contents of a file that cannot be read is no second fault.
    if (unread.has(given[setting])) return
    const location = source.locate(['benchmark', 'evaluation', 'scoring', setting.replaceAll('-', '_')])
    findings.push({ message, location, ...(hint === undefined ? {} : { hint }) })
  }
  const readText = (file: string): string => {
    const read = readTextFile(resolve(root, file), file)
    if ('text' in read) return read.text
    findings.push(read.finding)
    unread.add(file)
    return ''
  }
  return readScoringSettings(null, { given, report, readText })
}
