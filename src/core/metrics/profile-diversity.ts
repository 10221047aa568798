import type { MetricDefinition } from './definition.ts'
import { EITHER_EMPTY, error, OTHER_TYPE, profile, RANK_EMPTY } from './profile-definition.ts'

interface Diversity {
  readonly name: string
  readonly title: string
  readonly what: string
  readonly value: string
  readonly unit: string
  readonly undefinedWhen: string
  readonly weakness: string
  readonly source: string
  readonly range: readonly [number, number | null]
}

/** |predicted − true| of a diversity index, and the same relative to the true value. */
const alphaErrors = ({ name, title, what, value, unit, undefinedWhen, weakness, source, range }: Diversity) => [
  error({
    id: `${name}_error`,
    title: `${title}: absolute error`,
    definition: `Difference between prediction and truth in ${what}.`,
    formula: `|x(p) − x(g)|, x = ${value}`,
    unit,
    range,
    undefinedWhen,
    weakness: `Wrong taxa can have the right diversity: read it with completeness and purity. ${weakness}`,
    source,
  }),
  error({
    id: `${name}_relative_error`,
    title: `${title}: relative error`,
    definition: `Difference between prediction and truth in ${what}, as a share of the true value.`,
    formula: `|x(p) − x(g)| / x(g), x = ${value}`,
    unit: 'ratio',
    range: [0, null],
    undefinedWhen: `${undefinedWhen}; or the true value is 0`,
    weakness: `Wrong taxa can have the right diversity: read it with completeness and purity. Where the true value is small it is large for every tool. ${weakness}`,
    source,
  }),
]

/** How well distances between predicted samples reflect those between the true ones. */
const betaAgreement = (
  of: Pick<Diversity, 'name' | 'title' | 'what' | 'range' | 'undefinedWhen' | 'weakness' | 'source'>,
): readonly MetricDefinition[] => [
  profile({
    id: `beta_${of.name}_mantel`,
    title: `${of.title} between samples: Mantel correlation`,
    definition: `Whether the samples of a dataset differ from each other as they do in truth: correlation of the ${of.what}, one value for the whole dataset and rank.`,
    formula: 'Pearson r of d(p) and d(g) over pairs of samples',
    unit: 'correlation',
    direction: 'higher',
    range: [-1, 1],
    kind: 'correlation',
    undefinedWhen: `${of.undefinedWhen}; or all distances of one side are equal`,
    weakness: `All distances may be wrong by one factor and it is still 1; few samples make few pairs, which depend on each other. ${of.weakness}`,
    source: `Mantel, Cancer Res. 27 (1967) 209; ${of.source}`,
  }),
  error({
    id: `beta_${of.name}_difference`,
    title: `${of.title} between samples: mean error`,
    definition: `How far the ${of.what} are from the true ones, one value for the whole dataset and rank.`,
    formula: 'mean |d(p) − d(g)| over pairs of samples',
    unit: 'ratio',
    range: of.range,
    undefinedWhen: of.undefinedWhen,
    weakness: `The same error in every sample is not seen. ${of.weakness}`,
    source: `rule of this program; ${of.source}`,
  }),
]

