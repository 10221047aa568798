// One of several processes that write to a hub: argv is url, mirror, name, number of runs.
import { createHubRepository } from '../../dist/hub/git-hub.js'

const [url, mirrorDir, name, runs] = process.argv.slice(2)
const credentials = {
  find: async () => null,
  store: () => {},
  remove: () => false,
  confirm: () => {},
  withheld: () => null,
  redact: (text) => text,
}
const hub = createHubRepository({ url, mirrorDir, environment: process.env, credentials })

const attempt = async (run) => {
  const { head } = await hub.fetch()
  if (head !== null) await hub.adopt(head)
  const path = `warehouse/results/${name}/2026-11/run-${run}.json`
  const next = await hub.prepare({
    parent: head,
    changes: [{ path, bytes: Buffer.from(`{"run":${run},"by":"${name}"}\n`) }],
    message: `run ${run} of ${name}`,
    author: { name, email: `${name}@benchmark.invalid` },
    at: 1_790_000_000,
  })
  const { answer } = await hub.push(head, next)
  if (answer === 'accepted') await hub.adopt(next.commit)
  return answer === 'accepted'
}
for (let run = 0; run < Number(runs); run++)
  while (!(await hub.alone(() => attempt(run))))
    await new Promise((resolve) => setTimeout(resolve, 200 * Math.random()))
await hub.close()
