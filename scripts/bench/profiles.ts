import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChildCost, costInTurns, median } from './child-cost.ts'
import type { BenchTable } from './table.ts'

const ROUNDS = 10
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const DATA = here('../../../shared/data/opal')
const TRUTH = 'goldstandard_low_1.bin'
const PROFILES = [
  ...['agitated_blackwell_7', 'cfk7b.profile', 'cranky_wozniak_13', 'evil_darwin_13'],
  ...['furious_elion_13', 'jolly_pasteur_3'],
]
/** What OPAL 1.0.13 is reported to take for eight such profiles, start-up included; no OPAL is run here. */
const PUBLISHED_SECONDS = 2.7 / 8

/** Scoring the profiles of CAMI's low-complexity sample in one call, for each profile. */
export const benchProfiles = (): BenchTable => {
  const head = ['what', 'ours, for each profile', 'OPAL as published, not measured here', 'ratio', 'target']
  const title = `${PROFILES.length} CAMI profiles of one sample, every rank and metric, median of ${ROUNDS}`
  if (!existsSync(DATA)) return { title, head, rows: [['skipped: the profiles are not here', '', '', '', '']] }
  const [truth = '', ...files] = [TRUTH, ...PROFILES].map((name) => join(DATA, name))
  const flags = files.flatMap((file, index) => ['--prediction', `p${index}=${file}`])
  const [alone = [], whole = []] = costInTurns(
    [
      [process.execPath, here('score-profiles.mjs'), truth, ...files],
      [process.execPath, here('../../bin/run.js'), 'score', '--type', 'diversity-analysis', '--truth', truth, ...flags],
    ],
    ROUNDS,
  )
  const row = (what: string, costs: readonly ChildCost[], of: keyof ChildCost, target: string): string[] => {
    const each = median(costs.map((cost) => cost[of])) / files.length
    const published = `${(PUBLISHED_SECONDS * 1000).toFixed(0)} ms`
    return [what, `${(each * 1000).toFixed(1)} ms`, published, `${(PUBLISHED_SECONDS / each).toFixed(1)} ×`, target]
  }
  return {
    title,
    head,
    rows: [
      row('reading and metrics alone, wall time', alone, 'workWall', '≥ 20 ×'),
      row('reading and metrics alone, CPU time', alone, 'workCpu', ''),
      row('whole process, wall time', whole, 'wall', '≥ 8 ×'),
      row('whole process, CPU time', whole, 'cpu', ''),
    ],
  }
}
