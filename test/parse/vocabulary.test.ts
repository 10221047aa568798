import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/problem.ts'
import { readVocabularyFile } from '../../src/parse/vocabulary/index.ts'
import { tempDir } from '../support/harness.ts'
import { findingsOf, problemFrom } from '../support/parse-fixtures.ts'
import { vocabularyFixture } from '../support/small-vocabulary.ts'

const dir = tempDir('vocabulary files')
type Read = Awaited<ReturnType<typeof readVocabularyFile>>
type Obo = Extract<Read, { kind: 'ontology' }>
type Mapping = Extract<Read, { kind: 'mapping' }>

const read = (content: string | Buffer): Promise<Read> => {
  const file = join(dir, 'file')
  writeFileSync(file, content)
  return readVocabularyFile(file)
}
const faults = async (content: string): Promise<string[]> => findingsOf(await problemFrom(read(content)))
const term = (id: number, ...lines: string[]): string =>
  [`[Term]`, `id: ARO:${String(id).padStart(7, '0')}`, `name: n${String(id)}`, ...lines, '', ''].join('\n')
const isA = (id: number): string => `is_a: ARO:${String(id).padStart(7, '0')} ! parent`

describe('an ontology', () => {
  test('terms have names, exact synonyms, parents and what they state', async () => {
    const obo = (await readVocabularyFile(vocabularyFixture('small.obo'))) as Obo
    expect(obo).toMatchObject({ kind: 'ontology', version: '2026-01-05' })
    // Neither the obsolete term nor the one of another ontology.
    expect(obo.terms).toHaveLength(18)
    expect(obo.terms.find(({ id }) => id === 'ARO:9000102')).toEqual({
      id: 'ARO:9000102',
      name: 'TEM-1',
      synonyms: ['TEM-1B', 'RTEM, the first'],
      parents: ['ARO:9000101'],
      drugClasses: [],
      antibiotics: ['ARO:9000012'],
      mechanisms: [],
    })
    expect(obo.terms.find(({ id }) => id === 'ARO:9000100')?.mechanisms).toEqual(['ARO:9000002'])
  })

  test('a byte order mark, Windows line ends and gzip change nothing', async () => {
    const plain = readFileSync(vocabularyFixture('small.obo'), 'utf8')
    const { terms } = (await read(plain)) as Obo
    for (const other of [`\uFEFF${plain}`, plain.replaceAll('\n', '\r\n'), gzipSync(plain)])
      expect(((await read(other)) as Obo).terms).toEqual(terms)
  })

  test('data-version is the version, before a date', async () => {
    const header = 'format-version: 1.2\ndata-version: 4.0.1\ndate: 01:02:2026 00:00\n\n'
    expect(await read(`${header}${term(1)}`)).toMatchObject({ version: '4.0.1' })
    expect(await read(`format-version: 1.2\n\n${term(1)}`)).toMatchObject({ version: null })
  })

  test('every fault is named with its line', async () => {
    const text = [
      'format-version: 1.2',
      '',
      term(1, isA(7), 'synonym: bare EXACT []'),
      term(1),
      '[Term]',
      'name: x',
      'what',
    ]
    expect(await faults(text.join('\n'))).toEqual([
      '7:1 The synonym is not in quotation marks.',
      '17:1 "what" is not of the form tag: value.',
      '10:1 ARO:0000001 is there twice, first on line 3.',
      '15:1 The term has no id.',
      '6:1 ARO:0000001 is_a ARO:0000007, which is no term of this file.',
    ])
    expect(await faults('[Term]\nid: ARO:0000001\nid: ARO:0000002\nname: x\n')).toEqual([
      '3:1 The term has a second id.',
    ])
    expect(await faults('[Term]\nid: ARO:0000001\n')).toEqual(['1:1 ARO:0000001 has no name.'])
    expect(await faults('format-version: 1.2\n')).toEqual(['1:1 There is no [Term].'])
    expect(await faults('[Term]\nid: GO:0000001\nname: x\n')).toEqual([
      '1:1 No term has an id of the form ARO:3000873.',
    ])
  })

  test('circles are named, once each', async () => {
    expect(await faults(`${term(1, isA(1))}`)).toEqual(['4:1 is_a goes in a circle: ARO:0000001 → ARO:0000001.'])
    const text = term(1, isA(2)) + term(2, isA(3)) + term(3, isA(1)) + term(4, isA(1))
    expect(await faults(text)).toEqual([
      '14:1 is_a goes in a circle: ARO:0000001 → ARO:0000002 → ARO:0000003 → ARO:0000001.',
    ])
  })

  test('a chain of parents as long as the file, and very long lines, are read', async () => {
    const length = 20_000
    const chain = Array.from({ length }, (_, index) => term(index + 1, ...(index > 0 ? [isA(index)] : [])))
    const long = term(length + 1, `def: "${'x'.repeat(2_000_000)}" []`, `synonym: "${'y'.repeat(100_000)}" EXACT []`)
    const { terms } = (await read(`${chain.reverse().join('')}${long}`)) as Obo
    expect(terms).toHaveLength(length + 1)
    expect(terms.at(-1)?.synonyms[0]).toHaveLength(100_000)
  })

  test('whatever the graph, it is read or its circle is named', async () => {
    const graph = fc.array(fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), { minLength: 10, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(graph, async (parents) => {
        const text = parents.map((of, id) => term(id, ...of.map(isA))).join('')
        if (hasCircle(parents)) {
          const found = await faults(text)
          expect(found.length).toBeGreaterThan(0)
          for (const fault of found) expect(fault).toContain('circle')
        } else expect(((await read(text)) as Obo).terms).toHaveLength(10)
      }),
      { numRuns: 60 },
    )
  })

  test('whatever the text, the answer is a vocabulary or a Problem', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '[Term]',
        '[Typedef]',
        'id: ARO:0000001',
        'id:',
        'name: x',
        'is_a: ARO:0000001',
        'is_a:',
        ':',
        '',
      ),
      fc.constantFrom('synonym: "a\\', 'synonym: "a" EXACT', 'relationship: participates_in', 'is_obsolete: true', '!'),
      fc.string({ maxLength: 30 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.boolean(), async (lines, windows) => {
        const text = `format-version: 1.2\n${lines.join(windows ? '\r\n' : '\n')}`
        const result = await read(text).catch((error: unknown) => error)
        if (result instanceof Error) expect(result).toBeInstanceOf(Problem)
        else expect((result as Obo).terms.length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })
})

/** By repeated removal of what has no parent left. */
const hasCircle = (parents: readonly (readonly number[])[]): boolean => {
  let left = new Set(parents.keys())
  for (;;) {
    const rest = new Set([...left].filter((id) => parents[id]?.some((parent) => left.has(parent))))
    if (rest.size === left.size) return left.size > 0
    left = rest
  }
}

const HEADER = 'Original ID\tGene Name in CARD\tARO\tCut_Off\tDatabase'
const mapping = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`

describe('a mapping table', () => {
  test('maps entries; Loose is weak; a row without a term maps nothing', async () => {
    const table = (await readVocabularyFile(vocabularyFixture('ncbi.tsv'))) as Mapping
    expect(table).toMatchObject({
      kind: 'mapping',
      database: 'ncbi',
      mappings: [
        { entry: '1|WP_000001.1|NG_000001.1|1|blaTEM-1|blaTEM', aro: 'ARO:9000102', isWeak: false },
        { entry: '2|WP_000002.1|NG_000002.1|1|stx|stx', aro: 'ARO:9000103', isWeak: true },
      ],
    })
  })

  test('columns are found by name, in any order, with what else is there', async () => {
    const { mappings } = (await read('Database\tmore\tARO\tOriginal ID\nX\t1\tARO:3000001\ta\n')) as Mapping
    expect(mappings).toEqual([{ entry: 'a', aro: 'ARO:3000001', isWeak: false }])
  })

  test('every fault is named with line and column', async () => {
    expect(
      await faults(mapping('a\tg\tx1\tPerfect\tdb', '\tg\t3000001\tPerfect\tdb', 'b\tg\t3000001\tPerfect\tother')),
    ).toEqual([
      '2:5 The ARO "x1" is not of the form 3000873.',
      '3:1 The Original ID is missing.',
      '4:21 The table is about db, this row about other.',
    ])
    expect(await faults(mapping('a\tg\t3000001\tPerfect\tdb', 'a\tg\t3000002\tPerfect\tdb'))).toEqual([
      '3:5 a is ARO:3000001 on line 2.',
    ])
    expect(await faults('Original ID\tARO\nx\t3000001\n')).toEqual(['1:1 There is no column Database.'])
    expect(await faults(mapping('a\t\t\t\tdb'))).toEqual(['1:1 No row maps an entry to a term.'])
    expect(await faults(mapping('a\tg\t3000001\tPerfect\tdb\tmore'))).toEqual([
      '2:1 The line has 6 cells, the header only 5.',
    ])
  })
})

test('a file that is neither is refused with what would do', async () => {
  for (const content of ['', 'gene\tfamily\nx\ty\n', '{"a": 1}\n', '>seq\nACGT\n']) {
    const problem = await problemFrom(read(content))
    expect(problem.code).toBe('E_INPUT')
    expect(problem.hints.join(' ')).toContain('aro.obo')
  }
})
