import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AmrCall } from '../../src/core/amr/call.ts'
import { keyRules } from '../../src/core/amr/level-keys.ts'
import { nameTables } from '../../src/core/amr/name-tables.ts'
import { buildVocabulary } from '../../src/core/names/vocabulary.ts'
import type { GeneVocabulary } from '../../src/core/names/gene-vocabulary.ts'
import { type AmrLevel, DEFAULT_AMR_SCORING } from '../../src/core/scoring-options.ts'
import { packageRoot } from '../support/harness.ts'
import { readHits } from '../support/parse-fixtures.ts'
import { readOntology, readTable, vocabularyOf } from '../support/small-vocabulary.ts'

// CARD's ontology, argNorm's tables and reports of several tools on the same contigs; not part of this repository.
const data = join(packageRoot, '..', 'shared', 'data', 'amr', 'argnorm')
const ontologyFile = join(data, 'mapping', 'aro.obo')
const tables = ['ncbi', 'resfinder', 'deeparg'].map((name) => join(data, 'mapping', `${name}_ARO_mapping.tsv`))
const isHere = existsSync(ontologyFile)
if (!isHere) process.stderr.write('Skipped: no reference data in ../shared/data/amr/argnorm\n')

const TOOLS = new Set(['amrfinderplus', 'abricate', 'rgi', 'staramr', 'resfinder 4'])
const AGREEING = 0.8

type Row = Readonly<Record<string, string>>

