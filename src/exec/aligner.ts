import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Aligner } from '../app/ports.ts'
import { Problem } from '../core/problem.ts'
import { findProgram } from './find-program.ts'

const PATIENCE_MS = 60 * 60 * 1000

/**
 * asm10 is for sequences that differ by some percent. -r: alignments are not joined over more than 1 kbp, because what
 * lies between is a misassembly, and because the second copy of a duplication would get lost. -p and -N: all places of a
 * contig, however small a part of it they hold; which of them count is decided later.
 */
const OPTIONS = [
  '-x',
  'asm10',
  '-c',
  '--cs',
  '--paf-no-hit',
  '-r',
  '1000,1000',
  '-p',
  '0',
  '-N',
  '50',
  '-I',
  '64G',
  '-v',
  '1',
]

/** minimap2, where `environment` has it on its PATH. */
export const createAligner = (
  environment: NodeJS.ProcessEnv,
  { threads, patienceMs = PATIENCE_MS }: { readonly threads: number; readonly patienceMs?: number },
): Aligner => {
  const program = (): string | null => findProgram('minimap2', environment['PATH'] ?? '', process.cwd()).path
  return {
    name: 'minimap2',
    howToInstall: 'Install it (apt-get install minimap2, or conda install -c bioconda minimap2) and score again.',
    isInstalled: () => program() !== null,
    align: async (contigs, reference, read) => {
      // Scoring mostly aligns nothing, and a hundred modules take their time.
      const { execa } = await import('execa')
      const folder = await mkdtemp(join(tmpdir(), 'benchmark-alignment-'))
      try {
        const paf = join(folder, 'contigs.paf')
        // Absolute paths: a file may be called like an option.
        const files = [resolve(reference), resolve(contigs)]
        const { failed, timedOut, stderr, shortMessage } = await execa(
          program() ?? 'minimap2',
          [...OPTIONS, '-t', String(threads), '-o', paf, ...files],
          { reject: false, stdin: 'ignore', stdout: 'ignore', timeout: patienceMs, env: environment },
        )
        if (failed) {
          const why = timedOut ? `it took longer than ${patienceMs / 1000} s` : lastLine(stderr) || (shortMessage ?? '')
          throw new Problem('E_EXECUTOR', `minimap2 could not align ${contigs} to ${reference}: ${why}.`)
        }
        return await read(paf)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? ''
