import { beforeEach, describe, expect, test } from 'vitest'
import type { IndexedRun } from '../../../src/app/hub/store-ports.ts'
import { segmentPath } from '../../../src/core/hub/layout.ts'
import { tempDir } from '../../support/harness.ts'
import {
  AT,
  file,
  freshIndex,
  nobody,
  segment,
  step,
  target,
  text,
  URL,
  type FreshIndex,
} from '../../support/hub-index.ts'
import { sharedRun, sharedRunId, type SharedRunWish } from '../../support/shared-run.ts'

const dir = tempDir('hub index')
let db: FreshIndex['db']
let index: FreshIndex['index']
let sync: FreshIndex['sync']
let stored: FreshIndex['stored']
let lines: FreshIndex['lines']
let everything: FreshIndex['everything']
beforeEach(() => {
  ;({ db, index, sync, stored, lines, everything } = freshIndex(dir))
})

describe('a sync', () => {
  test('takes runs in with their exact bytes, in order of project, month and id', () => {
    const runs = [
      sharedRun({ name: 'bbbbbb' }),
      sharedRun({ name: 'aaaaaa' }),
      sharedRun({ name: 'cccccc', project: 'other', month: '2026-10', place: 'segment' }),
    ]
    expect(index.state(URL)).toBeNull()
    const { applied } = sync('a', [{ added: runs }])
    expect(applied).toEqual([{ added: 3, moved: 0, tampered: [] }])
    expect(stored()).toEqual([file('aaaaaa'), file('bbbbbb'), segmentPath('other', '2026-10')])
    expect(lines()).toEqual([1, 0, 2].map((at) => text(runs[at] as IndexedRun)))
    expect(index.counts(URL)).toEqual({ runs: 3, projects: 2, quarantined: 0 })
    expect(index.state(URL)).toEqual({
      ...{ url: URL, ...target('a'), epoch: 1, target: null, syncedAt: AT, state: 'ok' },
    })
    expect(index.hubs().map(({ url }) => url)).toEqual([URL])
  })

  test('keeps what later questions need in rows of their own', () => {
    sync('a', [{ added: [sharedRun()] }])
    const scores = db
      .prepare(
        `SELECT run.id, project.name AS project, task.benchmark_type, task.dataset, run.started_at, run.trust,
           variant.pipeline, variant.version, variant.params, list.name AS sample, execution.repeat, series.metric,
           score.value, score.reason, method.agent, environment.machine_fingerprint AS machine
         FROM hub_score AS score JOIN hub_run AS run ON run.key = score.run_key
           JOIN hub_project AS project ON project.key = run.project_key JOIN hub_task AS task ON task.key = run.task_key
           JOIN hub_execution AS execution ON execution.run_key = run.key AND execution.number = score.execution
           JOIN variant ON variant.key = execution.variant_key JOIN series ON series.key = score.series_key
           JOIN hub_sample AS list ON list.list_key = run.samples_key AND list.number = score.sample
           JOIN hub_method AS method ON method.key = execution.method_key
           JOIN hub_environment AS environment ON environment.key = run.environment_key
         ORDER BY score.execution, score.ordinal`,
      )
      .all()
    const same = {
      ...{ id: sharedRunId('aaaaaa'), project: 'lab', benchmark_type: 'amr-detection', dataset: 'standard', trust: 0 },
      ...{ started_at: '2026-11-23T10:15:02.000Z', pipeline: 'resfinder', version: '4.1', repeat: 1 },
      ...{ params: '{"min_identity":90}', agent: 'native', machine: 'machine-1' },
    }
    expect(scores).toEqual([
      { ...same, sample: 'S1', metric: 'sensitivity', value: 0.5, reason: null },
      { ...same, sample: 'S1', metric: 'wall_seconds', value: 12.5, reason: null },
      { ...same, sample: 'S2', metric: 'sensitivity', value: 0.75, reason: null },
      { ...same, sample: 'S2', metric: 'wall_seconds', value: null, reason: 'not measured' },
    ])
  })

  test('the same step twice changes nothing, not even when it was the last before a kill', () => {
    sync('a', [{ added: [sharedRun(), sharedRun({ name: 'bbbbbb' })] }])
    index.begin(URL, target('b'), 1)
    const changes = step({
      added: [sharedRun({ name: 'aaaaaa', place: 'segment' }), sharedRun({ name: 'cccccc', place: 'segment' })],
      removedPaths: [file('aaaaaa'), segment],
      quarantined: [{ path: segment, runId: null, reason: 'no signature' }],
      registry: [{ path: 'hub.json', bytes: Buffer.from('{}') }],
      cursor: segment,
    })
    expect(index.apply(URL, changes)).toMatchObject({ added: 1, moved: 1 })
    const once = everything()
    index.begin(URL, target('b'), 1)
    expect(index.state(URL)?.target).toEqual({ ...target('b'), cursor: segment })
    expect(index.apply(URL, changes)).toMatchObject({ added: 0, tampered: [] })
    expect(everything()).toEqual(once)
  })

  test.each([
    ['removed, then added', [{ removedPaths: [file('aaaaaa')] }, { added: [sharedRun({ place: 'segment' })] }]],
    ['added, then removed', [{ added: [sharedRun({ place: 'segment' })] }, { removedPaths: [file('aaaaaa')] }]],
    ['both at once', [{ added: [sharedRun({ place: 'segment' })], removedPaths: [file('aaaaaa')] }]],
  ])('a compacted run moves and stays: %s', (_, steps) => {
    sync('a', [{ added: [sharedRun()] }])
    const { applied, removed, missing } = sync('b', steps, () => true)
    expect({ removed, missing }).toEqual({ removed: 0, missing: [] })
    expect(applied.reduce((sum, { moved }) => sum + moved, 0)).toBe(1)
    expect(stored()).toEqual([segment])
    expect(db.prepare('SELECT count(*) AS n FROM hub_moved').get()).toEqual({ n: 0 })
  })

  test('a run in its file and in the segment stays until both are gone', () => {
    sync('a', [{ added: [sharedRun({ place: 'segment' }), sharedRun()] }])
    expect(sync('b', [{ removedPaths: [file('aaaaaa')] }], () => true).removed).toBe(0)
    expect(stored()).toEqual([segment])
    expect(sync('c', [{ removedPaths: [segment] }], () => true).removed).toBe(1)
  })

  test('a segment that was rewritten loses only the lines that are no longer in it', () => {
    const runs = ['aaaaaa', 'bbbbbb', 'cccccc'].map((name) => sharedRun({ name, place: 'segment' }))
    sync('a', [{ added: runs }])
    const [first, , last] = runs
    const { applied, removed } = sync(
      'b',
      [{ removedPaths: [segment], added: [first as IndexedRun] }, { added: [last as IndexedRun] }],
      () => true,
    )
    expect({ removed, moved: applied.map(({ moved }) => moved) }).toEqual({ removed: 1, moved: [0, 0] })
    expect(lines()).toEqual([text(first as IndexedRun), text(last as IndexedRun)])
  })

  test('what is gone and not expected to be is kept and told once, and counts again when it is back', () => {
    sync('a', [{ added: [sharedRun(), sharedRun({ name: 'bbbbbb' })] }])
    index.begin(URL, target('b'), 1)
    index.apply(URL, step({ removedPaths: [file('aaaaaa'), file('bbbbbb')] }))
    const asked: unknown[] = []
    const { removed, missing } = index.finish(URL, AT, (run) => asked.push(run) > 0 && run.runId.endsWith('b'))
    expect(asked).toEqual(
      ['aaaaaa', 'bbbbbb'].map((name) => ({ runId: sharedRunId(name), project: 'lab', month: '2026-11' })),
    )
    expect(removed).toBe(1)
    expect(missing).toEqual([
      { path: file('aaaaaa'), runId: sharedRunId('aaaaaa'), reason: expect.stringContaining('kept') as string },
    ])
    expect([stored(), index.counts(URL).runs]).toEqual([[], 1])
    expect(sync('c', [{}]).missing).toEqual([])
    expect(sync('d', [{ added: [sharedRun()] }]).applied).toMatchObject([{ added: 0, moved: 1 }])
    expect(stored()).toEqual([file('aaaaaa')])
    // A tombstone may come later than the loss.
    sync('e', [{ removedPaths: [file('aaaaaa')] }])
    expect(sync('f', [{}], () => true).removed).toBe(1)
  })

  test('finishing what never began, or is finished already, changes nothing', () => {
    expect(() => index.finish(URL, AT, nobody)).toThrow('never been read')
    sync('a', [{ added: [sharedRun()] }])
    const before = everything()
    expect(index.finish(URL, 'later', () => true)).toEqual({ removed: 0, missing: [] })
    expect(everything()).toEqual(before)
  })
})

