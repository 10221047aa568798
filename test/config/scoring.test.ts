import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createConfigSource } from '../../src/config/config-source.ts'
import { Problem } from '../../src/core/problem.ts'
import { SCORING_SETTING_NAMES } from '../../src/core/settings/scoring-settings.ts'
import { packageRoot, tempDir } from '../support/harness.ts'

let count = 0
const scoringOf = (lines: string, genes = '') => {
  const root = join(tempDir(`scoring-${count++}`), 'p')
  mkdirSync(join(root, '.benchmark'), { recursive: true })
  writeFileSync(join(root, 'genes.txt'), genes)
  writeFileSync(join(root, '.benchmark/config.yaml'), `benchmark:\n  evaluation:\n    scoring:\n${lines}`)
  const metrics = { find: () => undefined, names: [] }
  return createConfigSource({ root, environment: {}, metrics, formats: [] }).load().scoring
}

describe('evaluation.scoring', () => {
  test('means what the flags of `score` mean', () => {
    expect(scoringOf('      filter: 1\n      normalize: true\n      ranks: [genus, domain]\n')).toMatchObject({
      profile: { filter: 1, normalize: true, ranks: ['genus', 'superkingdom'] },
    })
    expect(
      scoringOf('      ranks: "genus,species"\n      min_identity: "90%"\n      level: [drug-class, gene]\n'),
    ).toMatchObject({
      profile: { ranks: ['genus', 'species'] },
      minIdentity: 90,
      levels: ['drug_class', 'gene'],
      primaryLevel: 'drug_class',
    })
    expect(scoringOf('      universe: genes.txt\n', '# all\nsul1\tx\n\ntet(A)\n')).toMatchObject({
      universe: { kind: 'list', name: 'genes.txt', symbols: ['sul1', 'tet(A)'] },
    })
  })

  test('has the call rule of pathogens', () => {
    const merged = '\n      merged_taxids: genes.txt'
    expect(
      scoringOf(
        `      call_rank: Genus\n      min_reads: 10\n      min_percentage: 0.01\n      host_taxids: [9606, "10090"]${merged}\n      panel: genes.txt\n`,
        '12\t|\t74109\t|\n30\t|\t29\t|\n',
      ),
    ).toMatchObject({
      pathogen: {
        callRank: 'genus',
        minReads: 10,
        minPercentage: 0.01,
        hostTaxids: ['9606', '10090'],
        panel: { kind: 'list', name: 'genes.txt', taxids: ['12', '30'] },
        merged: {
          pairs: [
            ['12', '74109'],
            ['30', '29'],
          ],
        },
      },
    })
    expect(scoringOf('      host_taxids: 9606\n      panel: none\n')).toMatchObject({
      pathogen: { callRank: 'species', minReads: null, hostTaxids: ['9606'], panel: { kind: 'none' }, merged: null },
    })
    expect(() => scoringOf('      merged_taxids: genes.txt\n', 'taxid\n')).toThrow(Problem)
    expect(() => scoringOf('      panel: genes.txt\n', 'taxid\tname\n')).toThrow(Problem)
  })

  test('every fault is named at its place', () => {
    try {
      scoringOf(
        '      filter: 101\n      ranks: [specis]\n      min_identty: 90\n      universe: nowhere.txt\n      aliases: none.tsv\n',
      )
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const found = error.findings.map(({ message, location }) => `${location?.line ?? '?'} ${message}`)
      expect(found.join('\n')).toContain('4 "101" is not a percentage between 0 and 100.')
      expect(found.join('\n')).toContain('5 there is no rank "specis".')
      expect(found.join('\n')).toContain('min_identty')
      expect(found.join('\n')).toContain('There is no such file.')
      // A file that is missing is not said to be without a header as well.
      expect(found).toHaveLength(5)
    }
  })

  test('the schema of the configuration and the flags of `score` have every setting', () => {
    const schema = JSON.parse(readFileSync(join(packageRoot, 'schemas/config.schema.json'), 'utf8')) as {
      properties: { benchmark: { properties: { evaluation: { properties: { scoring: { properties: object } } } } } }
    }
    const keys = Object.keys(schema.properties.benchmark.properties.evaluation.properties.scoring.properties)
    expect(keys.map((key) => key.replaceAll('_', '-')).sort()).toEqual([...SCORING_SETTING_NAMES].sort())
    const manifest = JSON.parse(readFileSync(join(packageRoot, 'oclif.manifest.json'), 'utf8')) as {
      commands: { score: { flags: object } }
    }
    expect(Object.keys(manifest.commands.score.flags)).toEqual(expect.arrayContaining([...SCORING_SETTING_NAMES]))
  })
})
