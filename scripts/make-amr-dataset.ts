/**
 * Makes a dataset with known truth for real tools, from the ResFinder database.
 *
 *   npx tsx scripts/make-amr-dataset.ts --out DIR [--db /usr/share/resfinder/db] [--seed 1] [--samples 8]
 *
 * Needs art_illumina for the reads; kma, where installed, indexes the database. The same seed gives the same contigs,
 * truth and reads, byte for byte. The folder is a project: `benchmark run` there benchmarks KMA, ResFinder and blastn.
 * Debian: apt install art-nextgen-simulation-tools kma ncbi-blast+ resfinder resfinder-db
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makeAmrDataset } from './simulate/real-tools-dataset.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    db: { type: 'string', default: '/usr/share/resfinder/db' },
    seed: { type: 'string', default: '1' },
    samples: { type: 'string', default: '8' },
  },
})
const samples = Number(values.samples)
if (values.out === undefined || !Number.isInteger(samples) || samples < 6) {
  console.error('Usage: make-amr-dataset.ts --out DIR [--db DIR] [--seed TEXT] [--samples N, at least 6]')
  process.exitCode = 2
} else if (!existsSync(values.db)) {
  console.error(`No ResFinder database at ${values.db}; install resfinder-db or name its folder with --db`)
  process.exitCode = 3
} else {
  const made = makeAmrDataset({ out: values.out, database: values.db, seed: values.seed, samples })
  console.log(
    `${made.samples} samples, ${made.genes} inserted genes, ${made.decoys} decoys, panel of ${made.panel}: ${values.out}`,
  )
  for (const notice of made.notices) console.log(notice)
}
