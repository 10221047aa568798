import type { AbundanceType, StatedAbundance } from './profile.ts'
import type { ProfileScoringOptions } from './scoring-options.ts'

/** Whether the abundances of two sides may be compared: `left_out` when they are not, `forced` when they are all the same. */
export type AbundanceComparison = 'same' | 'forced' | 'left_out'

/** How abundances of a truth and a prediction are dealt with. */
export const abundanceComparison = (
  truth: AbundanceType,
  predicted: StatedAbundance,
  { allowMixedAbundance }: Pick<ProfileScoringOptions, 'allowMixedAbundance'>,
): AbundanceComparison => (predicted === truth ? 'same' : allowMixedAbundance ? 'forced' : 'left_out')

/** Metrics that compare abundances of two sides; what is there and what is not can be compared whatever they mean. */
const COMPARING: ReadonlySet<string> = new Set([
  'bray_curtis_distance',
  'bray_curtis_distance_normalized',
  'l1_norm_error',
  'l1_norm_error_normalized',
  ...['shannon', 'simpson', 'inverse_simpson', 'pielou'].flatMap((name) => [`${name}_error`, `${name}_relative_error`]),
  'weighted_unifrac_error',
  'weighted_unifrac_cami',
  ...['bray_curtis', 'aitchison'].flatMap((name) => [`beta_${name}_mantel`, `beta_${name}_difference`]),
])

/** Whether a metric compares abundances of truth and prediction. */
export const comparesAbundances = (metric: string): boolean => COMPARING.has(metric)

const SHARES: Readonly<Record<AbundanceType | 'presence', string>> = {
  sequence: 'shares of reads (sequence abundance)',
  taxonomic: 'shares of genome copies (taxonomic abundance)',
  presence: 'which genomes were found, not how much of each',
}

/** What to tell the user of two sides that do not state the same; nothing when they do. */
export const abundanceWarnings = (
  truth: AbundanceType,
  predicted: StatedAbundance,
  comparison: AbundanceComparison,
): readonly string[] => {
  if (comparison === 'same') return []
  const difference =
    predicted === null
      ? `Nothing says what the prediction's abundances are shares of; the truth states ${SHARES[truth]}.`
      : `The prediction states ${SHARES[predicted]}, the truth ${SHARES[truth]}.${predicted === 'presence' ? '' : ' These differ with genome size.'}`
  if (comparison === 'forced')
    return [
      `${difference} They are compared because --allow-mixed-abundance says so: errors measure that difference too.`,
    ]
  const remedy =
    predicted === null
      ? '--abundance sequence or --abundance taxonomic says which'
      : '--allow-mixed-abundance compares them all the same'
  return [
    `${difference} Abundance errors have no value therefore (not_applicable); what was found and missed is scored (completeness, purity, F1, Jaccard, unweighted UniFrac). ${remedy}.`,
  ]
}
