import { DEPTH_BINS } from '../metrics/amr.ts'
import { CONFUSION_FORMULAS } from '../metrics/confusion.ts'
import type { AmrLevel } from '../scoring-options.ts'
import { ABUNDANCE_METRICS } from './abundance.ts'

const CONFUSION = Object.keys(CONFUSION_FORMULAS)
const SET_METRICS = [...CONFUSION, 'average_precision']
const GENE_METRICS = [...SET_METRICS, ...ABUNDANCE_METRICS, ...DEPTH_BINS.map(({ id }) => id)]

/** Every metric that each level gives, in table order: what a sample has, with a reason where it has no value. */
export const LEVEL_METRICS: Readonly<Record<AmrLevel, readonly string[]>> = {
  locus: CONFUSION,
  allele: GENE_METRICS,
  gene: GENE_METRICS,
  family: GENE_METRICS,
  drug_class: [...SET_METRICS, 'drug_class_exact_match'],
  mechanism: SET_METRICS,
}
