/** Real runs of pipelines whose results are known, and every answer that is built on them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ComparisonDocument } from '../../src/generated/comparison.ts'
import type { HistoryDocument } from '../../src/generated/history.ts'
import type { LeaderboardDocument } from '../../src/generated/leaderboard.ts'
import type { RecommendationDocument } from '../../src/generated/recommendation.ts'
import { BenchmarkSDK } from '../../src/index.ts'
import { decideProject, type DecideProject, type Found } from '../support/decide-project.ts'
import { documentErrors } from '../support/document.ts'
import { packageRoot, tempDir } from '../support/harness.ts'
import { has } from '../support/programs.ts'
import { readXml } from '../support/read-xml.ts'

const dir = tempDir('decide')
const manual = readFileSync(join(packageRoot, 'docs/statistics.md'), 'utf8')

const BASE = [160, 158, 162, 150, 165, 155, 161, 159]
const changed = (by: readonly (number | 'fail')[]): Found =>
  BASE.map((count, index) => {
    const change = by[index] ?? 0
    return change === 'fail' ? change : count + change
  })
const GAINS = [5, 6, 7, 8, 9, 10, 11, 12]
const LOSSES = GAINS.map((gain) => -gain)
const MIXED = [9, -8, 3, -12, 10, -11, 2, -6]

const must = async (asked: ReturnType<DecideProject['ask']>) => {
  const result = await asked
  expect(result.exit, result.stderr).toBe(0)
  return result
}

const compared = async (project: DecideProject, ...argv: string[]): Promise<ComparisonDocument> => {
  const document = (await must(project.ask('compare', ...argv, '--json'))).json()
  expect(documentErrors(document)).toEqual([])
  return document as ComparisonDocument
}

const verdicts = ({ changes }: ComparisonDocument) =>
  Object.fromEntries(
    changes
      .filter(({ metric, level }) => metric === 'success_rate' || (metric === 'sensitivity' && level === 'gene'))
      .map(({ metric, verdict }) => [metric, verdict]),
  )

/** The verdict and the table as people see them: the same in every run. */
const shown = (text: string): readonly string[] => {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.startsWith('pipeline '))
  return [lines[0] ?? '', ...(from < 0 ? [] : lines.slice(from, lines.indexOf('', from)))]
}

const notInManual = (text: string): readonly string[] => shown(text).filter((line) => !manual.includes(`\n${line}\n`))

const runsOf = async (project: DecideProject): Promise<number> =>
  ((await must(project.ask('list', '--json'))).json() as { runs: unknown[] }).runs.length

