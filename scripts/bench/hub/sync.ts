import { sign, verify } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchTable } from '../table.ts'
import { cheapest, megabytes, ratio, seconds } from './figures.ts'
import { keyPair } from './generate-hub.ts'
import type { BenchPlace } from './place.ts'
import { type CommandCost, makeProject, timed } from './project.ts'

const PARSE = fileURLToPath(new URL('parse-objects.mjs', import.meta.url))
const ROUNDS = 2

/** Reading a whole hub for the first time, against a clone of it whose lines are only parsed; in turns. */
export const benchSync = async (place: BenchPlace, runs: number): Promise<BenchTable> => {
  const hub = await place.hub(runs, 'sync.git')
  let fresh = 0
  const ours = (path?: string): CommandCost => {
    const folder = join(place.folder, `sync-${fresh++}`)
    const project = makeProject(folder, { name: 'project-000', hub: hub.url })
    const cost = project.command(['sync'], path === undefined ? {} : { path })
    if (cost.answer['added'] !== runs) throw new Error(`${String(cost.answer['added'])} of ${runs} runs came.`)
    rmSync(folder, { recursive: true })
    return cost
  }
  const baseline = () => {
    const clone = join(place.folder, 'clone')
    const cloned = timed(['git', 'clone', '--quiet', '--bare', '--depth', '1', hub.url, clone], place.folder)
    const parsed = timed([process.execPath, PARSE, clone], place.folder)
    rmSync(clone, { recursive: true })
    return { wall: cloned.wall + parsed.wall, cpu: cloned.cpu + parsed.cpu }
  }
  const [own, others]: [CommandCost[], ReturnType<typeof baseline>[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    others.push(baseline())
    own.push(ours())
  }
  const without = ours('')
  const [least, base] = [cheapest(own), cheapest(others)]
  const signatures = verifySeconds(runs)
  const peak = Math.max(...own.map(({ peakBytes }) => peakBytes))
  return {
    title: `First sync of ${runs} runs over http, best of ${ROUNDS} in turns`,
    head: ['what', 'ours', 'git clone --depth 1, cat-file --batch, JSON.parse', 'ratio', 'target'],
    rows: [
      ['wall time', seconds(least.wall), seconds(base.wall), ratio(least.wall, base.wall), '≤ 3 ×'],
      ['CPU time', seconds(least.cpu), seconds(base.cpu), ratio(least.cpu, base.cpu), ''],
      [
        'CPU time of the signatures alone, one after the other',
        seconds(signatures),
        '',
        ratio(signatures, base.cpu),
        '',
      ],
      ['peak memory', megabytes(peak), '', '', '≤ 600 MB'],
      ['without git: wall time', seconds(without.wall), seconds(base.wall), ratio(without.wall, base.wall), ''],
      ['without git: CPU time', seconds(without.cpu), seconds(base.cpu), ratio(without.cpu, base.cpu), ''],
      ['without git: peak memory', megabytes(without.peakBytes), '', '', '≤ 600 MB'],
    ],
  }
}

/** What checking so many signatures of documents of 2 KB costs at least, from a few thousand. */
const verifySeconds = (runs: number): number => {
  const sample = 3000
  const { privateKey, publicKey } = keyPair('bench')
  const message = Buffer.alloc(2000, 'x')
  const signature = sign(null, message, privateKey)
  const before = process.cpuUsage()
  for (let index = 0; index < sample; index++) verify(null, message, publicKey, signature)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) / 1e6 / sample) * runs
}
