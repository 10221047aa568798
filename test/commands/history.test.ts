import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { known } from '../../src/core/score.ts'
import type { HistoryDocument } from '../../src/generated/history.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, type CliResult, tempDir } from '../support/harness.ts'
import { anExecution, aPlan, aRun } from '../support/run-builder.ts'

const dir = tempDir('history')
const SCORES = [0.91, 0.92, 0.9, 0.93, 0.91, 0.92, 0.9, 0.7, 0.71, 0.69, 0.7, 0.72]
const idOf = (index: number): string => `202611${String(index + 10)}t101502z-k3f9x2`
const commitOf = (index: number): string => index.toString(16).padEnd(40, 'c')
/** The first run at the lower level. */
const STEP = idOf(7)
const AUTHOR = { GIT_AUTHOR_NAME: 'Ada Lovelace', GIT_AUTHOR_EMAIL: 'ada@example.org' }

/** A project whose runs have these sensitivities, a day apart; commits are numbered by the run. */
const projectOf = (values: readonly number[]): string => {
  const root = mkdtempSync(join(dir, 'project '))
  mkdirSync(join(root, '.benchmark'))
  const store = createRunStore(openDatabase(join(root, '.benchmark', 'benchmark.db')))
  for (const [index, value] of values.entries()) {
    const startedAt = `2026-11-${String(index + 10)}T10:15:02.000Z`
    const executions = ['S1', 'S2'].map((sample, at) =>
      anExecution({
        ...{ id: at + 1, sample, resources: null },
        scores: (['gene', 'allele'] as const).map((level) => ({
          ...{ sample, metric: 'sensitivity', level, rank: null, unit: 'ratio', direction: 'higher' },
          ...known(value + at / 100),
        })),
      }),
    )
    const commit = commitOf(index)
    const run = aRun({ runId: idOf(index), startedAt, finishedAt: startedAt, commit, executions })
    store.insertFinished(run, aPlan({ runId: run.runId, resultsDir: join(root, 'results', run.runId) }))
  }
  store.close()
  return root
}

const history = (cwd: string, ...argv: string[]): Promise<CliResult> =>
  benchmark(['history', ...argv], { cwd, env: AUTHOR })

const seriesOf = async (cwd: string, ...argv: string[]): Promise<HistoryDocument['series']> => {
  const result = await history(cwd, ...argv, '--json')
  expect([result.exit, result.stderr]).toEqual([0, ''])
  expect(documentErrors(result.json())).toEqual([])
  return (result.json() as HistoryDocument).series
}

test('a step is confirmed and told once; blessed, the series is quiet; taken back, it is confirmed again', async () => {
  const cwd = projectOf(SCORES)
  const shown = await history(cwd)
  expect([shown.exit, shown.stderr]).toEqual([0, ''])
  expect(shown.stdout).toContain('History of 12 runs, 2026-11-10 10:15 to 2026-11-21 10:15 UTC')
  expect(shown.stdout).toMatch(/^confirmed +kma \(min_identity=90\) sensitivity \(gene\) +12 +██▇███▇▁▁▁▁▂ +0\.725/m)
  expect(shown.stdout).toContain(
    `Worse from ${STEP} (commit 7ccccccccc) on, after ${idOf(6)} (commit 6ccccccccc): 0.915 → 0.705, -0.210`,
  )
  expect(shown.stdout).toContain('Also confirmed, of other metrics (--all): kma sensitivity (allele).')
  expect(shown.stdout).toContain(
    `benchmark history bless ${STEP} --metric sensitivity --level gene --pipeline kma --why "…"`,
  )

  const about = ['--metric', 'sensitivity:gene', '--pipeline', 'kma']
  const blessed = await history(cwd, 'bless', STEP, ...about, '--why', 'stricter threshold, agreed')
  expect([blessed.exit, blessed.stderr]).toEqual([0, ''])
  expect(blessed.stdout).toContain('Accepted by Ada Lovelace <ada@example.org>: the level of kma sensitivity (gene)')
  expect(blessed.stdout).toContain('Commit .benchmark/blessings.yaml')
  const [gene, allele] = await seriesOf(cwd)
  expect(gene).toMatchObject({
    ...{ level: 'gene', primary: true, state: 'quiet', shifts: [], n: 12 },
    // The noise of all twelve runs is known, though only five stand at the level.
    newest: { earlier: 4, borrowed: false, df: 9, outside: false },
    blessings: [{ from: STEP, by: 'Ada Lovelace <ada@example.org>', why: 'stricter threshold, agreed' }],
  })
  expect(allele).toMatchObject({ level: 'allele', state: 'confirmed', shifts: [{ from: STEP, after_run: idOf(6) }] })

  expect((await seriesOf(cwd, '--metric', 'sensitivity:allele')).map(({ level }) => level)).toEqual(['allele'])

  const listed = await history(cwd, 'bless', '--list', '--json')
  expect(documentErrors(listed.json())).toEqual([])
  expect(listed.json()).toMatchObject({ blessings: [{ run: STEP, commit: commitOf(7) }] })
  const audited = await benchmark(['audit', 'list', '--action', 'bless', '--json'], { cwd })
  expect(audited.json()).toMatchObject({ entries: [{ detail: { what: 'bless', run: STEP } }] })

  const undone = await history(cwd, 'bless', STEP, '--metric', 'sensitivity', '--undo', '--json')
  expect(documentErrors(undone.json())).toEqual([])
  expect((await seriesOf(cwd, '--level', 'gene'))[0]).toMatchObject({ state: 'confirmed', blessings: [] })
  expect((await history(cwd, 'bless', STEP, '--metric', 'sensitivity', '--undo')).exit).toBe(3)
})

