import { NX_SHARES } from '../assembly/contiguity.ts'
import type { MetricDefinition } from './definition.ts'

const TYPES = ['assembly-quality']

/** Where the definitions come from that QUAST computes. */
export const QUAST = 'Mikheenko et al. (QUAST 5), Bioinformatics 34 (2018) i142, doi:10.1093/bioinformatics/bty266'

type Given = Pick<
  MetricDefinition,
  'id' | 'title' | 'definition' | 'formula' | 'direction' | 'undefinedWhen' | 'weakness'
> &
  Partial<Pick<MetricDefinition, 'aliases' | 'source' | 'range' | 'unit' | 'kind' | 'aggregations'>>

/** A metric of assemblies; what is not said is that of a number of things. */
export const metric = (given: Given): MetricDefinition => ({
  aliases: [],
  source: QUAST,
  range: [0, null],
  unit: 'count',
  kind: 'count',
  aggregations: ['macro'],
  ...given,
  version: 1,
  family: 'assembly',
  benchmarkTypes: TYPES,
})

/** A number of things, which may be summed over samples. */
export const count = (given: Given): MetricDefinition => metric({ aggregations: ['macro', 'total'], ...given })

/** A length in bases, which may be summed over samples. */
export const bases = (given: Given): MetricDefinition =>
  metric({ unit: 'bp', kind: 'length', aggregations: ['macro', 'total'], ...given })

/** A length that stands for an assembly, so that a sum of it means nothing. */
export const typicalLength = (given: Given): MetricDefinition => metric({ unit: 'bp', kind: 'length', ...given })

/** A share from 0 to 100. */
export const percent = (given: Given): MetricDefinition =>
  metric({ unit: 'percent', kind: 'percent', range: [0, 100], ...given })

/** How many there are in 100,000 bases. */
export const rate = (given: Given): MetricDefinition => metric({ unit: 'per 100 kbp', kind: 'distance', ...given })

/** What the lengths are of that a metric looks at, and what they are compared with. */
export interface Lengths {
  readonly prefix: string
  readonly what: string
  readonly whole: string
  readonly undefinedWhen: string
  readonly weakness: string
}

/** Length and place of the piece at which half, three quarters and nine tenths of something are reached. */
export const nxAndLx = ({ prefix, what, whole, undefinedWhen, weakness }: Lengths): readonly MetricDefinition[] =>
  NX_SHARES.flatMap((share) => {
    const name = (letter: string): string => `${letter}${prefix}${String(share)}`.toUpperCase()
    return [
      typicalLength({
        id: `n${prefix}${String(share)}`,
        title: name('n'),
        definition: `Length of the shortest of the longest ${what} that together make up ${String(share)} % of ${whole}.`,
        formula: `length of piece k, the longest first; k the smallest with Σ₁..ₖ length ≥ ${String(share)} % of ${whole}`,
        direction: 'higher',
        undefinedWhen,
        weakness,
      }),
      metric({
        id: `l${prefix}${String(share)}`,
        title: name('l'),
        definition: `How many of the longest ${what} it takes to make up ${String(share)} % of ${whole}.`,
        formula: `smallest k with Σ₁..ₖ length ≥ ${String(share)} % of ${whole}, the longest first`,
        direction: 'lower',
        undefinedWhen,
        weakness,
      }),
    ]
  })

/** The same without a cut. */
export const areaUnder = ({ prefix, what, whole, undefinedWhen, weakness }: Lengths): MetricDefinition =>
  typicalLength({
    id: `aun${prefix}`,
    title: `auN${prefix.toUpperCase()}`,
    definition: `Mean length of the ${what} that a base of ${whole} is in: the area under the curve of N${prefix.toUpperCase()}x, so no single cut decides.`,
    formula: `Σ length² / length of ${whole}`,
    direction: 'higher',
    undefinedWhen,
    weakness,
    source: `Li, https://lh3.github.io/2020/04/08/a-new-metric-on-assembly-contiguity; ${QUAST}`,
  })
