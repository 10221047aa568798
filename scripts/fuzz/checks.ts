import type { AmrCall } from '../../src/core/amr/call.ts'
import type { AlignedContig } from '../../src/core/assembly/alignment.ts'
import type { AssemblyFact } from '../../src/core/assembly/assembly.ts'
import type { NamedBinning } from '../../src/core/binning/binning.ts'
import type { Observations } from '../../src/core/observations.ts'
import { Problem } from '../../src/core/problem.ts'
import type { NamedProfile } from '../../src/core/profile/profile.ts'
import { formatById, readText } from '../../src/parse/index.ts'
import { openChunks } from '../../src/parse/text-file.ts'
import type { SeedFile } from './seed-files.ts'

/** What a reader made of some bytes. */
export type Outcome = Observations | Problem

const oneChunk = async function* (bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  if (bytes.length > 0) yield await Promise.resolve(bytes)
}

/** What is read from these bytes, or the Problem that says why nothing is. Anything else thrown is a bug. */
export const readBytes = async (
  { format, file, columns }: Pick<SeedFile, 'format' | 'file' | 'columns'>,
  chunks: Buffer | AsyncGenerator<Buffer, void, undefined>,
): Promise<Outcome> => {
  try {
    const text = await openChunks(file, Buffer.isBuffer(chunks) ? oneChunk(chunks) : chunks)
    return await readText(text, formatById(format), columns)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

type Rule = readonly [name: string, holds: boolean]

const within = (value: number | null, low: number, high: number): boolean =>
  value === null || (Number.isFinite(value) && value >= low && value <= high)

const callRules = (call: AmrCall): readonly Rule[] => {
  const { start, stop, identity, coverage, depth, score, geneSymbol, drugClasses, contig, line } = call
  return [
    ['symbol', /[^ \t\r\n]/.test(geneSymbol) && !/[\t\n]/.test(geneSymbol)],
    ['both ends or none', (start === null) === (stop === null)],
    ['positions', within(start, 1, Number.MAX_SAFE_INTEGER) && Number.isInteger(start ?? 1)],
    ['order', start === null || stop === null || start <= stop],
    ['identity', within(identity, 0, 100)],
    ['coverage', within(coverage, 0, 100)],
    ['depth', within(depth, 0, Infinity)],
    ['score', within(score, -Infinity, Infinity)],
    ['classes', drugClasses.every((name) => name.trim() !== '') && new Set(drugClasses).size === drugClasses.length],
    ['contig', contig === null || (contig !== '' && !/[ \t\n\r]/.test(contig))],
    ['line', Number.isInteger(line) && line >= 1],
    ['aro', call.aro === null || /^ARO:\d{7}$/.test(call.aro)],
  ]
}

const profileRules = ({ sample, ranks, taxa, line }: NamedProfile): readonly Rule[] => [
  ['sample', sample === null || sample.trim() !== ''],
  ['line', Number.isInteger(line) && line >= 1],
  ['ranks', ranks.length > 0 && new Set(ranks).size === ranks.length],
  ['taxa once', new Set(taxa.map(({ taxid, rank }) => `${rank}\t${taxid}`)).size === taxa.length],
  ['taxid', taxa.every(({ taxid }) => taxid.trim() !== '')],
  ['rank', taxa.every(({ rank }) => rank.trim() !== '')],
  ['percentage', taxa.every(({ percentage }) => percentage > 0 && Number.isFinite(percentage))],
  ['count', taxa.every(({ count }) => within(count, 0, Number.MAX_SAFE_INTEGER))],
]

const whole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const alignedContigRules = ({ name, length, blocks }: AlignedContig): readonly Rule[] => [
  ['contig', name !== '' && whole(length)],
  ['place on the contig', blocks.every(({ start, end }) => whole(start) && start < end && end <= length)],
  [
    'place on the reference',
    blocks.every(
      ({ referenceStart, referenceEnd, referenceLength }) =>
        whole(referenceStart) && referenceStart < referenceEnd && referenceEnd <= referenceLength,
    ),
  ],
  [
    'counts',
    blocks.every(({ matches, mismatches, indels, indelBases }) =>
      [matches, mismatches, indels, indelBases].every(whole),
    ),
  ],
]

const binningRules = ({ sample, line, bins, sequences, binOf, lengths, lines }: NamedBinning): readonly Rule[] => [
  ['line', whole(line) && line >= 1 && lines.every((one) => whole(one) && one >= 1)],
  ['sample', sample === null || sample.trim() !== ''],
  ['parallel lists', new Set([sequences.length, binOf.length, lengths.length, lines.length]).size === 1],
  ['bins', binOf.every((bin) => bins[bin] !== undefined) && bins.every((bin) => bin.trim() !== '')],
  ['bins once', new Set(bins).size === bins.length],
  ['sequences once', new Set(sequences).size === sequences.length && !sequences.includes('')],
  ['lengths', lengths.every((length) => length === null || whole(length))],
]

const assemblyRules = (fact: AssemblyFact): readonly Rule[] => {
  const line: Rule = ['line', whole(fact.line) && fact.line >= 1]
  switch (fact.what) {
    case 'contigs':
      return [
        line,
        ['lengths', fact.lengths.every(({ length, contigs }) => whole(length) && whole(contigs) && contigs > 0)],
        [
          'bases',
          fact.lengths.every(({ length, contigs, gc, acgt }) => whole(gc) && gc <= acgt && acgt <= length * contigs),
        ],
        [
          'longest first',
          fact.lengths.every(({ length }, at) => at === 0 || length < (fact.lengths[at - 1]?.length ?? 0)),
        ],
      ]
    case 'alignment':
      return [line, ...fact.contigs.flatMap(alignedContigRules)]
    case 'report':
      return [
        line,
        ['name', fact.sample.trim() !== ''],
        ['values', [...fact.values.values()].every(({ value }) => within(value, 0, Infinity))],
      ]
    case 'bins':
      return [
        line,
        ['name', fact.bins.every(({ name }) => name.trim() !== '')],
        ['completeness', fact.bins.every(({ completeness }) => within(completeness, 0, 100))],
        ['contamination', fact.bins.every(({ contamination }) => within(contamination, 0, Infinity))],
      ]
  }
}

/** What must hold for each kind of observations. A new kind is an entry here. */
const RULES: {
  readonly [Kind in Observations['kind']]: (read: Extract<Observations, { kind: Kind }>) => readonly Rule[]
} = {
  amr: ({ calls }) => calls.flatMap(callRules),
  profile: ({ profiles }) => profiles.flatMap(profileRules),
  assembly: ({ facts }) => facts.flatMap(assemblyRules),
  binning: ({ binnings }) => binnings.flatMap(binningRules),
}

const brokenRules = <Kind extends Observations['kind']>(
  read: Extract<Observations, { kind: Kind }> & { kind: Kind },
): string[] => {
  const rules: (of: typeof read) => readonly Rule[] = RULES[read.kind]
  return rules(read).flatMap(([name, holds]) => (holds ? [] : [`${read.kind}: ${name}`]))
}

const brokenRefusal = (problem: Problem, bytes: Buffer): string[] => {
  const broken = problem.code === 'E_INPUT' && problem.message !== '' ? [] : [`refused as ${problem.code}`]
  const lines = bytes.toString('latin1').split('\n')
  const places = problem.findings.length > 0 ? problem.findings : [problem]
  for (const { message, location } of places) {
    const line = location?.line ?? 0
    const column = location?.column ?? 0
    if (location === undefined || location.file === '') broken.push(`no file: ${message}`)
    else if (line < 1 || column < 1) broken.push(`no line and column: ${message}`)
    // Latin-1 has a character for each byte, so no count of characters exceeds this.
    else if (line > lines.length || column > (lines[line - 1]?.length ?? 0) + 1)
      broken.push(`outside the file (${line}:${column}): ${message}`)
  }
  return broken
}

/** What is wrong with an outcome; nothing if all is as promised. */
export const faultsOf = (outcome: Outcome, bytes: Buffer): readonly string[] =>
  outcome instanceof Problem ? brokenRefusal(outcome, bytes) : brokenRules(outcome)
