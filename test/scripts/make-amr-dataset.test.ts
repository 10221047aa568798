import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { packageRoot, tempDir } from '../support/harness.ts'
import { missingTools, resfinderDatabase } from '../support/installed-tools.ts'

const script = join(packageRoot, 'scripts', 'make-amr-dataset.ts')
const make = (
  out: string,
  ...words: string[]
): Promise<{ status: number | string | null | undefined; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const argv = ['--import', 'tsx', script, '--out', out, ...words]
    execFile(process.execPath, argv, { cwd: packageRoot }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    )
  })

const rowsOf = (file: string): Record<string, string>[] => {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) =>
    Object.fromEntries(header.split('\t').map((name, index) => [name, line.split('\t')[index] ?? ''])),
  )
}

const missing = missingTools(['art_illumina', 'blastn', resfinderDatabase])

describe.skipIf(missing.length > 0)(
  `the real-tools dataset (not installed here: ${missing.join(', ') || 'nothing'})`,
  () => {
    const [first, second, other] = ['one', 'two', 'three'].map((name) => join(tempDir(`amr dataset ${name}`), 'data'))
    beforeAll(async () => {
      const [{ stdout }] = await Promise.all([
        make(first!),
        make(second!),
        make(other!, '--seed', '2', '--samples', '6'),
      ])
      expect(stdout).toMatch(/^8 samples, \d+ inserted genes, 14 decoys, panel of 24/)
    }, 240_000)

    test('the same seed gives the same bytes, reads included; another seed gives another dataset', () => {
      for (const name of ['truth.tsv', 'inserts.tsv', 'samples.csv', 'dataset.yaml', 'database/genes.fasta'])
        expect(readFileSync(join(first!, name), 'utf8') === readFileSync(join(second!, name), 'utf8'), name).toBe(true)
      const files = readdirSync(join(first!, 'samples'))
      expect(files).toHaveLength(24)
      for (const name of files)
        expect(
          readFileSync(join(first!, 'samples', name)).equals(readFileSync(join(second!, 'samples', name))),
          name,
        ).toBe(true)
      expect(readFileSync(join(other!, 'truth.tsv'), 'utf8')).not.toBe(readFileSync(join(first!, 'truth.tsv'), 'utf8'))
    })

    test('depths 1 to 30 occur in every sample with genes, alleles are 95 to 99 % identical, one sample is empty', () => {
      const inserts = rowsOf(join(first!, 'inserts.tsv'))
      const samples = [...new Set(inserts.map(({ sample }) => sample))]
      expect(samples).toEqual(['s01', 's02', 's04', 's05', 's06', 's07', 's08'])
      for (const sample of samples) {
        const genes = inserts.filter((row) => row['sample'] === sample && row['kind'] !== 'decoy')
        expect([...new Set(genes.map(({ depth }) => Number(depth)))].sort((a, b) => a - b)).toEqual([
          1, 3, 5, 10, 20, 30,
        ])
      }
      const alleles = inserts.filter(({ kind }) => kind === 'mutated').map(({ identity }) => Number(identity))
      expect(Math.min(...alleles)).toBeGreaterThan(94.9)
      expect(Math.max(...alleles)).toBeLessThan(99.1)
      const truth = rowsOf(join(first!, 'truth.tsv'))
      expect(truth.filter(({ sample, status }) => sample === 's03' && status !== 'absent')).toEqual([
        expect.objectContaining({ gene_symbol: '' }),
      ])
      expect(truth.filter(({ sample, status }) => sample === 's03' && status === 'absent')).toHaveLength(24)
    })

    test('blastn agrees: every gene lies where the truth says, no decoy is 80 % identical over 60 % of any gene', () => {
      const inserts = rowsOf(join(first!, 'inserts.tsv'))
      for (const sample of ['s01', 's02', 's08']) {
        const files = ['-query', `samples/${sample}.fasta`, '-subject', 'database/genes.fasta']
        const columns = ['-outfmt', '6 qseqid sseqid pident length qstart qend slen', '-perc_identity', '80']
        const hits = execFileSync('blastn', [...files, ...columns], { cwd: first, encoding: 'utf8' })
          .trimEnd()
          .split('\n')
          .map((line) => line.split('\t'))
          .filter(([, , , length, , , slen]) => Number(length) >= 0.6 * Number(slen))
        for (const { contig, start, stop, kind, reference, identity } of inserts.filter(
          (row) => row['sample'] === sample,
        )) {
          const here = hits.filter(
            ([query, , , , from, to]) =>
              query === contig && Number(from) <= Number(stop) && Number(to) >= Number(start),
          )
          if (kind === 'decoy') expect(here).toEqual([])
          else {
            // At the very ends of a mutated allele blastn may leave a few bases unaligned.
            const own = here.find((hit) => hit[1] === reference)!
            expect(Number(own[2])).toBeCloseTo(Number(identity), -0.3)
            expect(Math.abs(Number(own[4]) - Number(start))).toBeLessThan(20)
            expect(Math.abs(Number(own[5]) - Number(stop))).toBeLessThan(20)
          }
        }
      }
    })
  },
)

test('wrong use says what is wanted, and a missing database is named', async () => {
  const usage = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: packageRoot, encoding: 'utf8' })
  expect(usage).toMatchObject({ status: 2, stderr: expect.stringContaining('--out DIR') as string })
  expect((await make('x', '--samples', '5')).status).toBe(2)
  expect(await make('x', '--db', '/no/such/folder')).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('/no/such/folder') as string,
  })
})
