import type { AmrCall } from '../../../src/core/amr/call.ts'
import { scoreAmr } from '../../../src/core/amr/score-amr.ts'
import type { AmrScoring, AmrScoringInput } from '../../../src/core/amr/scoring.ts'
import type { AmrTruth, AmrTruthGene } from '../../../src/core/amr/truth.ts'
import type { Quantity } from '../../../src/core/score.ts'
import type { AmrLevel, AmrScoringOptions } from '../../../src/core/scoring-options.ts'

let line = 1

/** A row of a tool's report. */
export const call = (geneSymbol: string, values: Partial<AmrCall> = {}): AmrCall => ({
  sample: null,
  geneSymbol,
  geneName: null,
  database: null,
  accession: null,
  aro: null,
  geneFamily: null,
  drugClasses: [],
  mechanism: null,
  contig: null,
  start: null,
  stop: null,
  strand: null,
  identity: null,
  coverage: null,
  depth: null,
  score: null,
  variationType: 'gene_presence',
  flags: {},
  tool: 'abricate',
  line: ++line,
  ...values,
})

/** A row of a truth. */
export const gene = (geneSymbol: string, values: Partial<AmrTruthGene> = {}): AmrTruthGene => ({
  geneSymbol,
  allele: null,
  geneFamily: null,
  drugClasses: [],
  aro: null,
  contig: null,
  start: null,
  stop: null,
  strand: null,
  copies: null,
  depth: null,
  status: 'present',
  location: { file: 'truth.tsv', line: ++line },
  ...values,
})

export const truthOf = (samples: Readonly<Record<string, readonly (string | AmrTruthGene)[]>>): AmrTruth => ({
  samples: new Map(
    Object.entries(samples).map(([name, genes]) => [
      name,
      genes.map((entry) => (typeof entry === 'string' ? gene(entry) : entry)),
    ]),
  ),
  sha256: '0'.repeat(64),
})

export const predictionsOf = (
  samples: Readonly<Record<string, readonly (string | AmrCall)[] | null>>,
): AmrScoringInput['predictions'] =>
  new Map(
    Object.entries(samples).map(([name, calls]) => [
      name,
      calls && calls.map((entry) => (typeof entry === 'string' ? call(entry) : entry)),
    ]),
  )

const options = (values: Partial<AmrScoringOptions> = {}): AmrScoringOptions => ({
  levels: ['gene'],
  primaryLevel: 'gene',
  universe: { kind: 'auto' },
  locusPolicy: 'all',
  minIdentity: null,
  minCoverage: null,
  variationTypes: ['gene_presence'],
  aliases: {},
  ...values,
})

export const score = (
  truth: Parameters<typeof truthOf>[0],
  predictions: Parameters<typeof predictionsOf>[0],
  values: Partial<AmrScoringOptions> = {},
  more: Pick<AmrScoringInput, 'samples' | 'vocabulary'> = {},
): AmrScoring =>
  scoreAmr({ truth: truthOf(truth), predictions: predictionsOf(predictions), options: options(values), ...more })

/** One number of a scoring. */
export const quantity = (
  scoring: AmrScoring,
  metric: string,
  of: { readonly sample?: string; readonly level?: AmrLevel } = {},
): Quantity => {
  const found = scoring.scores.filter(
    (one) => one.metric === metric && one.sample === (of.sample ?? 'S1') && one.level === (of.level ?? 'gene'),
  )
  const [only] = found
  if (found.length !== 1 || !only) throw new Error(`${String(found.length)} scores ${metric} ${JSON.stringify(of)}`)
  return only.value === null ? { value: null, reason: only.reason } : { value: only.value, reason: null }
}

/** `TP/FP/FN/TN` of a sample. */
export const counts = (scoring: AmrScoring, of: { readonly sample?: string; readonly level?: AmrLevel } = {}): string =>
  ['true_positives', 'false_positives', 'false_negatives', 'true_negatives']
    .map((metric) => quantity(scoring, metric, of).value ?? '-')
    .join('/')
