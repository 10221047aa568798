import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatFasta } from './sequence.ts'
import type { SimulatedSample } from './simulated-sample.ts'

/**
 * Paired reads by ART (Huang et al. 2012, doi 10.1093/bioinformatics/btr708) with its HiSeq 2500 profile: 150 bases,
 * fragments of 350 ± 40. Each contig has its own depth, so ART runs once for each contig, with `firstSeed`, +1, +2 …
 */
export const readsByArt = (sample: SimulatedSample, firstSeed: number): { reads1: string; reads2: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'art-'))
  try {
    const texts = sample.contigs.map(({ id, sequence, depth }, index) => {
      const reference = join(folder, 'contig.fasta')
      writeFileSync(reference, formatFasta([{ id, description: '', sequence }]))
      const words = ['-ss', 'HS25', '-i', reference, '-p', '-l', '150', '-f', `${depth}`, '-m', '350', '-s', '40']
      const seed = ['-rs', `${firstSeed + index}`, '-na', '-q', '-o', join(folder, 'reads')]
      execFileSync('art_illumina', [...words, ...seed], { stdio: ['ignore', 'ignore', 'pipe'] })
      return [1, 2].map((mate) => readFileSync(join(folder, `reads${mate}.fq`), 'utf8')) as [string, string]
    })
    return { reads1: texts.map(([first]) => first).join(''), reads2: texts.map(([, second]) => second).join('') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
