/**
 * Makes a dataset with known truth for Kraken 2: tiny genomes, their taxonomy and database, and simulated reads.
 *
 *   npx tsx scripts/make-pathogen-dataset.ts --out DIR [--seed 1]
 *
 * Needs kraken2-build. The same seed gives the same reads and truth, byte for byte. The folder is a project:
 * `benchmark run` there benchmarks Kraken 2 at two confidence cut-offs. Debian: apt install kraken2
 */
import { parseArgs } from 'node:util'
import { makePathogenDataset } from './simulate/pathogen-dataset.ts'

const { values } = parseArgs({ options: { out: { type: 'string' }, seed: { type: 'string', default: '1' } } })
if (values.out === undefined) {
  console.error('Usage: make-pathogen-dataset.ts --out DIR [--seed TEXT]')
  process.exitCode = 2
} else {
  try {
    const { samples, panel } = makePathogenDataset({ out: values.out, seed: values.seed })
    console.log(`${samples} samples, panel of ${panel}: ${values.out}`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.error('kraken2-build is not installed. Debian: apt install kraken2')
    process.exitCode = 3
  }
}
