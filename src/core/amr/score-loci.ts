import { CONFUSION_FORMULAS } from '../metrics/confusion.ts'
import { missing, type Quantity } from '../score.ts'
import type { AmrCall } from './call.ts'
import type { KeyedSample } from './keyed-sample.ts'
import { intervalOf } from './interval.ts'
import { lociOf, type Locus, locusName, matchLoci } from './match-loci.ts'
import type { AmrMatch, SampleScores } from './scoring.ts'
import { surer } from './score-keyed-sample.ts'
import type { AmrTruthGene } from './truth.ts'

interface LocusSample extends KeyedSample {
  readonly genes: readonly AmrTruthGene[]
  readonly calls: readonly AmrCall[]
  readonly warn: (warning: string) => void
}

/**
 * Scores one sample at level `locus`: same contig, same gene key, reciprocal overlap of at least one half, one to
 * one. There is no universe of places, so what needs true negatives has no value. A sample whose truth leaves out a
 * place is not scored: calls there would look wrong.
 */
export const scoreLociOfSample = (sample: string, { genes, calls, truth, found, warn }: LocusSample): SampleScores => {
  if (genes.some((gene) => intervalOf(gene) === null)) {
    warn(`The truth of sample ${sample} leaves out the place of some gene: level locus is not scored there.`)
    return { quantities: NOT_APPLICABLE, matches: [], curve: null }
  }
  const unplaced = calls.filter((call) => intervalOf(call) === null).length
  if (unplaced > 0)
    warn(`${String(unplaced)} calls of sample ${sample} state no place and count as false positives at level locus.`)

  const trueLoci = lociOf(
    genes,
    keyLookup(truth, ({ genes: of }) => of),
  )
  const foundLoci = lociOf(
    calls,
    keyLookup(found, ({ calls: of }) => of),
  )
  const { pairs, missed, unmatched } = matchLoci(trueLoci, foundLoci)
  const counts = {
    truePositives: pairs.length,
    falsePositives: unmatched.length,
    falseNegatives: missed.length,
    trueNegatives: null,
    falsePositivesOutside: null,
    redundantHits: calls.length - foundLoci.length,
  }
  const matches = [
    ...pairs.map(([gene, call]) => match(sample, gene, call)),
    ...missed.map((gene) => match(sample, gene, undefined)),
    ...unmatched.map((call) => match(sample, undefined, call)),
  ]
  return {
    quantities: Object.entries(CONFUSION_FORMULAS).map(([id, formula]) => [id, formula(counts)]),
    matches: matches.map(({ geneKey, ...entry }) => ({
      ...entry,
      rung: found.get(geneKey)?.rung ?? truth.get(geneKey)?.rung ?? 'symbol',
    })),
    curve: null,
  }
}

const NOT_APPLICABLE: readonly (readonly [string, Quantity])[] = Object.keys(CONFUSION_FORMULAS).map((id) => [
  id,
  missing('not_applicable'),
])

/** Gene key of each member of a keyed set. */
const keyLookup = <Entry extends { readonly key: string }, Member>(
  keyed: ReadonlyMap<string, Entry>,
  members: (entry: Entry) => readonly Member[],
): ((member: Member) => string) => {
  const keys = new Map([...keyed.values()].flatMap((entry) => members(entry).map((member) => [member, entry.key])))
  return (member) => keys.get(member) ?? ''
}

const match = (
  sample: string,
  gene: Locus<AmrTruthGene> | undefined,
  call: Locus<AmrCall> | undefined,
): Omit<AmrMatch, 'rung'> & { readonly geneKey: string } => {
  const best = call?.members.reduce((kept, next) => (surer(next, kept) ? next : kept))
  const locus = gene ?? call
  return {
    sample,
    level: 'locus',
    status: gene && call ? 'TP' : gene ? 'FN' : 'FP',
    key: locus ? locusName(locus) : '',
    geneKey: locus?.geneKey ?? '',
    inUniverse: null,
    truthSymbol: gene?.members[0]?.geneSymbol ?? null,
    truthLine: gene?.members[0]?.location.line ?? null,
    callSymbol: best?.geneSymbol ?? null,
    callLine: best?.line ?? null,
    rows: call?.members.length ?? 0,
  }
}