describe.skipIf(!has('git'))('verdicts of real runs', () => {
  const project = decideProject(dir, 'verdicts')
  const run = async (label: string, found: Found, ...argv: string[]): Promise<void> => {
    project.version(found)
    const result = await project.run('--label', label, ...argv)
    expect(result.exit, result.stderr).toBe(0)
  }

  beforeAll(async () => {
    await run('base', BASE)
    await run('better', changed(GAINS))
    await run('worse', changed(LOSSES))
    await run('same', changed([1, -1, 0, 1, 0, -1, 1, 0]))
    await run('either', changed(MIXED))
    await run('broken', changed([0, 0, 0, 'fail', 0, 0, 0, 0]))
    await run('twice', BASE, '--repeats', '2')
    await run('twice-less', changed([0, 0, -10, 0, 0, 0, 0, 0]), '--repeats', '2')
    project.write('truth.tsv', `${readFileSync(join(project.root, 'truth.tsv'), 'utf8')}S1\textra\n`)
    await run('corrected', BASE)
  }, 600_000)

  test.each([
    ['better', 'base', 'improved', 'passed'],
    ['worse', 'base', 'regressed', 'failed'],
    ['same', 'base', 'equivalent', 'passed'],
    ['either', 'base', 'inconclusive', 'undecided'],
    ['twice-less', 'twice', 'changed-exact', 'passed'],
    ['corrected', 'base', 'not-comparable', 'undecided'],
  ])('%s against %s is %s, as the manual shows it', async (candidate, baseline, verdict, gate) => {
    const about = [candidate, '--with', `run:${baseline}`]
    const document = await compared(project, ...about)
    expect([verdicts(document)['sensitivity'], document.verdict, document.gate.state]).toEqual([verdict, verdict, gate])
    const { stdout } = await must(project.ask('compare', ...about, '--metric', 'sensitivity:gene'))
    expect(notInManual(stdout)).toEqual([])
  })

  test('a sample that fails is a new failure, and fixed when it works again', async () => {
    const failing = await compared(project, 'broken', '--with', 'run:base')
    expect([verdicts(failing)['success_rate'], failing.verdict, failing.gate.state]).toEqual([
      ...['new-failure', 'new-failure'],
      'failed',
    ])
    const fixed = await compared(project, 'base', '--with', 'run:broken')
    expect([verdicts(fixed)['success_rate'], fixed.verdict, fixed.gate.state]).toEqual(['fixed', 'fixed', 'passed'])
    for (const about of [
      ['broken', '--with', 'run:base'],
      ['base', '--with', 'run:broken'],
    ]) {
      const { stdout } = await must(project.ask('compare', ...about, '--metric', 'sensitivity:gene'))
      expect(notInManual(stdout)).toEqual([])
    }
  })

  test('another truth is named', async () => {
    const { not_comparable: keys } = await compared(project, 'corrected', '--with', 'run:base')
    expect(keys.map(({ key }) => key)).toContain('truth_sha256')
  })

  test('what can never be found is refused before anything runs; a base that is not there yet is not', async () => {
    const before = await runsOf(project)
    for (const [reference, exit, said] of [
      ['mian', 3, 'Did you mean "main"?'],
      ['branch:mian', 3, 'Did you mean "main"?'],
      ['run:bsae', 3, 'There is no run "bsae"'],
      ['run:', 2, '"run:" names no run'],
      ['latest', 2, 'will be the run itself'],
      ['pipeline:findr', 3, 'Did you mean "finder"?'],
      ['pipeline:finder', 2, 'nothing to hold it against'],
      ['baseline:bsae', 3, 'Did you mean "baseline:base"?'],
      ['project:other', 4, 'no hub'],
      ['community', 2, 'benchmark compare --with community'],
    ] as const) {
      const refused = await project.run('--compare-with', reference, '--mode', 'ci')
      expect([reference, refused.exit], refused.stderr).toEqual([reference, exit])
      expect(refused.stderr).toContain(said)
    }
    expect((await project.run('--compare-with', 'mian', '--dry-run')).exit).toBe(3)
    expect(await runsOf(project)).toBe(before)
    const absent = await project.run('--compare-with', 'baseline', '--mode', 'ci', '--label', 'no-base')
    expect(absent.exit, absent.stderr).toBe(0)
    expect(absent.stdout).toContain('⊘ Not compared: no baseline is set on branch main')
  }, 300_000)
})

