// Runs as a process of its own against the built program: uses the outbox or the index of hubs, and says after each
// call that it has returned.
import { readFileSync, writeSync } from 'node:fs'

const [, , dist, file, mode, name, input] = process.argv
const { openDatabase } = await import(`${dist}/store/open.js`)
const { createHubStore } = await import(`${dist}/store/hub/hub-store.js`)
const say = (...words) => writeSync(1, `${words.join(' ')}\n`)

const HUB = 'https://hub.example/results.git'
const AT = '2026-11-26T00:00:00.000Z'
const LATER = '2026-11-26T01:00:00.000Z'
const { outbox, index, close } = createHubStore(openDatabase(file))

const enqueue = (id) => {
  const bytes = Buffer.from(`{"id":"${id}"}`)
  const run = { localRunId: id, runId: id, path: `warehouse/results/lab/2026-11/${id}.json` }
  const rest = { hub: HUB, project: 'lab', visibility: 'public', month: '2026-11', contentSha256: 'c'.repeat(64) }
  outbox.enqueue({ ...rest, ...run, bytes, state: 'queued', reason: null, createdAt: AT })
  say('enqueued', id)
}

if (mode === 'enqueue') for (let number = 0; number < Number(input); number++) enqueue(`${name}-${number}`)
// Everybody starts when told, takes one at a time until nothing is left.
if (mode === 'claim') {
  say('ready')
  while (Date.now() < Number(input));
  for (;;) {
    const taken = outbox.claim(HUB, { rows: 1, bytes: 1000 }, name, AT, LATER)
    if (taken.length === 0) break
    say('claimed', taken[0].id)
  }
}
// The life of uploads: two come, two are taken, one arrives and one is put back.
if (mode === 'work')
  for (let number = 0; ; number++) {
    enqueue(`${name}-${number}a`)
    enqueue(`${name}-${number}b`)
    const [first, second] = outbox.claim(HUB, { rows: 2, bytes: 1000 }, name, AT, LATER)
    say('claimed', first.id, second.id)
    outbox.settle([first.id], 'pushed', { commit: 'f'.repeat(40) })
    say('pushed', first.id)
    outbox.release([second.id], AT, 'again')
    say('released', second.id)
  }
if (mode === 'sync') {
  const steps = JSON.parse(readFileSync(input, 'utf8'))
  const target = { head: 'h'.repeat(40), tree: 't'.repeat(40) }
  index.begin(HUB, target, 1)
  const done = index.state(HUB).target.cursor
  for (const step of steps.slice(done === '' ? 0 : Number(done) + 1)) {
    const added = step.added.map((run) => ({ ...run, line: Buffer.from(run.line, 'base64') }))
    index.apply(HUB, { ...step, added })
    say('applied', step.cursor)
  }
  index.finish(HUB, AT, () => true)
  say('finished')
}
close()