describe('what does not fit', () => {
  const tamperings: readonly (readonly [string, SharedRunWish])[] = [
    ['other content', { payload: { label: 'better' } }],
    ['another project', { project: 'thief' }],
    ['another signature', { signature: 'z' }],
  ]
  test.each(tamperings)('%s under a known id: the first stays, the other is told', (_, wish) => {
    sync('a', [{ added: [sharedRun()] }])
    const other = sharedRun(wish)
    const { applied } = sync('b', [{ added: [other, other] }])
    const told = { path: other.path, runId: sharedRunId('aaaaaa') }
    expect(applied).toMatchObject([{ added: 0, moved: 0, tampered: [told, told] }])
    expect(lines()).toEqual([text(sharedRun())])
    expect(index.quarantined(URL)).toMatchObject([told])
  })

  test('two of one id in one step, and one content under two ids', () => {
    const twin = sharedRun({ name: 'bbbbbb', payload: { commit: 'aaaaaa' } })
    const { applied } = sync('a', [{ added: [sharedRun(), sharedRun({ payload: { label: 'x' } }), twin] }])
    expect(applied[0]?.tampered.map(({ reason }) => reason)).toEqual([
      'Its content is not what was read first under this id; that is kept.',
      `It has the same content as run ${sharedRunId('aaaaaa')}.`,
    ])
    expect(sync('b', [{ added: [twin] }]).applied).toMatchObject([{ added: 0, tampered: [{ path: twin.path }] }])
    expect(index.counts(URL)).toEqual({ runs: 1, projects: 1, quarantined: 2 })
  })

  test.each([
    ['a pipeline', { executions: [{ pipeline: 7, scores: [] }] }],
    ['a sample', { executions: [{ pipeline: 0, sample: 9, scores: [] }] }],
    ['a series', { executions: [{ pipeline: 0, sample: 0, method: 0, scores: [[5, null, 1]] }] }],
    ['a method', { executions: [{ pipeline: 0, sample: 0, method: 3, scores: [] }] }],
    ['infinity', { executions: [{ pipeline: 0, sample: 0, method: 0, scores: [[0, null, Infinity]] }] }],
  ])('a document that points at %s it does not have is left out whole, its neighbours are not', (_, part) => {
    const base = sharedRun().document.payload
    const executions = part.executions.map((execution) => ({ ...base.executions[0], ...execution }))
    const good = sharedRun({ name: 'bbbbbb' })
    const bad = sharedRun()
    const broken = { ...bad, document: { ...bad.document, payload: { ...base, executions } } } as IndexedRun
    const { applied } = sync('a', [{ added: [broken, good] }])
    expect(applied).toMatchObject([{ added: 1, tampered: [{ path: file('aaaaaa') }] }])
    expect(lines()).toEqual([text(good)])
    expect(db.prepare('SELECT DISTINCT run_key FROM hub_execution').all()).toHaveLength(1)
  })

  test("of one sync, a stranger's run gives way to an owner's with the same id or content; what was there before does not", () => {
    const squatter = { project: 'aaa', trust: 'unknown-owner' } as const
    const [owned, copied] = [sharedRun(), sharedRun({ name: 'bbbbbb' })]
    const posing = sharedRun({ ...squatter, payload: { label: 'mine' } })
    const copying = sharedRun({ ...squatter, name: 'cccccc', payload: copied.document.payload })
    const { applied } = sync('a', [{ added: [posing, copying] }, { added: [owned, copied] }])
    expect(applied.map(({ added }) => added)).toEqual([2, 0])
    expect(lines()).toEqual([text(owned), text(copied)])
    expect(index.quarantined(URL).map(({ path }) => path)).toEqual([posing.path, copying.path])
    const [first, late] = [
      sharedRun({ ...squatter, name: 'dddddd' }),
      sharedRun({ name: 'dddddd', payload: { label: 'late' } }),
    ]
    sync('b', [{ added: [first] }])
    expect(sync('c', [{ added: [late] }]).applied).toMatchObject([{ added: 0, tampered: [{ path: late.path }] }])
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  test('a path that is not its own', () => {
    const { applied } = sync('a', [{ added: [{ ...sharedRun(), path: file('bbbbbb') }] }])
    expect(applied).toMatchObject([{ added: 0, tampered: [{ path: file('bbbbbb') }] }])
  })

  test('what was set aside and is in order now, or gone, is set aside no longer', () => {
    const here = { path: file('aaaaaa'), runId: sharedRunId('aaaaaa'), reason: 'unknown key' }
    const lost = { path: file('bbbbbb'), runId: null, reason: 'not JSON' }
    sync('a', [{ quarantined: [here, lost] }])
    expect(index.quarantined(URL)).toEqual([here, lost])
    sync('b', [{ added: [sharedRun()], removedPaths: [file('bbbbbb')] }])
    expect(index.quarantined(URL)).toEqual([])
  })

  test('names that mean something to JavaScript are names', () => {
    const comparability = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>
    const run = sharedRun({
      project: 'constructor',
      payload: { samples: ['__proto__', 'toString'], comparability, benchmark_type: 'valueof' },
    })
    sync('a', [{ added: [run] }])
    expect(lines()).toEqual([text(run)])
    expect(db.prepare('SELECT name FROM hub_sample ORDER BY number').pluck().all()).toEqual(['__proto__', 'toString'])
    expect(db.prepare('SELECT json FROM hub_comparability').pluck().get()).toBe('{"__proto__":"x","constructor":"y"}')
  })
})

describe('a sync that is abandoned for another target', () => {
  test('leaves nothing behind: what it moved, removed and read of the registry is as before', () => {
    sync('a', [
      {
        added: [sharedRun(), sharedRun({ name: 'bbbbbb' })],
        registry: [{ path: 'hub.json', bytes: Buffer.from('1') }],
      },
    ])
    index.begin(URL, target('b'), 1)
    index.apply(
      URL,
      step({
        added: [sharedRun({ place: 'segment' }), sharedRun({ name: 'cccccc' })],
        removedPaths: [file('aaaaaa'), file('bbbbbb')],
        quarantined: [{ path: segment, runId: null, reason: 'bad' }],
        registry: [
          { path: 'hub.json', bytes: Buffer.from('2') },
          { path: 'registry/policy/retention.json', bytes: Buffer.from('3') },
        ],
      }),
    )
    const { removed, missing } = sync('c', [{}], nobody)
    expect({ removed, missing }).toEqual({ removed: 1, missing: [] })
    expect(stored()).toEqual([file('aaaaaa'), file('bbbbbb')])
    expect(index.counts(URL).quarantined).toBe(0)
    expect(index.registry(URL, '').map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['hub.json', '1'],
    ])
  })

  test('keeps what the new target has too', () => {
    index.begin(URL, target('a'), 1)
    index.apply(URL, step({ added: [sharedRun()] }))
    expect(sync('b', [{ added: [sharedRun()] }])).toMatchObject({ removed: 0, missing: [] })
    expect(stored()).toEqual([file('aaaaaa')])
  })
})

test('when everything is read afresh, what is not met counts as gone, but for who counts', () => {
  sync('a', [
    {
      added: [sharedRun(), sharedRun({ name: 'bbbbbb' })],
      registry: ['hub.json', 'warehouse/aggregated/by_metric/f1/2026-10.json'].map((path) => ({
        path,
        bytes: Buffer.from('1'),
      })),
    },
  ])
  index.begin(URL, target('b'), 2, { afresh: true })
  index.apply(URL, step({ added: [sharedRun()] }))
  index.begin(URL, target('b'), 2, { afresh: true })
  expect(index.finish(URL, AT, nobody).missing).toMatchObject([{ path: file('bbbbbb') }])
  expect([stored(), index.state(URL)?.epoch]).toEqual([[file('aaaaaa')], 2])
  // Who counts is not forgotten for that: else whoever swapped it would be believed now.
  expect(index.registry(URL, '').map(({ path }) => path)).toEqual(['hub.json'])
})

test('a diverged hub says so until a sync begins; other hubs are not known', () => {
  sync('a', [{}])
  index.markDiverged(URL)
  expect(index.state(URL)?.state).toBe('diverged')
  expect(index.counts('https://never.example')).toEqual({ runs: 0, projects: 0, quarantined: 0 })
  expect(() => index.apply('https://never.example', step())).toThrow('never been read')
})

test('documents can be read while the hub changes: each is whole, or gone', () => {
  // Two steps, so two blocks in one month; a neighbour is taken out of the second while the first is read.
  const [first, second] = [
    ['aaaaaa', 'bbbbbb'],
    ['cccccc', 'dddddd', 'eeeeee'],
  ].map((names) => ({ added: names.map((name) => sharedRun({ name })) }))
  sync('a', [first ?? {}, second ?? {}])
  const seen: string[] = []
  for (const { line } of index.documents(URL)) {
    seen.push(Buffer.from(line).toString())
    if (seen.length === 1) sync('b', [{ removedPaths: [file('dddddd')] }], () => true)
  }
  expect(seen).toEqual(['aaaaaa', 'bbbbbb', 'cccccc', 'eeeeee'].map((name) => text(sharedRun({ name }))))
})
