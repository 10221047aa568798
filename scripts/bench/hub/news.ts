import { join } from 'node:path'
import { hubMonthOf } from '../../../src/core/hub/names.ts'
import type { BenchTable } from '../table.ts'
import { AWAY, cheapest, milliseconds, ratio } from './figures.ts'
import { addOpenRuns } from './generate-hub.ts'
import type { BenchPlace } from './place.ts'
import { type CommandCost, makeProject, timed } from './project.ts'

const NEW = 100
const ROUNDS = 8

/** Reading what is new in a large hub, against `git fetch` of the same; and finding that nothing is. */
export const benchNews = async (place: BenchPlace, runs: number): Promise<BenchTable> => {
  const hub = await place.hub(runs, 'news.git')
  const project = makeProject(join(place.folder, 'news'), { name: 'project-000', hub: hub.url })
  project.command(['sync'])
  const clone = join(place.folder, 'news-clone.git')
  timed(['git', 'clone', '--quiet', '--bare', '--depth', '1', hub.url, clone], place.folder)
  const away = makeProject(join(place.folder, 'news-away'), { name: 'project-000', hub: hub.far })
  away.command(['sync'])
  const awayClone = join(place.folder, 'news-away-clone.git')
  timed(['git', 'clone', '--quiet', '--bare', '--depth', '1', hub.far, awayClone], place.folder)
  const own: CommandCost[] = []
  const nothing: CommandCost[] = []
  const others = []
  const [ownAway, othersAway, nothingAway] = [
    [] as CommandCost[],
    [] as Pick<CommandCost, 'wall'>[],
    [] as CommandCost[],
  ]
  for (let round = 0; round < ROUNDS; round++) {
    await addOpenRuns(hub.path, hubMonthOf(new Date()), { from: round * NEW, count: NEW, projects: 50 })
    others.push(timed(['git', 'fetch', '--quiet', 'origin', 'main:main'], clone))
    const cost = project.command(['sync'])
    if (cost.answer['added'] !== NEW) throw new Error(`${String(cost.answer['added'])} of ${NEW} new runs came.`)
    own.push(cost)
    nothing.push(project.command(['sync']))
    othersAway.push(timed(['git', 'fetch', '--quiet', 'origin', 'main:main'], awayClone))
    ownAway.push(away.command(['sync']))
    nothingAway.push(away.command(['sync']))
  }
  const [ours, git, noop] = [cheapest(own), cheapest(others), cheapest(nothing)]
  const [oursAway, gitAway, noopAway] = [cheapest(ownAway), cheapest(othersAway), cheapest(nothingAway)]
  const kilobytes = (cost: CommandCost): string => `${((cost.answer['bytes_received'] as number) / 1024).toFixed(1)} KB`
  return {
    title: `Sync of ${NEW} new runs in a hub of ${runs}, best of ${ROUNDS} in turns`,
    head: ['what', 'ours', 'git fetch', 'ratio', 'target'],
    rows: [
      ['wall time', milliseconds(ours.wall), milliseconds(git.wall), ratio(ours.wall, git.wall), '≤ 2 ×'],
      ['CPU time', milliseconds(ours.cpu), milliseconds(git.cpu), ratio(ours.cpu, git.cpu), ''],
      [
        'without finding that nothing is new',
        milliseconds(ours.wall - noop.wall),
        milliseconds(git.wall),
        ratio(ours.wall - noop.wall, git.wall),
        '',
      ],
      [AWAY, milliseconds(oursAway.wall), milliseconds(gitAway.wall), ratio(oursAway.wall, gitAway.wall), ''],
      ['bytes received', kilobytes(ours), '', '', ''],
      ['nothing new: wall time', milliseconds(noop.wall), '', '', ''],
      [`nothing new: ${AWAY}`, milliseconds(noopAway.wall), '', '', ''],
      ['nothing new: bytes received', kilobytes(noop), '', '', '≤ 2 KB'],
    ],
  }
}
