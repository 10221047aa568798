import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChildCost, costInTurns, median } from './child-cost.ts'
import { keptProgram } from './kept-program.ts'
import type { BenchTable } from './table.ts'

const ROUNDS = 10
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const DATA = here('../../../shared/data/opal')
const TRUTH = 'goldstandard_low_1.bin'
const PROFILES = [
  ...['agitated_blackwell_7', 'cfk7b.profile', 'cranky_wozniak_13', 'evil_darwin_13'],
  ...['furious_elion_13', 'jolly_pasteur_3'],
]
/** The work of OPAL 1.0.13 without plots, start-up left out, as published for eight such profiles. */
const PUBLISHED_SECONDS = 2.7 / 8

/**
 * Scoring the profiles of CAMI's low-complexity sample in one call, for each profile, in turns with OPAL where there is one:
 * `opal.py` on the PATH, or what OPAL_COMMAND says. Its work alone is known where it prints that as the last two words.
 */
export const benchProfiles = async (): Promise<BenchTable> => {
  const title = `${PROFILES.length} CAMI profiles of one sample, every rank and metric, median of ${ROUNDS} in turns`
  const opal = process.env['OPAL_COMMAND'] ?? onPath('opal.py')
  const baseline = opal === undefined ? 'OPAL as published, its work alone' : 'OPAL'
  const head = ['what', 'ours, for each profile', baseline, 'ratio', 'target']
  if (!existsSync(DATA)) return { title, head, rows: [['skipped: the profiles are not here', '', '', '', '']] }
  const [truth = '', ...files] = [TRUTH, ...PROFILES].map((name) => join(DATA, name))
  const flags = files.flatMap((file, index) => ['--prediction', `p${index}=${file}`])
  const results = mkdtempSync(join(tmpdir(), 'opal '))
  const kept = mkdtempSync(join(tmpdir(), 'kept '))
  try {
    const work = await keptProgram(here('score-profiles.mjs'), kept)
    const [alone = [], whole = [], theirs = []] = costInTurns(
      [
        [...work, truth, ...files],
        [
          process.execPath,
          here('../../bin/run.js'),
          'score',
          '--type',
          'diversity-analysis',
          '--truth',
          truth,
          ...flags,
        ],
        ...(opal === undefined ? [] : [[...opal.split(' '), '-g', truth, '-o', results, ...files]]),
      ],
      ROUNDS,
    )
    const row = (what: string, costs: readonly ChildCost[], of: keyof ChildCost, target: string): string[] => {
      const [own, other] = [costs, theirs].map((some) => median(some.map((cost) => cost[of])) / files.length) as [
        number,
        number,
      ]
      const known = opal === undefined ? PUBLISHED_SECONDS : other
      const ratio = Number.isNaN(known) ? 'not told' : `${(known / own).toFixed(1)} ×`
      return [what, milliseconds(own), Number.isNaN(known) ? 'not told' : milliseconds(known), ratio, target]
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
  } finally {
    for (const folder of [results, kept]) rmSync(folder, { recursive: true, force: true })
  }
}

const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`

const onPath = (program: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path))