/** Rows of a table with a header, read without any code of the program. */
const rowsOf = (file: string): readonly Row[] => {
  const [header = '', ...lines] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
  const names = header.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

/** Pairs of calls of two tools that cover each other by at least 80 % of the longer one. */
const pairsOf = <Item>(
  items: readonly Item[],
  of: (item: Item) => { tool: string; contig: string; start: number; stop: number },
): readonly (readonly [Item, Item])[] => {
  const placed = items.map((item) => ({ item, ...of(item) })).filter(({ tool, start }) => TOOLS.has(tool) && start > 0)
  return placed.flatMap((left, index) =>
    placed.slice(index + 1).flatMap((right) => {
      if (left.tool === right.tool || left.contig !== right.contig) return []
      const shared = Math.min(left.stop, right.stop) - Math.max(left.start, right.start) + 1
      const longer = Math.max(left.stop - left.start, right.stop - right.start) + 1
      return shared >= AGREEING * longer ? [[left.item, right.item] as const] : []
    }),
  )
}

const placeOfRow = (row: Row): { tool: string; contig: string; start: number; stop: number } => {
  const tool = row['analysis_software_name'] ?? ''
  const contig = (row['input_sequence_id'] ?? '').split(' ')[0] ?? ''
  const ends = [Number(row['input_gene_start']), Number(row['input_gene_stop'])]
  return {
    tool,
    contig: tool === 'rgi' ? contig.replace(/_\d+$/, '') : contig,
    start: Math.min(...ends),
    stop: Math.max(...ends),
  }
}

const letters = (symbol: string): string => symbol.toLowerCase().replace(/[^a-z0-9]/g, '')
const withoutBla = (symbol: string): string => letters(symbol).replace(/^bla/, '')
const count = <Item>(items: readonly Item[], isCounted: (item: Item) => boolean): number =>
  items.filter(isCounted).length

/** Whether two calls get the same keys at a level, the one taken as the truth of the other. */
const agree = (left: AmrCall, right: AmrCall, level: Exclude<AmrLevel, 'locus'>, vocabulary: GeneVocabulary | null) => {
  const rules = keyRules(level, {
    tables: nameTables(DEFAULT_AMR_SCORING, level, vocabulary),
    truthStatesClasses: false,
    unmapped: () => undefined,
  })
  const [truth, found] = [rules.call(left), rules.call(right)]
  const { keyOf, resolve } = buildVocabulary(truth, { strict: rules.strict, findings: found })
  const wanted = new Set(truth.map((one) => keyOf(one).id))
  const keys = new Set(found.map((one) => resolve(one, wanted).id))
  return wanted.size > 0 && wanted.size === keys.size && [...wanted].every((key) => keys.has(key))
}

describe.skipIf(!isHere)('CARD’s ontology', async () => {
  const text = isHere ? readFileSync(ontologyFile, 'utf8') : ''
  const stanzas = text.split(/\n(?=\[)/).filter((stanza) => /^\[Term\]\nid: ARO:\d{7}\n/.test(stanza))
  const all = (tag: RegExp): number => stanzas.reduce((sum, stanza) => sum + (stanza.match(tag)?.length ?? 0), 0)
  const ontology = isHere ? await readOntology(ontologyFile) : null

  test('every term, exact synonym and relationship is read', () => {
    const terms = [...(ontology?.terms.values() ?? [])]
    const sum = (of: (term: (typeof terms)[number]) => readonly string[]): number =>
      terms.reduce((total, term) => total + of(term).length, 0)
    expect(terms).toHaveLength(stanzas.length)
    expect(terms.length).toBeGreaterThan(8000)
    expect(sum(({ parents }) => parents)).toBe(all(/^is_a: ARO:/gm))
    expect(sum(({ synonyms }) => synonyms)).toBe(all(/^synonym: ".*" EXACT/gm))
    expect(sum(({ drugClasses }) => drugClasses)).toBe(all(/^relationship: confers_resistance_to_drug_class ARO:/gm))
    expect(sum(({ antibiotics }) => antibiotics)).toBe(all(/^relationship: confers_resistance_to_antibiotic ARO:/gm))
    expect(sum(({ mechanisms }) => mechanisms)).toBe(all(/^relationship: participates_in ARO:/gm))
  })

  test('well-known genes have the family, drug classes and mechanism CARD gives them', () => {
    const named = (id: string) => ({
      name: ontology?.terms.get(id)?.name,
      family: ontology?.terms.get(ontology.familyOf(id) ?? '')?.name,
      mechanisms: ontology?.mechanismsOf(id),
    })
    expect(named('ARO:3000873')).toEqual({
      name: 'TEM-1',
      family: 'TEM beta-lactamase',
      mechanisms: ['antibiotic inactivation'],
    })
    expect(named('ARO:3000410')).toEqual({
      name: 'sul1',
      family: 'sulfonamide resistant sul',
      mechanisms: ['antibiotic target replacement'],
    })
    expect(named('ARO:3001878').family).toBe('CTX-M beta-lactamase')
    expect(named('ARO:3000165').mechanisms).toEqual(['antibiotic efflux'])
    expect(ontology?.drugsOf('ARO:3000375')).toEqual(
      expect.arrayContaining(['macrolide antibiotic', 'lincosamide antibiotic', 'streptogramin antibiotic']),
    )
  })

  test('the mapping tables are read whole', async () => {
    for (const file of tables) {
      const { mappings } = await readTable(file)
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
      const terms = new Map(lines.map((line) => [line.split('\t')[0], line.split('\t')[2]]))
      expect(mappings, file).toHaveLength([...terms.values()].filter((aro) => aro !== '').length)
      expect(count(mappings, ({ isWeak }) => isWeak)).toBe(count(lines, (line) => line.split('\t')[3] === 'Loose'))
    }
  })
})

describe.skipIf(!isHere)('calls of two tools at one place', () => {
  test('agree by argNorm’s terms as published: 144 of 190 by symbol, 172 by term, 186 by parent', async () => {
    const ontology = await readOntology(ontologyFile)
    const pairs = pairsOf(rowsOf(join(data, 'normalized', 'combined_hamronization.tsv')), placeOfRow)
    const both = pairs.filter(([left, right]) => left['ARO'] !== '' && right['ARO'] !== '')
    const parents = (row: Row): readonly string[] => ontology.terms.get(row['ARO'] ?? '')?.parents ?? []
    expect([
      both.length,
      count(both, ([left, right]) => left['gene_symbol'] === right['gene_symbol']),
      count(both, ([left, right]) => left['ARO'] === right['ARO']),
      count(both, ([left, right]) => parents(left).some((parent) => parents(right).includes(parent))),
      // Our family level keeps what the parents say.
      count(both, ([left, right]) => ontology.familyOf(left['ARO'] ?? '') === ontology.familyOf(right['ARO'] ?? '')),
    ]).toEqual([190, 144, 172, 186, 186])
  })

  test('agree through the ladder more often than by their spelling', async () => {
    const file = join(data, 'hamronized', 'combined_hamronization.tsv')
    const rows = pairsOf(rowsOf(file), placeOfRow)
    const { calls } = await readHits(file, { format: 'auto' })
    const pairs = pairsOf(calls, ({ tool, contig, start, stop }) => ({
      tool: tool ?? '',
      contig: contig ?? '',
      start: start ?? 0,
      stop: stop ?? 0,
    }))
    const vocabulary = await vocabularyOf(ontologyFile, tables)
    const bySymbol = (of: (symbol: string) => string): number =>
      count(rows, ([left, right]) => of(left['gene_symbol'] ?? '') === of(right['gene_symbol'] ?? ''))
    const by = (level: Parameters<typeof agree>[2], of: GeneVocabulary | null): number =>
      count(pairs, ([left, right]) => agree(left, right, level, of))
    const table: readonly (readonly [string, number])[] = [
      ['symbol as written', bySymbol((symbol) => symbol)],
      ['letters and digits', bySymbol(letters)],
      ['without bla', bySymbol(withoutBla)],
      ['level gene, no vocabulary', by('gene', null)],
      ['level gene, mapping tables', by('gene', { ...vocabulary, ontology: null })],
      ['level gene, all', by('gene', vocabulary)],
      ['level family, no vocabulary', by('family', null)],
      ['level family, all', by('family', vocabulary)],
      ['level mechanism, all', by('mechanism', vocabulary)],
    ]
    const total = pairs.length
    expect(total).toBe(rows.length)
    process.stderr.write(
      `Calls of two tools at one place that agree, of ${String(total)}:\n${table
        .map(
          ([name, value]) =>
            `  ${name.padEnd(28)}${String(value).padStart(4)}  ${((100 * value) / total).toFixed(1)} %`,
        )
        .join('\n')}\n`,
    )
    const counts = Object.fromEntries(table)
    expect(total).toBe(201)
    expect(table.slice(0, 3).map(([, value]) => value)).toEqual([150, 152, 152])
    // What remains are different alleles at one place: the tools do not say the same.
    expect((counts['level gene, all'] ?? 0) / total).toBeGreaterThanOrEqual(0.9)
    expect(counts['level gene, all']).toBeGreaterThan(counts['level gene, no vocabulary'] ?? 0)
    expect((counts['level family, all'] ?? 0) / total).toBeGreaterThanOrEqual(0.98)
    expect((counts['level mechanism, all'] ?? 0) / total).toBeGreaterThanOrEqual(0.98)
  })
})

// The report of seven tools that the published 640 pairs are of is not always at hand.
const seven = join(data, 'hamronized', 'combined_hamronization_full.tsv')
describe.skipIf(!existsSync(seven))('calls of two of seven tools at one place', () => {
  test('agree in 357, 424 and 472 of 640 pairs by symbol, letters and digits, and without bla', () => {
    const pairs = pairsOf(rowsOf(seven), placeOfRow)
    const by = (of: (symbol: string) => string): number =>
      count(pairs, ([left, right]) => of(left['gene_symbol'] ?? '') === of(right['gene_symbol'] ?? ''))
    expect([pairs.length, by((symbol) => symbol), by(letters), by(withoutBla)]).toEqual([640, 357, 424, 472])
  })
})
