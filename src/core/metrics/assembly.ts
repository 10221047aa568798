import { LENGTH_THRESHOLDS } from '../assembly/contiguity.ts'
import { ALIGNMENT_METRICS } from './assembly-alignment.ts'
import {
  areaUnder,
  bases,
  count,
  type Lengths,
  metric,
  nxAndLx,
  percent,
  rate,
  typicalLength,
} from './assembly-kinds.ts'
import type { MetricDefinition } from './definition.ts'

const MIMAG = 'Bowers et al. (MIMAG), Nat. Biotechnol. 35 (2017) 725, doi:10.1038/nbt.3893'
const NO_CONTIGS = 'no contig is long enough'
const NO_REFERENCE = 'there is no reference'
const NO_BINS = 'no program estimated the quality of bins'

const binsOfQuality = (
  id: string,
  quality: string,
  rule: string,
  direction: MetricDefinition['direction'],
): MetricDefinition =>
  count({
    id: `mag_count_${id}`,
    title: `Bins of ${quality} quality`,
    definition: `Bins that MIMAG calls of ${quality} quality by completeness and contamination (rRNA and tRNA genes are not looked at). Both are estimates from marker genes, not a comparison with genomes known to be there; the comparability key says whose.`,
    formula: `|{bins: ${rule}}|`,
    direction,
    weakness:
      'Marker genes only: what has none is not seen, and unusual lineages are judged wrongly. A cut: bins just below it count for nothing.',
    undefinedWhen: NO_BINS,
    source: MIMAG,
  })

const CONTIGS: Lengths = {
  prefix: '',
  what: 'contigs',
  whole: 'the assembly',
  undefinedWhen: NO_CONTIGS,
  weakness:
    'Wrong joins make it better, and so does leaving out what was hard: it is of the assembly alone, not of what it should be.',
}
const AGAINST_REFERENCE: Lengths = {
  prefix: 'g',
  what: 'contigs',
  whole: 'the reference',
  undefinedWhen: `${NO_REFERENCE}, or all contigs together do not reach that share of it`,
  weakness: 'Wrong joins make it better. In a community the few genomes that assemble well decide it.',
}
/** What an assembly-quality benchmark has besides resources, the most telling first. */
export const ASSEMBLY_METRICS: readonly MetricDefinition[] = [
  ...nxAndLx(CONTIGS),
  areaUnder(CONTIGS),
  ...nxAndLx(AGAINST_REFERENCE),
  areaUnder({ ...AGAINST_REFERENCE, undefinedWhen: NO_REFERENCE }),
  ...ALIGNMENT_METRICS,
  count({
    id: 'contig_count',
    title: 'Contigs',
    definition:
      'How many contigs there are of at least --min-contig bases (default 500). Neither more nor fewer is better by itself.',
    formula: '|{contigs: length ≥ min-contig}|',
    direction: 'none',
    weakness: 'Says nothing of what the contigs are.',
    undefinedWhen: 'the output does not say it',
  }),
  bases({
    id: 'total_length',
    title: 'Total length',
    definition: 'Bases of all contigs of at least --min-contig bases.',
    formula: 'Σ length',
    direction: 'higher',
    weakness: 'Contaminants and what is there twice raise it.',
    undefinedWhen: 'the output does not say it',
  }),
  typicalLength({
    id: 'largest_contig',
    title: 'Largest contig',
    definition: 'Length of the longest contig.',
    formula: 'max length',
    direction: 'higher',
    weakness: 'One contig, which a wrong join can make.',
    undefinedWhen: NO_CONTIGS,
  }),
  percent({
    id: 'gc_percent',
    title: 'GC content',
    definition: 'Share of G and C among the bases that are known.',
    formula: '(G + C) / (A + C + G + T) · 100',
    direction: 'none',
    weakness: 'Wrong contents can have the right share.',
    undefinedWhen: `${NO_CONTIGS}, or they are nothing but N`,
  }),
  rate({
    id: 'ns_per_100kbp',
    title: 'N per 100 kbp',
    definition: 'Bases that are not known (N and, as in QUAST, every other ambiguity code), per 100,000 bases.',
    formula: 'N / total length · 100,000',
    direction: 'lower',
    range: [0, 100_000],
    weakness: 'Low where an assembler leaves gaps open instead of spanning them.',
    undefinedWhen: NO_CONTIGS,
  }),
  ...LENGTH_THRESHOLDS.flatMap((threshold) => [
    count({
      id: `contig_count_${String(threshold)}`,
      title: `Contigs of at least ${String(threshold)} bp`,
      definition: `How many contigs have at least ${String(threshold)} bases, whatever --min-contig is.`,
      formula: `|{contigs: length ≥ ${String(threshold)}}|`,
      weakness: 'Says nothing of what the contigs are.',
      direction: 'none',
      undefinedWhen: 'the output does not say it',
    }),
    bases({
      id: `total_length_${String(threshold)}`,
      title: `Total length of contigs of at least ${String(threshold)} bp`,
      definition: `Bases of all contigs with at least ${String(threshold)} bases, whatever --min-contig is.`,
      formula: `Σ length where length ≥ ${String(threshold)}`,
      weakness: 'Contaminants, wrong joins and what is there twice raise it.',
      direction: 'higher',
      undefinedWhen: 'the output does not say it',
    }),
  ]),
  binsOfQuality('hq', 'high', 'completeness > 90 % and contamination < 5 %', 'higher'),
  binsOfQuality('mq', 'medium', 'completeness ≥ 50 % and contamination < 10 %, not of high quality', 'higher'),
  binsOfQuality('lq', 'low', 'completeness < 50 % and contamination < 10 %', 'none'),
  count({
    id: 'mag_count_contaminated',
    title: 'Contaminated bins',
    definition: 'Bins with an estimated contamination of 10 % or more, which are of no MIMAG quality.',
    formula: '|{bins: contamination ≥ 10 %}|',
    direction: 'lower',
    weakness: 'An estimate from marker genes: what has none is not seen. Grows with the number of bins.',
    undefinedWhen: NO_BINS,
    source: `${MIMAG}; name: rule of this program`,
  }),
  metric({
    id: 'mean_mag_quality_score',
    title: 'Mean quality score of bins',
    definition:
      'Mean over bins of estimated completeness less five times the estimated contamination. An estimate from marker genes, not a comparison with genomes known to be there; the comparability key says whose.',
    formula: 'mean(completeness − 5 · contamination), both in percent',
    direction: 'higher',
    range: [null, 100],
    unit: 'percentage points',
    kind: 'percent',
    weakness: 'Five times is a convention; few good bins beat many good ones with some poor ones beside them.',
    undefinedWhen: `${NO_BINS}, or there is no bin`,
    source: 'Parks et al., Nat. Microbiol. 2 (2017) 1533, doi:10.1038/s41564-017-0012-7',
  }),
]
