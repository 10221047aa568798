import { describe, expect, test } from 'vitest'
import type { RunnerIdentity, RunStore } from '../../src/app/ports.ts'
import { outputsFolder } from '../../src/core/execution-name.ts'
import { known, missing } from '../../src/core/score.ts'
import { anExecution, aPlan, aRun, aSummary, someResources, someScores } from '../support/run-builder.ts'

const RUN = '20261123t101502z-k3f9x2'
const at = (second: number): string => `2026-11-23T10:15:${String(second).padStart(2, '0')}.000Z`
const me: RunnerIdentity = { host: 'node1', bootId: 'boot', pid: 10, startTicks: '100' }
const other: RunnerIdentity = { host: 'node1', bootId: 'boot', pid: 11, startTicks: '101' }

/** What every keeper of runs must do. `make` gives an empty store. */
export const describeRunStore = (name: string, make: () => RunStore): void => {
  const storeWithRun = (): RunStore => {
    const store = make()
    store.createRun(aPlan(), { machine: 'm1' })
    return store
  }

  describe(`${name} keeps plans`, () => {
    test('gives back a plan exactly as it was frozen', () => {
      const store = storeWithRun()
      expect(store.plan(RUN)).toEqual(aPlan())
    })

    test('plans every execution and takes the header from the plan', () => {
      const run = storeWithRun().run(RUN)
      expect(run.state).toBe('planned')
      expect(run.samples).toEqual(['S1', 'S10'])
      expect(run.pipelines).toEqual(['kma'])
      expect(run.environment).toEqual({ machine: 'm1' })
      expect(run.warnings).toEqual(['the truth lists no negatives'])
      expect(run.primaryMetrics).toEqual([
        { metric: 'sensitivity', level: 'gene' },
        { metric: 'wall_seconds', level: null },
        { metric: 'precision', level: 'gene' },
      ])
      expect(run.executions.map(({ id, sample, state, version }) => [id, sample, state, version])).toEqual([
        [1, 'S1', 'planned', '1.4.9'],
        [2, 'S10', 'planned', '1.4.9'],
      ])
    })

    test('refuses a run id that is already there and leaves the stored run alone', () => {
      const store = storeWithRun()
      expect(() => store.createRun(aPlan({ label: 'other' }), {})).toThrow()
      expect(store.run(RUN).label).toBeNull()
      expect(store.count()).toBe(1)
    })
  })

  describe(`${name} follows executions`, () => {
    test('keeps what came with each transition', () => {
      const store = storeWithRun()
      const handle = {
        kind: 'process',
        host: 'h',
        bootId: 'b',
        pid: 1,
        startTicks: '2',
        marker: 'm',
        dir: '/d',
      } as const
      const databases = { resfinder: 'e'.repeat(64), card: null }
      store.transition(RUN, 1, { state: 'starting', at: at(3), databases })
      store.transition(RUN, 1, { state: 'running', at: at(4), handle, version: '1.5.0' })
      expect(store.handles(RUN)).toEqual(new Map([[1, handle]]))
      store.transition(RUN, 1, { state: 'collecting', at: at(9) })
      store.transition(RUN, 1, {
        state: 'succeeded',
        at: at(10),
        exitCode: 0,
        outputKey: 'k'.repeat(64),
        resources: someResources(),
        scores: someScores('S1'),
        warnings: ['one row was ignored'],
      })
      expect(store.handles(RUN).size).toBe(0)
      expect(store.executions(RUN)[0]).toEqual(
        anExecution({
          version: '1.5.0',
          startedAt: at(3),
          finishedAt: at(10),
          outputKey: 'k'.repeat(64),
          databases,
          warnings: ['one row was ignored'],
        }),
      )
    })

    test.each(['succeeded', 'cached', 'skipped', 'failed', 'lost', 'timed_out'] as const)(
      'never changes an execution that ended as %s',
      (state) => {
        const store = storeWithRun()
        store.transition(RUN, 1, { state, at: at(3), reason: 'first' })
        for (const next of ['planned', 'running', 'succeeded', 'cancelled', state] as const)
          expect(() => store.transition(RUN, 1, { state: next, at: at(9), reason: 'second' })).toThrow(/never changes/)
        expect(store.executions(RUN)[0]).toMatchObject({ state, reason: 'first', finishedAt: at(3) })
      },
    )

    test('starts a lost execution afresh as its next attempt, without anything of the lost one', () => {
      const store = storeWithRun()
      store.transition(RUN, 1, { state: 'running', at: at(3) })
      store.transition(RUN, 1, {
        state: 'lost',
        at: at(4),
        reason: 'runner died',
        exitCode: 137,
        signal: 'SIGKILL',
        resources: someResources(),
        warnings: ['gap'],
      })
      store.transition(RUN, 1, { state: 'starting', at: at(8), attempt: 2 })
      expect(store.executions(RUN)[0]).toEqual(
        anExecution({
          attempt: 2,
          state: 'starting',
          exitCode: null,
          startedAt: at(8),
          finishedAt: null,
          outputKey: null,
          databases: null,
          resources: null,
          scores: [],
        }),
      )
    })

    test('the databases of the attempt that counts are those it read', () => {
      const store = storeWithRun()
      store.transition(RUN, 1, { state: 'starting', at: at(3), databases: { card: 'a'.repeat(64) } })
      store.transition(RUN, 1, { state: 'planned', at: at(4), attempt: 2, reason: 'interrupted before it finished' })
      store.transition(RUN, 1, { state: 'starting', at: at(8), attempt: 2, databases: { card: 'b'.repeat(64) } })
      store.transition(RUN, 1, { state: 'failed', at: at(9), reason: 'exit status 1' })
      expect(store.executions(RUN).map(({ databases }) => databases)).toEqual([{ card: 'b'.repeat(64) }, null])
    })

    test('puts an interrupted execution back into the queue as its next attempt', () => {
      const store = storeWithRun()
      store.transition(RUN, 1, { state: 'running', at: at(3) })
      store.transition(RUN, 1, { state: 'planned', at: at(4), attempt: 2, reason: 'interrupted before it finished' })
      expect(store.executions(RUN)[0]).toMatchObject({
        state: 'planned',
        attempt: 2,
        startedAt: null,
        finishedAt: null,
      })
    })

    test.each(['succeeded', 'cached', 'skipped'] as const)('gives no second attempt to what %s', (state) => {
      const store = storeWithRun()
      store.transition(RUN, 1, { state, at: at(3) })
      expect(() => store.transition(RUN, 1, { state: 'starting', at: at(9), attempt: 2 })).toThrow(/never changes/)
    })

    test('neither goes back nor leaves out an attempt', () => {
      const store = storeWithRun()
      store.transition(RUN, 1, { state: 'running', at: at(3) })
      expect(() => store.transition(RUN, 1, { state: 'starting', at: at(4) })).toThrow(/cannot go back/)
      expect(() => store.transition(RUN, 1, { state: 'running', at: at(4), attempt: 3 })).toThrow(/cannot follow/)
      expect(() => store.transition(RUN, 1, { state: 'succeeded', at: at(4), attempt: 2 })).toThrow(/cannot follow/)
      expect(() => store.transition(RUN, 9, { state: 'running', at: at(4) })).toThrow(/no execution 9/)
    })

    test('refuses a NaN score and keeps nothing of that transition', () => {
      const store = storeWithRun()
      const [score] = someScores('S1')
      if (!score) throw new Error('no score')
      const bad = { ...score, value: Number.NaN, reason: null } as const
      expect(() => store.transition(RUN, 1, { state: 'succeeded', at: at(3), scores: [score, bad] })).toThrow()
      expect(store.executions(RUN)[0]).toMatchObject({ state: 'planned', scores: [] })
    })

    test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses a score of %d', (value) => {
      const store = storeWithRun()
      const [score] = someScores('S1')
      if (!score) throw new Error('no score')
      const scores = [{ ...score, value, reason: null }]
      expect(() => store.transition(RUN, 1, { state: 'succeeded', at: at(3), scores })).toThrow()
    })

    test('refuses NaN among resources and interval ends, where null would mean "not measured"', () => {
      const store = storeWithRun()
      const resources = someResources({ wallSeconds: Number.NaN })
      expect(() => store.transition(RUN, 1, { state: 'succeeded', at: at(3), resources })).toThrow(/wall_seconds/)
      expect(() => store.saveSummary(RUN, [aSummary({ low: Number.NaN })], {}, [])).toThrow(/finite/)
      expect(() => store.saveSummary(RUN, [aSummary({ value: Number.NaN, reason: null })], {}, [])).toThrow()
      expect(store.run(RUN).summary).toEqual([])
    })

    test('keeps where a reused result came from', () => {
      const store = storeWithRun()
      const cachedFrom = { runId: '20261122t101502z-k3f9x2', executionId: 4, finishedAt: at(1) }
      store.transition(RUN, 1, { state: 'cached', at: at(3), cachedFrom })
      expect(store.executions(RUN)[0]).toMatchObject({ state: 'cached', cachedFrom, startedAt: null })
    })
  })

  describe(`${name} follows runs`, () => {
    test('replaces the summary as a whole', () => {
      const store = storeWithRun()
      store.saveSummary(RUN, [aSummary(), aSummary({ metric: 'precision' })], { truth: 'x' }, ['w'])
      const second = aSummary({ ...missing('too_few'), low: null, high: null, n: 0 })
      store.saveSummary(RUN, [second], { truth: 'y' }, [])
      expect(store.run(RUN)).toMatchObject({ summary: [second], comparability: { truth: 'y' }, warnings: [] })
    })

    test('lets an interrupted run go on, and a completed one never', () => {
      const store = storeWithRun()
      store.setRunState(RUN, 'running', null)
      store.setRunState(RUN, 'interrupted', at(9))
      store.setRunState(RUN, 'running', null)
      expect(store.run(RUN)).toMatchObject({ state: 'running', finishedAt: null })
      store.setRunState(RUN, 'completed', at(20))
      expect(() => store.setRunState(RUN, 'running', null)).toThrow(/never changes/)
      expect(store.run(RUN)).toMatchObject({ state: 'completed', finishedAt: at(20) })
    })

    test('gives back a finished run exactly as it was inserted', () => {
      const store = make()
      const run = aRun({
        label: 'first',
        executions: [
          anExecution(),
          anExecution({ id: 2, sample: null, warmup: true, version: null, params: {}, resources: null, scores: [] }),
          anExecution({ id: 5, sample: 'S10', resources: someResources({ noise: null }), scores: someScores('S10') }),
        ],
        summary: [aSummary(), aSummary({ metric: 'f1_score', ...known(-0.1), version: null })],
      })
      store.insertFinished(run, aPlan())
      expect(store.run(RUN)).toEqual(run)
      expect(store.plan(RUN)).toEqual(aPlan())
    })

    test('keeps a score of a sample that the sample sheet does not list, without listing it', () => {
      const store = make()
      const run = aRun({ executions: [anExecution({ scores: someScores('renamed') })] })
      store.insertFinished(run, null)
      expect(store.run(RUN)).toEqual(run)
    })

    test('removes a run and everything that belonged to it only', () => {
      const store = make()
      store.insertFinished(aRun(), aPlan())
      store.insertFinished(aRun({ runId: '20261124t101502z-k3f9x2' }), null)
      store.removeRun(RUN)
      expect(store.has(RUN)).toBe(false)
      expect(() => store.run(RUN)).toThrow(/no run/)
      expect(() => store.header(RUN)).toThrow(/no run/)
      expect(() => store.plan(RUN)).toThrow(/no stored plan/)
      expect(store.run('20261124t101502z-k3f9x2')).toEqual(aRun({ runId: '20261124t101502z-k3f9x2' }))
      expect(() => store.removeRun(RUN)).toThrow(/no run/)
    })
  })

  describe(`${name} lists`, () => {
    const filled = (): RunStore => {
      const store = make()
      for (const [index, label] of ['one', 'two', 'one', null].entries())
        store.insertFinished(
          aRun({
            runId: `2026112${index}t101502z-k3f9x${index}`,
            startedAt: `2026-11-2${index}T10:15:02.000Z`,
            label,
            tags: index === 1 ? ['ci', 'nightly'] : [],
            pipelines: index === 2 ? ['kma', 'abricate'] : ['kma'],
            state: index === 3 ? 'incomplete' : 'completed',
          }),
          null,
        )
      return store
    }
    const days = (runs: readonly { runId: string }[]): string[] => runs.map(({ runId }) => runId.slice(6, 8))

    test('newest first, and no more than asked for', () => {
      const store = filled()
      expect(days(store.headers())).toEqual(['23', '22', '21', '20'])
      expect(days(store.headers({ limit: 2 }))).toEqual(['23', '22'])
      expect(store.header('20261123t101502z-k3f9x3')).toEqual(store.headers({ limit: 1 })[0])
      expect(store.count()).toBe(4)
      expect(store.count({ limit: 2 })).toBe(4)
    })

    test('what a filter asks for, and counts it', () => {
      const store = filled()
      expect(days(store.headers({ label: 'one' }))).toEqual(['22', '20'])
      expect(days(store.headers({ tag: 'ci' }))).toEqual(['21'])
      expect(days(store.headers({ pipeline: 'abricate' }))).toEqual(['22'])
      expect(days(store.headers({ state: 'incomplete' }))).toEqual(['23'])
      expect(days(store.headers({ label: 'one', pipeline: 'abricate' }))).toEqual(['22'])
      expect(store.count({ label: 'one' })).toBe(2)
      expect(store.headers({ tag: 'c' })).toEqual([])
    })

    test('finds a run by latest, latest~N, id, label or the beginning of its id', () => {
      const store = filled()
      expect(store.resolve('latest')).toBe('20261123t101502z-k3f9x3')
      expect(store.resolve('latest~3')).toBe('20261120t101502z-k3f9x0')
      expect(store.resolve('one')).toBe('20261122t101502z-k3f9x2')
      expect(store.resolve('20261121t101502z-k3f9x1')).toBe('20261121t101502z-k3f9x1')
      expect(store.resolve('20261121')).toBe('20261121t101502z-k3f9x1')
      expect(store.resolve('20261121T1015')).toBe('20261121t101502z-k3f9x1')
    })

    test('says which runs a beginning could mean', () => {
      expect(() => filled().resolve('2026112')).toThrow(
        expect.objectContaining({
          code: 'E_NOT_FOUND',
          hints: [expect.stringContaining('20261123t101502z-k3f9x3, 20261122t101502z-k3f9x2') as string],
        }) as Error,
      )
    })

    test('suggests the nearest name for a mistyped one', () => {
      const store = filled()
      expect(() => store.resolve('noe')).toThrow(
        expect.objectContaining({ hints: expect.arrayContaining(['Did you mean "one"?']) as string[] }) as Error,
      )
      expect(() => store.resolve('20261121t101502z-k3f9x9')).toThrow(
        expect.objectContaining({
          hints: expect.arrayContaining(['Did you mean "20261121t101502z-k3f9x1"?']) as string[],
        }) as Error,
      )
      expect(() => store.resolve("'; DROP TABLE run; --")).toThrow(/There is no run/)
      expect(() => store.resolve('latest~4')).toThrow(/only 4 runs are stored/)
      expect(() => make().resolve('latest')).toThrow(/no runs in this project yet/)
    })
  })

  describe(`${name} knows earlier executions`, () => {
    const KEY = 'b'.repeat(64)

    test('offers succeeded, measured ones of other runs, oldest first, with the folder of their outputs', () => {
      const store = make()
      const early = aPlan({ runId: '20261120t101502z-aaaaaa' })
      const late = aPlan({ runId: '20261121t101502z-bbbbbb' })
      store.insertFinished(
        aRun({ runId: late.runId, executions: [anExecution({ finishedAt: '2026-11-21T10:00:00.000Z' })] }),
        late,
      )
      store.insertFinished(
        aRun({
          runId: early.runId,
          executions: [
            anExecution({ id: 1, warmup: true }),
            anExecution({ id: 2, state: 'failed' }),
            anExecution({ id: 3, attempt: 2, finishedAt: '2026-11-20T10:00:00.000Z' }),
            anExecution({ id: 4, state: 'cached' }),
            anExecution({ id: 5, outputKey: 'other' }),
          ],
        }),
        early,
      )
      expect(store.reusable(KEY, RUN).map(({ runId, executionId }) => [runId, executionId])).toEqual([
        [early.runId, 3],
        [late.runId, 1],
      ])
      expect(store.reusable(KEY, RUN)[0]).toEqual({
        runId: early.runId,
        executionId: 3,
        attempt: 2,
        finishedAt: '2026-11-20T10:00:00.000Z',
        outputsDir: outputsFolder(
          '/project/.benchmark/results',
          { id: 3, pipeline: 'kma', sample: 'S1', repeat: 1, warmup: false },
          2,
        ),
        resources: someResources(),
      })
      expect(store.reusable(KEY, early.runId).map(({ runId }) => runId)).toEqual([late.runId])
    })

    test('tells where the files of executions are, and remembers when outputs were removed', () => {
      const store = make()
      const cachedFrom = { runId: '20261120t101502z-aaaaaa', executionId: 7, finishedAt: null }
      const executions = [
        anExecution({ id: 1, attempt: 2 }),
        anExecution({ id: 2, sample: null, warmup: true }),
        anExecution({ id: 3, state: 'cached', cachedFrom }),
      ]
      store.insertFinished(aRun({ executions }), aPlan())
      expect(store.attempts(RUN)).toEqual(
        executions.map(({ id, pipeline, sample, repeat, warmup, attempt, state, cachedFrom: from }) => ({
          ...{ id, pipeline, sample, repeat, warmup, attempt, state },
          cachedFrom: from,
        })),
      )
      const before = store.run(RUN)
      expect(store.pruned(RUN).size).toBe(0)
      store.markPruned(RUN, [1], at(1))
      store.markPruned(RUN, [1, 3, 99], at(2))
      expect([...store.pruned(RUN)]).toEqual([
        [1, at(2)],
        [3, at(2)],
      ])
      expect(store.run(RUN)).toEqual(before)
      expect(() => store.markPruned('20261120t101502z-zzzzzz', [1], at(3))).toThrow('There is no run')
    })

    test('gives durations newest first, with canonical parameters', () => {
      const store = make()
      const execution = (id: number, wallSeconds: number | null): ReturnType<typeof anExecution> =>
        anExecution({ id, params: { b: 2, a: 'x' }, resources: someResources({ wallSeconds }) })
      store.insertFinished(aRun({ executions: [execution(1, 10), execution(2, 20), execution(3, null)] }), null)
      expect(store.durations('kma')).toEqual([
        { params: '{"a":"x","b":2}', sample: 'S1', wallSeconds: 20 },
        { params: '{"a":"x","b":2}', sample: 'S1', wallSeconds: 10 },
      ])
      expect(store.durations('abricate')).toEqual([])
    })
  })

  describe(`${name} leases the project to one runner`, () => {
    test('keeps a second runner out while the first is alive, and lets it in afterwards', () => {
      const store = storeWithRun()
      expect(store.lease.acquire(RUN, me, () => true)).toBeNull()
      expect(store.lease.acquire(RUN, other, () => true)).toEqual(me)
      expect(store.lease.holder()).toEqual({ runId: RUN, runner: me })
      store.lease.release(RUN, other)
      expect(store.lease.holder()).not.toBeNull()
      store.lease.release(RUN, me)
      expect(store.lease.holder()).toBeNull()
      expect(store.lease.acquire(RUN, other, () => true)).toBeNull()
    })

    test('takes over from a dead runner and asks about nobody else', () => {
      const store = storeWithRun()
      store.lease.acquire(RUN, me, () => true)
      const asked: RunnerIdentity[] = []
      const taken = store.lease.acquire(RUN, other, (holder) => {
        asked.push(holder)
        return false
      })
      expect(taken).toBeNull()
      expect(asked).toEqual([me])
      expect(store.lease.holder()?.runner).toEqual(other)
    })

    test('delivers a request to cancel once: the end of the run or its dead runner answers it', () => {
      const store = storeWithRun()
      store.lease.acquire(RUN, me, () => true)
      expect(store.lease.cancelRequested(RUN)).toBe(false)
      store.lease.requestCancel(RUN)
      expect(store.lease.cancelRequested(RUN)).toBe(true)
      store.setRunState(RUN, 'cancelled', at(5))
      expect(store.lease.cancelRequested(RUN)).toBe(false)
      store.lease.requestCancel(RUN)
      store.lease.acquire(RUN, other, () => false)
      expect(store.lease.cancelRequested(RUN)).toBe(false)
    })
  })
}
