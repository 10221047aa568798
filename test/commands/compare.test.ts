import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ComparisonDocument } from '../../src/generated/comparison.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import type { Run } from '../../src/core/run.ts'
import { known } from '../../src/core/score.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'
import { anExecution, aPlan, aRun } from '../support/run-builder.ts'

const dir = tempDir('compare')
const MAIN = '20261123t101502z-k3f9x2'
const WORSE = '20261124t101502z-k3f9x3'
const OTHER_TRUTH = '20261125t101502z-k3f9x4'
const SENSITIVITY = [0.8, 0.82, 0.7, 0.9, 0.85, 0.77, 0.6, 0.93]

/** Sensitivity of S1, S2, … of kma, at a minimal identity. */
const aMeasuredRun = (change: Partial<Run>, values: readonly number[], identity = 90): Run =>
  aRun({
    ...change,
    samples: values.map((_, index) => `S${index + 1}`),
    executions: values.map((value, index) => {
      const sample = `S${index + 1}`
      const score = { sample, metric: 'sensitivity', level: 'gene', rank: null, unit: 'ratio' }
      return anExecution({
        ...{ id: index + 1, sample, params: { min_identity: identity } },
        scores: [{ ...score, direction: 'higher', ...known(value) }],
      })
    }),
  })

const aProject = (reversed = false): string => {
  const root = mkdtempSync(join(dir, 'project '))
  mkdirSync(join(root, '.benchmark'))
  const store = createRunStore(openDatabase(join(root, '.benchmark', 'benchmark.db')))
  const worse = SENSITIVITY.map((value, index) => Number((value - 0.05 - index / 500).toFixed(6)))
  const day = (number: number): string => `2026-11-${number}T10:15:02.000Z`
  const runs = [
    aMeasuredRun({ runId: MAIN, startedAt: day(23) }, SENSITIVITY),
    aMeasuredRun({ runId: WORSE, startedAt: day(24), branch: 'stricter', label: 'strict' }, worse, 98),
    aMeasuredRun(
      { runId: OTHER_TRUTH, startedAt: day(25), branch: 'truth', comparability: { truth: 'b'.repeat(64) } },
      SENSITIVITY,
    ),
  ]
  for (const run of reversed ? runs.reverse() : runs) store.insertFinished(run, null)
  store.close()
  return root
}

const documentOf = async (cwd: string, ...argv: string[]): Promise<ComparisonDocument> => {
  const result = await benchmark(['compare', ...argv, '--json'], { cwd })
  expect([result.exit, result.stderr]).toEqual([0, ''])
  expect(documentErrors(result.json())).toEqual([])
  return result.json() as ComparisonDocument
}

test('a parameter that makes every sample worse is a regression of the branch', async () => {
  const cwd = aProject()
  const document = await documentOf(cwd, 'strict', '--with', 'main')
  expect(document).toMatchObject({
    ...{ verdict: 'regressed', reference: { kind: 'branch', name: 'main', asked: 'main' } },
    baseline: { run_id: MAIN },
    candidate: { run_id: WORSE },
    pairs: [{ baseline: { params: { min_identity: 90 } }, candidate: { params: { min_identity: 98 } } }],
    gate: { state: 'failed', failures: [{ pipeline: 'kma', metric: 'sensitivity', verdict: 'regressed' }] },
    family: { primary: 1 },
  })
  const change = document.changes.find(({ metric }) => metric === 'sensitivity')
  expect(change).toMatchObject({
    ...{ n_common: 8, effect: -0.057, p: 0.0078125, wins: 0, losses: 8, correction: 'holm' },
    ...{ verdict: 'regressed', better: 'baseline', primary: true },
  })
  const text = (await benchmark(['compare', 'strict', '--with', 'main'], { cwd })).stdout
  expect(text.split('\n')[0]).toBe('REGRESSED: worse, shown by enough samples or repeats and by enough to matter.')
  expect(text).toContain('min_identity: 90 → 98')
  expect(text).toContain('-0.057')
  expect((await benchmark(['compare', 'strict', '--with', 'main', '--gate'], { cwd })).exit).toBe(5)
})

test('the same runs give the same bytes, in whatever order they were stored', async () => {
  const [one, other] = [aProject(), aProject(true)]
  const first = await documentOf(one, 'strict', '--with', `run:${MAIN}`)
  expect(await documentOf(other, 'strict', '--with', `run:${MAIN}`)).toEqual(first)
  const kept = readdirSync(join(one, '.benchmark', 'results', 'comparisons')).sort()
  expect(kept).toEqual([`${WORSE}-with-${MAIN}.json`, `${WORSE}-with-${MAIN}.md`])
  const bytes = (root: string, file: string): string =>
    readFileSync(join(root, '.benchmark', 'results', 'comparisons', file), 'utf8')
  for (const file of kept) expect(bytes(one, file)).toBe(bytes(other, file))
  expect(JSON.parse(bytes(one, kept[0] ?? ''))).toEqual(first)
})

test('another truth is named, and no score is compared', async () => {
  const document = await documentOf(aProject(), OTHER_TRUTH, '--with', 'main')
  expect(document).toMatchObject({ verdict: 'not-comparable', gate: { state: 'undecided' } })
  expect(document.not_comparable.map(({ key }) => key)).toContain('truth')
  expect(document.changes.find(({ metric }) => metric === 'sensitivity')).toMatchObject({
    ...{ verdict: 'not-comparable', effect: null, p: null },
  })
})

test('the ladder of gates is one flag away, and one metric can be asked for', async () => {
  const cwd = aProject()
  const argv = ['compare', 'strict', '--with', 'main', '--metric', 'sensitivity:gene', '--explain']
  const { stdout, exit } = await benchmark(argv, { cwd })
  expect(exit).toBe(0)
  expect(stdout).toContain('not by chance: p 0.00781, 0.00781 after correction for 1 tests; limit 0.05')
  expect(stdout).toContain('Not asked for, but judged and corrected for:')
  expect(stdout).not.toContain('runtime')
})

test.each([
  [['strict', '--with', 'strict'], 4, 'would be compared with itself'],
  [['--with', 'mian'], 3, 'Did you mean "main"?'],
  [['strict', '--with', 'main', '--metric', 'sensitivty'], 3, 'Did you mean "sensitivity"?'],
  [['strict', '--with', 'pipeline:kmaa'], 3, 'Did you mean "kma"?'],
  [['strict', '--with', 'main', '--controlled', 'databse'], 2, 'Did you mean "database"?'],
  [['strict', '--with', 'run:'], 2, 'names no run'],
  [['strict', '--with', 'baseline'], 3, 'benchmark baseline set RUN'],
  [['strict'], 2, '--with is missing'],
])('%j is refused with a way on', async (argv, status, words) => {
  const { exit, stderr } = await benchmark(['compare', ...argv], { cwd: aProject() })
  expect([exit, stderr]).toEqual([status, expect.stringContaining(words)])
})

test('a run that has not ended is not compared', async () => {
  const cwd = aProject()
  const store = createRunStore(openDatabase(join(cwd, '.benchmark', 'benchmark.db')))
  store.createRun(aPlan({ runId: '20261126t101502z-k3f9x5', createdAt: '2026-11-26T10:15:02.000Z' }), {})
  store.close()
  const { exit, stderr } = await benchmark(['compare', '--with', 'main'], { cwd })
  expect([exit, stderr]).toEqual([4, expect.stringContaining('has not ended yet')])
})
