import { areaUnder, bases, count, type Lengths, metric, nxAndLx, percent, QUAST, rate } from './assembly-kinds.ts'
import type { MetricDefinition } from './definition.ts'

const NO_ALIGNMENT = 'no alignment to the reference is at hand, neither our own nor one reported by QUAST'

const ALIGNED: Lengths = {
  prefix: 'a',
  what: 'aligned blocks (contigs broken at misassemblies, without what does not align)',
  whole: 'the assembly',
  undefinedWhen: `${NO_ALIGNMENT}, or all blocks together do not reach that share`,
  weakness:
    'True differences of a strain from the reference break contigs as errors do. In a community the few genomes that assemble well decide it.',
}
const ALIGNED_AGAINST_REFERENCE: Lengths = { ...ALIGNED, prefix: 'ga', whole: 'the reference' }

// Values of a QUAST report are taken as they stand; otherwise contigs are aligned by minimap2 and counted here. What is
// counted differently is said with each definition.
const OWN =
  'Without a QUAST report it is counted from an alignment by minimap2, of blocks of at least 65 bp and 95 % identity; of competing ones the longest is taken, where QUAST weighs whole combinations, so in repeats the two may differ.'
const OWN_BREAKS = `${OWN} References are taken to be circular, as QUAST does for prokaryotes. A gap of N of the wrong size counts as a break; QUAST counts those apart.`

