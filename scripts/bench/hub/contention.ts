import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import type { BenchTable } from '../table.ts'
import { ratio, seconds } from './figures.ts'
import { projectId } from './generate-hub.ts'
import type { BenchPlace } from './place.ts'
import { type BenchProject, makeProject, timed } from './project.ts'

const HUB_RUNS = 1000
const RUNS = 200
const PATIENCE_MS = 180_000

/** Many machines that share runs in one hub at the same time, each run with a command of its own; all must be there. */
export const benchContention = async (place: BenchPlace): Promise<BenchTable> => {
  const alone = await contend(place, 1)
  const rows = []
  for (const writers of [8, 50]) {
    const together = await contend(place, writers)
    rows.push([
      `${writers} processes × ${RUNS / writers} runs`,
      seconds(together.wall),
      seconds(alone.wall),
      ratio(together.wall, alone.wall),
      `${together.runs} of ${RUNS}, ${together.commits} commits in a line, fsck clean`,
    ])
  }
  return {
    title: `${RUNS} runs into one hub over http, one command a run`,
    head: ['what', 'wall time', `one process × ${RUNS} runs`, 'ratio', 'in the hub'],
    rows,
  }
}

const contend = async (place: BenchPlace, writers: number) => {
  const hub = await place.hub(HUB_RUNS, `contention-${writers}.git`)
  const each = RUNS / writers
  const projects = Array.from({ length: writers }, (_, index) =>
    makeProject(join(place.folder, `contention-${writers}-${index}`), {
      name: projectId(index),
      hub: hub.url,
      runs: each,
      from: index * each,
    }),
  )
  const before = performance.now()
  await Promise.all(projects.map(shareAll))
  const wall = (performance.now() - before) / 1000
  const git = (...args: string[]): string => timed(['git', '-C', hub.path, ...args], place.folder).stdout.trim()
  const paths = git('ls-tree', '-r', '--name-only', 'main').split('\n')
  const wanted = projects.flatMap(({ runIds }) => runIds)
  const runs = wanted.filter((id) => paths.filter((path) => path.endsWith(`/${id}.json`)).length === 1).length
  if (git('rev-list', '--merges', 'main') !== '') throw new Error('The history is not a line.')
  git('fsck', '--strict')
  const commits = Number(git('rev-list', '--count', 'main')) - HUB_COMMITS
  if (runs !== RUNS) throw new Error(`${runs} of ${RUNS} runs are in the hub.`)
  return { wall, runs, commits }
}

/** One that says it is a hub, one for each month. */
const HUB_COMMITS = 13

/** A run that could not be delivered waits, and goes with a later call. */
const shareAll = async (project: BenchProject): Promise<void> => {
  for (const runId of project.runIds) await project.start(['upload', '--run-id', runId])
  for (const until = performance.now() + PATIENCE_MS; project.waiting() > 0;) {
    if (performance.now() > until) throw new Error('Runs are still waiting.')
    await delay(1000)
    await project.start(['upload'])
  }
}