/** Errors in the diversity within a sample. */
export const ALPHA_ERRORS: readonly MetricDefinition[] = [
  ...alphaErrors({
    name: 'richness',
    title: 'Richness',
    what: 'the number of taxa of one rank',
    value: 'S',
    unit: 'count',
    range: [0, null],
    weakness: 'Traces weigh as much as abundant taxa, so a filter decides it.',
    undefinedWhen: RANK_EMPTY,
    source: 'rule of this program',
  }),
  ...alphaErrors({
    name: 'shannon',
    title: 'Shannon index',
    what: 'the Shannon index (natural logarithm) of one rank, its abundances scaled to sum 1',
    value: '−Σ q ln q, q = p / Σp',
    unit: 'nats',
    range: [0, null],
    weakness: 'Rare taxa hardly count.',
    undefinedWhen: `${EITHER_EMPTY}${OTHER_TYPE}`,
    source: 'Shannon, Bell Syst. Tech. J. 27 (1948) 379, doi:10.1002/j.1538-7305.1948.tb01338.x',
  }),
  ...alphaErrors({
    name: 'simpson',
    title: 'Simpson index',
    what: 'the Gini-Simpson index of one rank, its abundances scaled to sum 1',
    value: '1 − Σ q², q = p / Σp',
    unit: 'ratio',
    range: [0, 1],
    weakness: 'The most abundant taxa decide it; in diverse samples it is close to 1 on both sides.',
    undefinedWhen: `${EITHER_EMPTY}${OTHER_TYPE}`,
    source: 'Simpson, Nature 163 (1949) 688, doi:10.1038/163688a0',
  }),
  ...alphaErrors({
    name: 'inverse_simpson',
    title: 'Inverse Simpson index',
    what: 'the effective number of taxa of one rank, its abundances scaled to sum 1',
    value: '1 / Σ q², q = p / Σp',
    unit: 'taxa',
    range: [0, null],
    weakness: 'The most abundant taxa decide it.',
    undefinedWhen: `${EITHER_EMPTY}${OTHER_TYPE}`,
    source: 'Hill, Ecology 54 (1973) 427, doi:10.2307/1934352',
  }),
  ...alphaErrors({
    name: 'pielou',
    title: 'Pielou evenness',
    what: 'the evenness of one rank: its Shannon index over the largest possible one',
    value: '(−Σ q ln q) / ln S, q = p / Σp',
    unit: 'ratio',
    range: [0, 1],
    weakness: 'Depends on how many traces are reported.',
    undefinedWhen: `${EITHER_EMPTY}; or either side has a single taxon${OTHER_TYPE}`,
    source: 'Pielou, J. Theor. Biol. 13 (1966) 131, doi:10.1016/0022-5193(66)90013-0',
  }),
  ...alphaErrors({
    name: 'chao1',
    title: 'Chao1 richness estimate',
    what: 'the number of taxa of one rank: the Chao1 estimate (bias-corrected) from the prediction’s read counts against how many are truly there',
    value: 'S + F₁(F₁ − 1) / (2(F₂ + 1)) for the prediction, S for the truth',
    unit: 'count',
    range: [0, null],
    weakness: 'Taxa seen once or twice decide it, and these are mostly errors of classification.',
    undefinedWhen: `${EITHER_EMPTY}; or the tool reports no read counts`,
    source: 'Chao, Scand. J. Stat. 11 (1984) 265; error: rule of this program',
  }),
]

/** Agreement in the diversity between samples. */
export const BETA_AGREEMENTS: readonly MetricDefinition[] = [
  ...betaAgreement({
    name: 'bray_curtis',
    title: 'Bray-Curtis distances',
    what: 'Bray-Curtis distances between samples',
    range: [0, 1],
    weakness: 'A few abundant taxa decide it.',
    undefinedWhen: `fewer than three samples have true taxa at this rank and were run; or the samples of an execution are scored one by one${OTHER_TYPE}`,
    source: 'Bray and Curtis, Ecol. Monogr. 27 (1957) 325',
  }),
  ...betaAgreement({
    name: 'jaccard',
    title: 'Jaccard distances',
    what: 'Jaccard distances between samples (1 − shared taxa / taxa of either)',
    range: [0, 1],
    weakness: 'Traces weigh as much as abundant taxa.',
    undefinedWhen:
      'fewer than three samples have true taxa at this rank and were run; or the samples of an execution are scored one by one',
    source: 'Jaccard, New Phytol. 11 (1912) 37',
  }),
  ...betaAgreement({
    name: 'aitchison',
    title: 'Aitchison distances',
    what: 'Aitchison distances between samples (Euclidean distance of centred log-ratios over the taxa of all samples of a side, the declared pseudo-count added to each)',
    range: [0, null],
    weakness: 'The pseudo-count decides how far apart two samples are of which only one has a taxon.',
    undefinedWhen: `no pseudo-count is declared (--aitchison-pseudo-count); fewer than three samples have true taxa at this rank and were run; or the samples of an execution are scored one by one${OTHER_TYPE}`,
    source: 'Aitchison, J. R. Stat. Soc. B 44 (1982) 139',
  }),
]
