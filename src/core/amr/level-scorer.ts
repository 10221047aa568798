import type { NameTables } from '../names/gene-identity.ts'
import { buildVocabulary } from '../names/vocabulary.ts'
import type { Reason } from '../score.ts'
import type { AmrLevel, AmrScoringOptions } from '../scoring-options.ts'
import { agreedKeys, callsOf } from './agreed-keys.ts'
import type { AmrCall } from './call.ts'
import { callKeys, identitiesOf, isPresent, truthKeys } from './keyed-sample.ts'
import { type KeyedLevel, keyRules, type KeyRules } from './level-keys.ts'
import type { LevelUniverse, SampleScores } from './scoring.ts'
import { scoreKeyedSample } from './score-keyed-sample.ts'
import { scoreLociOfSample } from './score-loci.ts'
import type { AmrTruth, AmrTruthGene } from './truth.ts'
import { buildUniverse, NO_UNIVERSE, type Universe } from './universe.ts'

/** Scores samples at one level, after everything the samples share has been worked out. */
export interface LevelScorer {
  readonly universe: LevelUniverse
  /** Canonical text of the universe. */
  readonly universeText: string
  /** Why nothing can be scored at this level for this truth or this tool, or null. */
  readonly unavailable: Reason | null
  score(sample: string, calls: readonly AmrCall[]): SampleScores
}

/** What the levels are computed from. */
export interface LevelInput {
  readonly truth: AmrTruth
  /** Calls that passed the filters, by sample. */
  readonly calls: ReadonlyMap<string, readonly AmrCall[]>
  readonly options: AmrScoringOptions
  /** What names are looked up in at a level. */
  readonly tables: (level: AmrLevel) => NameTables
  readonly warn: (warning: string) => void
}

/** Prepares the scoring of one level. */
export const levelScorer = (level: AmrLevel, input: LevelInput): LevelScorer => {
  const keyed: KeyedLevel = level === 'locus' ? 'gene' : level
  const unmapped = new Set<string>()
  const truthGenes = [...input.truth.samples.values()].flat().filter((gene) => gene.geneSymbol.trim() !== '')
  const present = truthGenes.filter(isPresent)
  const rules = keyRules(keyed, {
    tables: input.tables(level),
    truthStatesClasses: present.some((gene) => gene.drugClasses.length > 0),
    unmapped: (name) => unmapped.add(name),
  })
  const allCalls = [...input.calls.values()].flat()
  const vocabulary = buildVocabulary(identitiesOf(truthGenes, rules.truth), {
    strict: rules.strict,
    findings: identitiesOf(allCalls, rules.call),
  })
  if (unmapped.size > 0)
    input.warn(`Drug classes in no table, compared by their text: ${[...unmapped].sort().join(', ')}.`)

  const unavailable = reasonFor(level, present, allCalls, rules)
  const classless = level === 'drug_class' ? present.filter((gene) => rules.truth(gene).length === 0).length : 0
  if (unavailable === null && classless > 0)
    input.warn(`${String(classless)} genes of the truth name no drug class and do not count at level drug_class.`)
  const universe =
    level === 'locus' || unavailable === 'not_applicable'
      ? NO_UNIVERSE
      : buildUniverse(input.options.universe, input.truth, rules, vocabulary)
  if (level !== 'locus') warnOfUniverse(level, universe, input, unavailable)
  const hasAbundance = present.some((gene) => gene.depth !== null || gene.copies !== null)
  const shared = { level, universe, hasAbundance }

  return {
    universe: { level, kind: universe.kind, size: universe.all.size },
    universeText: universeText(level, universe, input.truth),
    unavailable,
    score: (sample, calls) => {
      const genes = (input.truth.samples.get(sample) ?? []).filter(isPresent)
      const truth = truthKeys(genes, rules, vocabulary)
      const all = callKeys(calls, rules, vocabulary, new Set(truth.keys()))
      const found = agreedKeys(all, input.options.atLeastTools)
      if (level !== 'locus') return scoreKeyedSample(sample, { truth, found }, shared)
      return scoreLociOfSample(sample, { genes, calls: callsOf(calls, all, found), truth, found, warn: input.warn })
    },
  }
}

const reasonFor = (
  level: AmrLevel,
  truth: readonly AmrTruthGene[],
  calls: readonly AmrCall[],
  rules: KeyRules,
): Reason | null => {
  const noCall = (states: (call: AmrCall) => boolean): Reason | null =>
    calls.length > 0 && !calls.some(states) ? 'no_prediction' : null
  switch (level) {
    case 'locus':
      if (!truth.some((gene) => gene.contig !== null)) return 'not_applicable'
      return noCall((call) => call.contig !== null && call.start !== null && call.stop !== null)
    case 'drug_class':
      // Texts that say nothing (`unclassified`) still are what a truth or a tool says.
      if (!truth.some((gene) => gene.drugClasses.length > 0 || rules.truth(gene).length > 0)) return 'not_applicable'
      return noCall((call) => call.drugClasses.length > 0 || rules.call(call).length > 0)
    case 'mechanism':
      if (!truth.some((gene) => rules.truth(gene).length > 0)) return 'not_applicable'
      return noCall((call) => rules.call(call).length > 0)
    case 'allele':
    case 'gene':
    case 'family':
      return null
  }
}

const warnOfUniverse = (level: KeyedLevel, universe: Universe, input: LevelInput, unavailable: Reason | null): void => {
  if (input.options.universe.kind !== 'list' || unavailable !== null) return
  if (universe.kind === 'none')
    input.warn(`The universe "${input.options.universe.name}" lists gene symbols, which say nothing at level ${level}.`)
}

const universeText = (level: AmrLevel, universe: Universe, truth: AmrTruth): string => {
  const sorted = (keys: Iterable<string>): string => [...keys].sort().join('\t')
  if (universe.kind !== 'panel') return `${level} ${universe.kind}\n${sorted(universe.all)}\n`
  const panels = [...truth.samples.keys()].sort().map((sample) => `${sample}\t${sorted(universe.of(sample) ?? [])}`)
  return `${level} panel\n${panels.join('\n')}\n`
}
