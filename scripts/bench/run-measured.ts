import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const RUN = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

export interface Measured {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
}

/** Runs `benchmark` once; its CPU time and memory are what the kernel says of the process itself. */
export const runMeasured = (dir: string, ...args: readonly string[]): Measured => {
  const file = join(dir, 'usage.json')
  const note = `import { writeFileSync } from 'node:fs'
    process.on('exit', () => writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.resourceUsage())))`
  const hook = `data:text/javascript,${encodeURIComponent(note)}`
  const before = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', hook, RUN, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const wallSeconds = (performance.now() - before) / 1000
  if (status !== 0) throw new Error(`benchmark ${args.join(' ')} ended with ${String(status)}: ${stderr}`)
  const usage = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.ResourceUsage
  return { wallSeconds, cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6, peakBytes: usage.maxRSS * 1024 }
}
