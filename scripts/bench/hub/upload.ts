import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hubMonthOf } from '../../../src/core/hub/names.ts'
import type { BenchTable } from '../table.ts'
import { AWAY, cheapest, milliseconds, ratio } from './figures.ts'
import { benchKey, openRunPath, runLine } from './generate-hub.ts'
import type { BenchPlace } from './place.ts'
import { makeProject, timed } from './project.ts'

const UPLOADS = 6
const SMALL = 1000

/** Sharing one run from a machine that knows the hub, against a commit and a push of such a file. */
export const benchUpload = async (place: BenchPlace, runs: number): Promise<BenchTable> => {
  const small = await uploads(place, SMALL)
  const large = await uploads(place, runs)
  const away = await uploads(place, runs, 'far')
  const start = timedStart(place)
  return {
    title: `Upload of one run over http, best of ${UPLOADS}`,
    head: ['what', 'ours', 'baseline', 'ratio', 'target'],
    // Wall time includes the server, CPU time does not.
    rows: [
      [
        `wall time, ${runs} runs in the hub`,
        milliseconds(large.ours.wall),
        `${milliseconds(small.ours.wall)} (${SMALL} runs)`,
        ratio(large.ours.wall, small.ours.wall),
        '≤ 1.5 ×',
      ],
      [
        'the same',
        milliseconds(large.ours.wall),
        `${milliseconds(large.git.wall)} (git add, commit, push)`,
        ratio(large.ours.wall, large.git.wall),
        '≤ 3 ×',
      ],
      ['CPU time', milliseconds(large.ours.cpu), milliseconds(large.git.cpu), ratio(large.ours.cpu, large.git.cpu), ''],
      [
        'without starting the program',
        milliseconds(large.ours.wall - start),
        milliseconds(large.git.wall),
        ratio(large.ours.wall - start, large.git.wall),
        '',
      ],
      [AWAY, milliseconds(away.ours.wall), milliseconds(away.git.wall), ratio(away.ours.wall, away.git.wall), ''],
      ['bytes sent', `${(large.bytes / 1024).toFixed(1)} KB`, '', '', '≤ 64 KB'],
    ],
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const uploads = async (place: BenchPlace, runs: number, where: 'url' | 'far' = 'url') => {
  const hub = await place.hub(runs, `upload-${runs}-${where}.git`)
  const name = 'project-000'
  const project = makeProject(join(place.folder, `upload-${runs}-${where}`), { name, hub: hub[where], runs: UPLOADS })
  project.command(['sync'])
  const clone = join(place.folder, `upload-${runs}-${where}-clone`)
  timed(['git', 'clone', '--quiet', '--depth', '1', hub[where], clone], place.folder)
  const month = hubMonthOf(new Date())
  const own = []
  const others = []
  for (const [index, runId] of project.runIds.entries()) {
    const uploaded = project.command(['upload', '--run-id', runId])
    if (!(uploaded.answer['uploaded'] as string[]).includes(runId)) throw new Error(`${runId} was not taken.`)
    own.push(uploaded)
    timed(['git', 'pull', '--quiet', '--rebase'], clone)
    const { id, line } = runLine(name, benchKey(name), month, index)
    const path = join(clone, openRunPath(name, month, id))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${line}\n`)
    const steps = [
      // Git commits no file that it was not given: storing it is a part of a commit, as it is of ours.
      timed(['git', 'add', path], clone),
      timed(['git', 'commit', '--quiet', '--message', id], clone),
      timed(['git', 'push', '--quiet', 'origin', 'main'], clone),
    ]
    others.push({ wall: sum(steps.map(({ wall }) => wall)), cpu: sum(steps.map(({ cpu }) => cpu)) })
    project.command(['sync'])
  }
  return {
    ours: cheapest(own),
    git: cheapest(others),
    bytes: Math.max(...own.map(({ answer }) => answer['bytes_sent'] as number)),
  }
}

/** What the program and its command framework cost before any command does anything. */
const timedStart = (place: BenchPlace): number => {
  const project = makeProject(join(place.folder, 'start'), { name: 'project-000', hub: '/nowhere' })
  return cheapest(Array.from({ length: UPLOADS }, () => project.command(['list']))).wall
}
