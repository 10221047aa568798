import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/core/stats/random.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'

// A hundred where time is no matter, a taste of it on every other machine.
const KILLS = Number(process.env['KILLS'] ?? (process.env['CI'] === 'true' ? 100 : 15))
const EXECUTIONS = 40

interface RunJson {
  readonly run_id: string
  readonly state: string
  readonly executions: readonly {
    readonly id: number
    readonly state: string
    readonly sample: string
    readonly attempt: number
  }[]
}

/** A project whose pipeline writes one line to a ledger when it has done its work. */
const projectWithLedger = (): { dir: string; ledger: string } => {
  const dir = tempDir('kill')
  const ledger = join(dir, 'ledger.txt')
  writeFileSync(ledger, '')
  writeFileSync(join(dir, 'contigs.fasta'), '>c1\nACGT\n')
  writeFileSync(join(dir, 'job.sh'), '#!/bin/sh\nsleep 0.05\necho "$1" >> "$2"\n')
  chmodSync(join(dir, 'job.sh'), 0o755)
  writeFileSync(
    join(dir, 'samples.csv'),
    `sample,fasta\n${Array.from({ length: EXECUTIONS }, (_, n) => `S${n + 1},contigs.fasta\n`).join('')}`,
  )
  return { dir, ledger }
}

const config = (dir: string, ledger: string): void => {
  writeFileSync(
    join(dir, 'config.yaml'),
    `benchmark:
  project: {name: kill-test, type: amr-detection}
  pipelines:
    - name: job
      command: ["${join(dir, 'job.sh')}", "{sample}", "${ledger}"]
`,
  )
}

test(
  `a runner killed with -9 at ${KILLS} random moments loses and repeats nothing that finished`,
  async () => {
    const random = seededRandom(20261123)
    let kills = 0
    for (let round = 1; kills < KILLS; round++) {
      const { dir, ledger } = projectWithLedger()
      config(dir, ledger)
      const first = [
        'run',
        '--config',
        'config.yaml',
        '--input',
        'samples.csv',
        '--label',
        'crash',
        '--max-parallel',
        '2',
      ]
      let argv = first
      for (;;) {
        const child = spawn(process.execPath, [join(packageRoot, 'bin', 'run.js'), ...argv, '--json'], {
          cwd: dir,
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
        const working = new Promise((resolve) => child.stderr.once('data', resolve))
        let said = ''
        child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
        // One kill in four at any moment from the start on, the others while executions are under way.
        const moment = random() < 0.25 ? sleep(random() * 1500) : working.then(() => sleep(random() * 700))
        const status = await Promise.race([ended, moment.then(() => 'kill' as const)])
        if (status !== 'kill') {
          expect(status, said).toBe(0)
          break
        }
        child.kill('SIGKILL')
        await ended
        kills++
        const database = join(dir, '.benchmark', 'benchmark.db')
        if (!existsSync(database)) continue
        const db = openSqlite(database)
        expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
        const stored = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'run'").get() as { n: number }
        const runs = stored.n === 0 ? 0 : (db.prepare('SELECT count(*) AS n FROM run').get() as { n: number }).n
        db.close()
        if (runs > 0) argv = ['run', '--resume', 'crash', '--project', dir]
      }
      const shown = (await benchmark(['show', 'crash', '--json'], { cwd: dir })).json() as RunJson
      expect(shown.state).toBe('completed')
      expect(shown.executions.map(({ state }) => state)).toEqual(Array.from({ length: EXECUTIONS }, () => 'succeeded'))
      const lines = readFileSync(ledger, 'utf8').trim().split('\n')
      // Each job did its work exactly once, although its runner died again and again.
      expect(lines.toSorted()).toEqual(shown.executions.map(({ sample }) => sample).toSorted())
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS)
  },
  20 * 60_000,
)
