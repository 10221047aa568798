import type { GeneVocabulary } from '../names/gene-vocabulary.ts'
import type { Match } from '../match.ts'
import type { Quantity, Score } from '../score.ts'
import type { AmrLevel, AmrScoringOptions } from '../scoring-options.ts'
import type { AmrCall } from './call.ts'
import type { AmrTruth } from './truth.ts'

/** Everything that decides the scores of one prediction (one tool, one parameter set) against one truth. */
export interface AmrScoringInput {
  readonly truth: AmrTruth
  /** Calls by sample. An empty list = ran and found nothing; null or no entry = no sign that the tool ran. */
  readonly predictions: ReadonlyMap<string, readonly AmrCall[] | null>
  /** Score these samples only, in this order (default: every sample of the truth). */
  readonly samples?: readonly string[]
  readonly options: AmrScoringOptions
  /** What names are looked up in, where the project has it; `options.vocabulary` says which it is. */
  readonly vocabulary?: GeneVocabulary | null
}

/** How the key of a call or truth gene was found: the rungs of the name ladder, or a level's own rule. */
export type KeyRung =
  | 'aro'
  | 'accession'
  | 'ontology_name'
  | 'alias'
  | 'symbol'
  | 'ontology_family'
  | 'family_column'
  | 'family_table'
  | 'family_series'
  | 'ontology_class'
  | 'class_table'
  | 'class_text'
  | 'ontology_mechanism'
  | 'text'

/** One key on one side or both: what became of it and where it came from. */
export interface AmrMatch extends Match {
  readonly level: AmrLevel
  readonly rung: KeyRung
}

/** Why a false positive and the missed gene nearest to it were not the same, or why a call did not count. */
export interface DifferenceReason {
  readonly code:
    | 'same_place'
    | 'elsewhere_on_contig'
    | 'same_name'
    | 'similar_name'
    | 'same_parent'
    | 'same_family'
    | 'same_class'
    | 'other_class'
    | 'left_out'
    | 'unrelated'
  /** For people. */
  readonly text: string
}

/** What is to be said of one false positive, or of a missed gene that was reported but left out. */
export interface AmrExplanation {
  readonly sample: string
  readonly level: AmrLevel
  readonly status: 'FP' | 'FN'
  readonly key: string
  readonly callSymbol: string | null
  readonly callLine: number | null
  /** The nearest missed gene; null where none resembles it. */
  readonly truthSymbol: string | null
  readonly truthLine: number | null
  readonly reasons: readonly DifferenceReason[]
}

/** One threshold of a precision-recall curve: everything scored at least `threshold` is called. */
export interface CurvePoint {
  readonly threshold: number
  readonly truePositives: number
  readonly falsePositives: number
  readonly precision: number
  readonly recall: number
}

/** Precision and recall of one sample at one level over all distinct scores, surest first. */
export interface AmrCurve {
  readonly sample: string
  readonly level: AmrLevel
  readonly points: readonly CurvePoint[]
}

/** The universe that true negatives of a level were counted in. `size` is 0 for kind `none`. */
export interface LevelUniverse {
  readonly level: AmrLevel
  readonly kind: 'panel' | 'dataset' | 'list' | 'none'
  readonly size: number
}

/** What scoring one prediction gives. */
export interface AmrScoring {
  /** Per sample and level; one entry for every metric of the level, with a reason where it has no value. */
  readonly scores: readonly Score[]
  readonly curves: readonly AmrCurve[]
  readonly matches: readonly AmrMatch[]
  readonly universes: readonly LevelUniverse[]
  /** Short settings that two scorings must share to be compared. The universe itself is in `universeKey`. */
  readonly comparability: Readonly<Record<string, string>>
  /** Canonical text of all universes, for the caller to digest into the comparability key. */
  readonly universeKey: string
  readonly warnings: readonly string[]
}

/** What one sample gives at one level, before its numbers become scores. */
export interface SampleScores {
  readonly quantities: readonly (readonly [metric: string, Quantity])[]
  readonly matches: readonly AmrMatch[]
  readonly curve: AmrCurve | null
}