describe.skipIf(!has('git'))('the gate, a history, a leaderboard and a recommendation', () => {
  const strict = `    gate: {inconclusive: fail}\n    priority: {amr_sensitivity: 0.5, precision: 0.5}\n`
  const project = decideProject(dir, 'decisions', strict)

  test('a first run has no base; what is worse, or undecided where that is not let pass, stops the next', async () => {
    project.version(BASE)
    const first = await project.ask(
      ...['run', '--no-cache', '--mode', 'ci', '--compare-with', 'main', '--label', 'first'],
    )
    expect(first.exit, first.stderr).toBe(0)
    expect(first.stdout).toMatch(/⊘ Not compared: run \S+ is the only finished run on the branch "main"/)
    await must(project.ask('baseline', 'set', 'first'))
    const files = ['--junit', 'junit.xml', '--markdown', 'comment.md']
    const inCi = (): ReturnType<DecideProject['ask']> =>
      project.run('--mode', 'ci', '--compare-with', 'baseline', ...files)
    const junit = () => readXml(readFileSync(join(project.root, 'junit.xml'), 'utf8')).attributes['failures']
    const comment = () => readFileSync(join(project.root, 'comment.md'), 'utf8')
    project.version(changed(LOSSES))
    expect((await inCi()).exit).toBe(5)
    expect([junit(), comment()]).toEqual(['1', expect.stringContaining('### ✖ Regression detected: ')])
    project.version(changed(MIXED))
    expect((await inCi()).exit).toBe(5)
    expect([junit(), comment()]).toEqual(['1', expect.stringContaining('### ○ Undecided, which stops this change: ')])
    const text = await project.ask('compare', '--with', 'baseline', '--gate')
    expect([text.exit, text.stdout]).toEqual([
      5,
      expect.stringContaining(
        'Gate: failed, by evaluation.gate.inconclusive: finder sensitivity (gene) is not decided.',
      ),
    ])
    project.version(changed(GAINS))
    expect((await inCi()).exit).toBe(0)
    expect([junit(), comment()]).toEqual(['0', expect.stringContaining('### ✔ Improvement detected: ')])
  }, 300_000)

  test('fixed scales rank the pipelines, and limits decide which one is recommended', async () => {
    const board = (await must(project.ask('leaderboard', 'amr-detection', '--json'))).json() as LeaderboardDocument
    expect(documentErrors(board)).toEqual([])
    expect(board.entries.map(({ pipeline }) => pipeline)).toEqual(['finder', 'rival'])
    const ask = async (least: string): Promise<RecommendationDocument> =>
      (await must(project.ask('recommend', '--min-sensitivity', least, '--json'))).json() as RecommendationDocument
    const strictly = await ask('0.9')
    expect(documentErrors(strictly)).toEqual([])
    expect(strictly.recommended?.pipeline).toBe('rival')
    expect(strictly.excluded.map(({ pipeline }) => pipeline)).toEqual(['finder'])
    expect((await ask('0.99')).recommended).toBeNull()
    const sdk = new BenchmarkSDK({ project: project.root })
    const { comparison } = await sdk.compare({ with: 'baseline' })
    const [optimal, field, history] = await Promise.all([
      sdk.getOptimalPipeline({ minimums: { sensitivity: 0.9 } }),
      sdk.getLeaderboard('amr-detection'),
      sdk.getHistory({ metric: 'sensitivity' }),
    ])
    await expect(sdk.compare({ with: 'run:latest~99' })).rejects.toMatchObject({ code: 'E_NO_BASE' })
    await sdk.close()
    expect([comparison.verdict, comparison.gate.state]).toEqual(['improved', 'passed'])
    expect(optimal.recommendation.recommended?.candidate.pipeline).toBe('rival')
    expect(field.ranking?.entries.map(({ candidate }) => candidate.pipeline)).toEqual(['finder', 'rival'])
    expect(history.runs).toHaveLength(4)
  }, 120_000)

  test('a change of level is found at its run, accepted as a whole, and taken back', async () => {
    const noise = [0, 2, -1, 1, -2]
    const levels = [...noise, ...noise.map((one) => one - 30)]
    for (const [index, level] of levels.entries()) {
      project.version(changed(BASE.map((_, sample) => level + ((index + sample) % 2))))
      await must(project.run('--label', `v${String(index)}`))
    }
    const shifts = async () => {
      const { series } = (
        await must(
          project.ask(
            'history',
            '--metric',
            'sensitivity',
            '--level',
            'gene',
            '--pipeline',
            'finder',
            '--limit',
            '10',
            '--json',
          ),
        )
      ).json() as HistoryDocument
      return series.map(({ state, shifts }) => ({
        state,
        from: shifts.filter(({ current }) => current).map(({ from }) => from),
      }))
    }
    const step = ((await must(project.ask('show', 'v5', '--json'))).json() as { run_id: string }).run_id
    expect(await shifts()).toEqual([{ state: 'confirmed', from: [step] }])
    const blessed = await must(project.ask('history', 'bless', 'v5', '--all', '--why', 'stricter on purpose', '--json'))
    const { added } = blessed.json() as { added: { metric: string; pipeline: string; run: string }[] }
    expect(documentErrors(blessed.json())).toEqual([])
    expect(added.length).toBeGreaterThan(3)
    expect(new Set(added.map(({ run, pipeline }) => `${run} ${pipeline}`))).toEqual(new Set([`${step} finder`]))
    expect(added.map(({ metric }) => metric)).toContain('sensitivity')
    expect(await shifts()).toEqual([{ state: 'quiet', from: [] }])
    const audit = (await must(project.ask('audit', 'list', '--action', 'bless', '--limit', '0', '--json'))).json() as {
      entries: unknown[]
    }
    expect(audit.entries).toHaveLength(added.length)
    const table = await must(project.ask('history', 'bless', '--list', '--format', 'csv'))
    expect(table.stdout.trim().split('\n')).toHaveLength(added.length + 1)
    const nothing = await project.ask('history', 'bless', 'v7', '--all', '--why', 'x')
    expect([nothing.exit, nothing.stderr]).toEqual([3, expect.stringContaining('No level moved at run')])
    const half = await project.ask('history', 'bless', 'v5', '--metric', 'sensitivity:gene,nonsense', '--why', 'x')
    expect(half.exit).toBe(3)
    await must(project.ask('history', 'bless', 'v5', '--all', '--undo'))
    expect(await shifts()).toEqual([{ state: 'confirmed', from: [step] }])
    await must(
      project.ask('history', 'bless', 'v5', '--metric', 'sensitivity:gene', '--metric', 'precision', '--why', 'both'),
    )
    const undone = await project.ask(
      'history',
      'bless',
      'v5',
      '--metric',
      'sensitivity:gene,precision',
      '--undo',
      '--json',
    )
    expect((undone.json() as { removed: unknown[] }).removed).toHaveLength(2)
  }, 300_000)
})