test('a blessing counts on another machine by its commit, and comments in its file stay', async () => {
  const cwd = projectOf(SCORES)
  const file = join(cwd, '.benchmark', 'blessings.yaml')
  const text = `# ours
blessings:
  - run: 20260101t101502z-aaaaaa # made elsewhere
    commit: ${commitOf(7)}
    metric: sensitivity
    why: agreed
    by: Ada
    at: 2026-01-01T00:00:00.000Z
`
  writeFileSync(file, text)
  const series = await seriesOf(cwd)
  expect(series.map(({ level, state }) => [level, state])).toEqual([
    ['gene', 'quiet'],
    ['allele', 'quiet'],
  ])
  await history(cwd, 'bless', STEP, '--metric', 'sensitivity', '--why', 'mine: too')
  expect(readFileSync(file, 'utf8').startsWith(text)).toBe(true)

  writeFileSync(file, text.replace('    why: agreed\n', ''))
  const broken = await history(cwd)
  expect(broken.exit).toBe(4)
  expect(broken.stderr).toContain('.benchmark/blessings.yaml:3:5')
  expect((await history(cwd, 'bless', STEP, '--metric', 'sensitivity', '--why', 'x')).exit).toBe(4)
})

test('every format tells the same series, in ASCII where asked for', async () => {
  const cwd = projectOf(SCORES.slice(0, 6))
  const { stdout: csv } = await history(cwd, '--format', 'csv')
  expect(csv.trimEnd().split('\n')).toHaveLength(3)
  expect(csv).toMatch(/^quiet,false,kma,/m)
  const { stdout: tsv } = await history(cwd, '--format', 'tsv')
  expect(tsv.split('\n')[1]?.split('\t').slice(0, 3)).toEqual(['quiet', 'false', 'kma'])
  const json = await history(cwd, '--format', 'json')
  expect(json.json()).toEqual((await history(cwd, '--json')).json())
  const ascii = await history(cwd, '--ascii', '--level', 'gene', '--explain')
  expect(ascii.stdout).toContain(',+_#,+')
  expect(ascii.stdout).toContain('newest against 5 runs before (own spread, df 4)')
  const markdown = await history(cwd, '--format', 'markdown', '--limit', '3')
  expect(markdown.stdout).toContain('## History of 3 runs (the newest; --limit 0 takes all)')
  expect(markdown.stdout).toContain('unjudged: too few runs')
})

test('nothing there yet, and what is not there, is said', async () => {
  const none = await history(mkdtempSync(join(dir, 'empty ')))
  expect(none.exit).toBe(0)
  expect(none.stdout).toContain('No finished run yet; a history begins with the second one.')
  const cwd = projectOf(SCORES.slice(0, 1))
  expect((await history(cwd)).stdout).toMatch(/^unjudged: too few runs/m)
  const wrong: readonly (readonly [readonly string[], string])[] = [
    [['--pipeline', 'kmaa'], 'There is no finished run of the pipeline kmaa.'],
    [['--branch', 'dev'], 'There is no finished run of the branch dev.'],
    [['--metric', 'sensitivty'], 'Did you mean "sensitivity"?'],
    [['bless', 'nothing', '--metric', 'sensitivity', '--why', 'x'], 'There is no run "nothing"'],
    [['bless', 'latest', '--metric', 'precision', '--why', 'x'], 'has no values of precision'],
  ]
  for (const [argv, message] of wrong) {
    const result = await history(cwd, ...argv)
    expect([result.exit, result.stderr]).toEqual([3, expect.stringContaining(message) as string])
  }
  expect((await history(cwd, 'bless', 'latest', '--metric', 'sensitivity')).exit).toBe(2)
  expect((await history(cwd, 'bless', 'latest', '--metric', 'sensitivity', '--why', ' ')).exit).toBe(2)
})