/** What an alignment of the contigs to the reference says. */
export const ALIGNMENT_METRICS: readonly MetricDefinition[] = [
  percent({
    id: 'genome_fraction',
    title: 'Genome fraction',
    definition: `Share of the reference that at least one contig aligns to. ${OWN}`,
    formula: 'bases of the reference with an aligned contig / bases of the reference · 100',
    direction: 'higher',
    weakness: 'What is there twice or wrongly joined is covered too; strains near the reference raise it.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  ...nxAndLx(ALIGNED_AGAINST_REFERENCE),
  areaUnder({ ...ALIGNED_AGAINST_REFERENCE, undefinedWhen: NO_ALIGNMENT }),
  ...nxAndLx(ALIGNED),
  areaUnder({ ...ALIGNED, undefinedWhen: NO_ALIGNMENT }),
  count({
    id: 'misassemblies',
    title: 'Misassemblies',
    definition: `Places inside contigs whose two sides align more than 1 kbp apart or overlapping by more than 1 kbp, to the other strand, to another chromosome or to another reference. ${OWN_BREAKS} As in QUAST, breaks in contigs of which less than half aligns are left out.`,
    formula: 'number of breakpoints',
    direction: 'lower',
    weakness:
      'Grows with what was assembled, so an assembly of nothing has 0. True differences of a strain from the reference count as wrong.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'misassembled_contigs',
    title: 'Misassembled contigs',
    definition: 'Contigs with at least one misassembly.',
    formula: 'number of contigs',
    direction: 'lower',
    weakness:
      'A contig with one break counts as much as one with ten. True differences of a strain from the reference count as wrong.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  bases({
    id: 'misassembled_contigs_length',
    title: 'Length of misassembled contigs',
    definition: 'Bases of all contigs with at least one misassembly.',
    formula: 'Σ length',
    direction: 'lower',
    weakness: 'One break in a long contig counts with the whole of it.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'local_misassemblies',
    title: 'Local misassemblies',
    definition: `Breakpoints whose two sides align 200 bp to 1 kbp from where they should. ${OWN_BREAKS}`,
    formula: 'number of breakpoints',
    direction: 'lower',
    weakness: 'Repeats and true differences of a strain from the reference count as wrong.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'scaffold_gap_ext_misassemblies',
    title: 'Misassemblies at scaffold gaps',
    definition: 'Breakpoints of more than 1 kbp where a scaffold has a gap of N of a wrong size. From QUAST only.',
    formula: 'number of breakpoints',
    direction: 'lower',
    weakness: 'Only assemblers that make scaffolds can have any.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'scaffold_gap_local_misassemblies',
    title: 'Local misassemblies at scaffold gaps',
    definition: 'Breakpoints of 200 bp to 1 kbp where a scaffold has a gap of N of a wrong size. From QUAST only.',
    formula: 'number of breakpoints',
    direction: 'lower',
    weakness: 'Only assemblers that make scaffolds can have any.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'unaligned_misassembled_contigs',
    title: 'Mostly unaligned contigs with breakpoints',
    definition: 'Contigs of which more than half does not align and the rest is misassembled.',
    formula: 'number of contigs',
    direction: 'lower',
    weakness: 'Contigs of organisms that are not in the reference are among them.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'unaligned_contigs',
    title: 'Unaligned contigs',
    definition: 'Contigs of which nothing aligns to the reference.',
    formula: 'number of contigs',
    direction: 'lower',
    weakness: 'Counts what is wrong and what is right but not in the reference alike.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'partially_unaligned_contigs',
    title: 'Partially unaligned contigs',
    definition: 'Contigs of which a part aligns and another part of at least 500 bp does not.',
    formula: 'number of contigs',
    direction: 'lower',
    weakness: 'Counts what is wrong and what is right but not in the reference alike.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  bases({
    id: 'unaligned_length',
    title: 'Unaligned length',
    definition: `Bases of the assembly that align to no reference: contamination, novel sequence, or nonsense. ${OWN} Every base of every contig counts; QUAST leaves out unaligned parts below 500 bp.`,
    formula: 'Σ unaligned bases',
    direction: 'lower',
    weakness: 'Counts what is wrong and what is right but not in the reference alike.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  metric({
    id: 'duplication_ratio',
    title: 'Duplication ratio',
    definition:
      'How often the covered part of the reference is there. 1 is ideal and neither direction is better, so it is not ranked; duplication_excess is.',
    formula: 'aligned bases of the assembly / bases of the reference with an aligned contig',
    direction: 'none',
    unit: 'ratio',
    kind: 'distance',
    weakness: 'Strains that are rightly apart raise it as errors do; losses and repeats can cancel out to 1.',
    undefinedWhen: `${NO_ALIGNMENT}, or nothing aligns`,
  }),
  metric({
    id: 'duplication_excess',
    title: 'Distance of the duplication ratio from 1',
    definition: 'How far the duplication ratio is from the ideal, in either direction.',
    formula: '|duplication ratio − 1|',
    direction: 'lower',
    unit: 'ratio',
    kind: 'distance',
    weakness: 'Strains that are rightly apart raise it as errors do; losses and repeats can cancel out to 0.',
    undefinedWhen: `${NO_ALIGNMENT}, or nothing aligns`,
    source: `rule of this program on the ratio of ${QUAST}`,
  }),
  rate({
    id: 'mismatches_per_100kbp',
    title: 'Mismatches per 100 kbp',
    definition: `Bases that differ from the reference, per 100,000 aligned bases. ${OWN} N is no mismatch. Aligned bases are those opposite a base of the reference.`,
    formula: 'mismatches / aligned bases · 100,000',
    direction: 'lower',
    weakness:
      'True differences of a strain from the reference count as errors; what is so wrong that it does not align does not count.',
    undefinedWhen: `${NO_ALIGNMENT}, or nothing aligns`,
  }),
  rate({
    id: 'indels_per_100kbp',
    title: 'Indels per 100 kbp',
    definition: `Insertions and deletions against the reference, per 100,000 aligned bases. ${OWN} Each counts once whatever its length, up to 199 bp; from 200 bp on it is a misassembly, local or not.`,
    formula: 'indels / aligned bases · 100,000',
    direction: 'lower',
    weakness:
      'True differences of a strain from the reference count as errors; what is so wrong that it does not align does not count.',
    undefinedWhen: `${NO_ALIGNMENT}, or nothing aligns`,
  }),
  bases({
    id: 'largest_alignment',
    title: 'Largest alignment',
    definition:
      'Length of the longest piece of a contig that aligns without a misassembly; local ones do not break it. Without a QUAST report, parts of it that do not align are not in its length.',
    formula: 'max length of aligned blocks',
    direction: 'higher',
    weakness: 'One place of one genome.',
    undefinedWhen: NO_ALIGNMENT,
    aggregations: ['macro'],
  }),
  bases({
    id: 'total_aligned_length',
    title: 'Total aligned length',
    definition: `Bases of the assembly that align to the reference. ${OWN}`,
    formula: 'Σ length of aligned blocks',
    direction: 'higher',
    weakness: 'What is there twice counts twice.',
    undefinedWhen: NO_ALIGNMENT,
  }),
  count({
    id: 'genomic_features',
    title: 'Genomic features found whole',
    definition: 'Genes or other annotated features of the reference that lie whole within aligned contigs.',
    formula: 'number of features',
    direction: 'higher',
    weakness: 'Depends on the annotation of the reference; a feature with errors in it counts as found.',
    undefinedWhen: 'QUAST reported none',
  }),
  count({
    id: 'partial_genomic_features',
    title: 'Genomic features found in part',
    definition: 'Annotated features of the reference of which contigs cover a part only.',
    formula: 'number of features',
    direction: 'none',
    weakness: 'Falls when features are found whole and when they are not found at all.',
    undefinedWhen: 'QUAST reported none',
  }),
  percent({
    id: 'kmer_completeness',
    title: 'K-mer completeness',
    definition: 'Share of the words that occur once in the reference which are in the assembly too.',
    formula: 'unique words of the reference found / all of them · 100',
    direction: 'higher',
    weakness: 'Repeats are left out, and one error takes as many words with it as they are long.',
    undefinedWhen: 'QUAST reported none',
  }),
]
