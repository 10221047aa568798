// Statistics of large assemblies: time against `seqkit stats -a` on the same files, and memory.
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../simulate/seeded-random.ts'
import { childCpuSeconds } from './child-cpu.ts'
import type { BenchTable } from './table.ts'

const GB = 1e9
const ROUNDS = 3
const LINE = 60
const RUN = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

interface Cost {
  readonly wall: number
  readonly cpu: number
}

/** Time of 1 GB, plain and compressed, and memory of 2 GB in two million contigs. */
export const benchFasta = (): BenchTable => {
  const dir = mkdtempSync(join(tmpdir(), 'benchmark-fasta-'))
  try {
    const plain = join(dir, 'contigs.fa')
    writeContigs(plain, GB, 90_000)
    execFileSync('gzip', ['-1', '-k', plain])
    const rows = [plain, `${plain}.gz`].flatMap(compare)
    const many = join(dir, 'many.fa')
    writeContigs(many, 2 * GB, 2000)
    const peak = peakMemoryOf(many, join(dir, 'peak'))
    rows.push(['2 GB in 2 million contigs', 'peak memory', `${peak.toFixed(0)} MB`, '', '', '< 300 MB'])
    return {
      title: `Statistics of an assembly, start-up included, best of ${ROUNDS} in turns (load average ${loadavg()[0]?.toFixed(1) ?? '?'})`,
      head: ['file', 'figure', 'ours', 'seqkit stats -a', 'ratio', 'target'],
      rows,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Contigs of up to `longest` bases, most of them short, in lines of 60 as assemblers write them. */
const writeContigs = (file: string, bytes: number, longest: number): void => {
  const random = seededRandom('fasta')
  const genome = Buffer.from(Array.from({ length: 1 << 20 }, () => 'ACGT'.charCodeAt(random.below(4))))
  const handle = openSync(file, 'w')
  for (let written = 0, contig = 0; written < bytes;) {
    const parts: string[] = []
    for (let batch = 0; batch < 100; batch++) {
      const length = 1 + random.below(1 + random.below(longest))
      parts.push(`>k141_${String(contig++)} flag=1 multi=3.0000 len=${String(length)}\n`)
      const start = random.below(genome.length - LINE)
      for (let at = 0; at < length; at += LINE) {
        const from = (start + at) % (genome.length - LINE)
        parts.push(genome.toString('latin1', from, from + Math.min(LINE, length - at)), '\n')
      }
    }
    written += writeSync(handle, parts.join(''))
  }
  closeSync(handle)
}

const ours = (file: string): readonly string[] => [
  process.execPath,
  RUN,
  'score',
  '--type',
  'assembly-quality',
  '--prediction',
  file,
]

const compare = (file: string): string[][] => {
  const costs = [ours(file), ['seqkit', 'stats', '-a', file]].map((command) => ({
    command,
    best: { wall: Infinity, cpu: Infinity },
  }))
  for (let round = 0; round < ROUNDS; round++)
    for (const one of costs) {
      const { wall, cpu } = costOf(one.command)
      one.best = { wall: Math.min(one.best.wall, wall), cpu: Math.min(one.best.cpu, cpu) }
    }
  const [own, baseline] = costs.map(({ best }) => best)
  const name = `${(statSync(file).size / GB).toFixed(2)} GB, ${file.endsWith('.gz') ? 'gzip of 1 GB' : 'plain'}`
  return (['cpu', 'wall'] as const).map((figure) => {
    const [left, right] = [own?.[figure] ?? 0, baseline?.[figure] ?? 0]
    return [
      name,
      figure === 'cpu' ? 'CPU time' : 'wall time',
      `${left.toFixed(2)} s`,
      `${right.toFixed(2)} s`,
      `${(left / right).toFixed(2)} ×`,
      '≤ 2 ×',
    ]
  })
}

const costOf = ([program = '', ...args]: readonly string[]): Cost => {
  const [cpu, start] = [childCpuSeconds(), performance.now()]
  const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  return { wall: (performance.now() - start) / 1000, cpu: childCpuSeconds() - cpu }
}

// The child says at its end how much it had at most.
const peakMemoryOf = (file: string, report: string): number => {
  const hook = `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)))`
  const [program = '', ...args] = ours(file)
  execFileSync(program, ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, ...args], { stdio: 'ignore' })
  return Number(readFileSync(report, 'utf8')) / 1024
}
