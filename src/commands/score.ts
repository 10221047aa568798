import * as Flags from '@oclif/core/flags'
import type { ComparedTools } from '../app/compare-tools.ts'
import { BaseCommand } from '../cli/base-command.ts'
import { tableFormatFlag, tableOptions } from '../cli/format-flag.ts'
import type { TableOptions } from '../render/table/table.ts'

export default class Score extends BaseCommand {
  static override summary = 'Score existing outputs against a truth; nothing is run.'
  static override description =
    'The sample list is that of the truth: a sample without hits is scored, one without a file is "not run". Formats are recognised by content; docs/formats.md lists them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --type amr-detection --truth truth.tsv --prediction hamronization_combined_report.tsv',
    '<%= config.bin %> <%= command.id %> --truth truth.tsv --prediction "kma=out/kma/{sample}.res" --prediction "abricate=out/abricate/{sample}.tsv" --per-sample',
    '<%= config.bin %> <%= command.id %> --truth truth.tsv --prediction hits.tsv --format tsv --columns gene_symbol=Gene,identity=PctId --sample S1',
    '<%= config.bin %> <%= command.id %> --prediction abricate.tsv --prediction amrfinderplus.tsv --sample S1',
    '<%= config.bin %> <%= command.id %> --type diversity-analysis --truth truth.profile --prediction kraken=kraken.profile --filter 1',
    '<%= config.bin %> <%= command.id %> --type pathogen-detection --truth truth.tsv --prediction "kraken2=out/{sample}.kreport" --min-reads 10 --host-taxids 9606',
    '<%= config.bin %> <%= command.id %> --type assembly-quality --prediction megahit=final.contigs.fa --prediction spades=scaffolds.fasta --reference genomes.fasta',
    '<%= config.bin %> <%= command.id %> --type binning --truth gsa_mapping.binning --prediction metabat=metabat.binning --prediction semibin=semibin/bins',
  ]
  static override flags = {
    type: Flags.string({ description: 'benchmark type', default: 'amr-detection', helpValue: '<type>' }),
    truth: Flags.string({ description: 'what is really in the samples', helpValue: '<file>' }),
    reference: Flags.string({ description: 'FASTA of what the contigs should be (assemblies)', helpValue: '<file>' }),
    prediction: Flags.string({
      description: 'an output, or one for each sample with {sample} in its path (can be repeated)',
      required: true,
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<[label=]file>',
    }),
    format: Flags.string({ description: 'format of the outputs', default: 'auto', helpValue: '<id>' }),
    columns: Flags.string({
      description: 'columns of a table that is no known format, or of BLAST output',
      helpValue: '<field=column,...>',
    }),
    sample: Flags.string({
      description: 'sample the output belongs to; score only this one (can be repeated)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<id>',
    }),
    level: Flags.string({
      description: 'match level to score at, the first is shown (default: all, gene shown; can be repeated)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<level>',
    }),
    universe: Flags.string({
      description: 'where true negatives come from (default: panel if the truth has one, else dataset)',
      helpValue: '<panel|dataset|none|file>',
    }),
    'locus-policy': Flags.string({
      description: 'several genes at one place: count all (default), or the best',
      options: ['all', 'best'],
    }),
    'min-identity': Flags.string({ description: 'leave out hits below this identity', helpValue: '<percent>' }),
    'min-coverage': Flags.string({ description: 'leave out hits below this coverage', helpValue: '<percent>' }),
    aliases: Flags.string({
      description: 'table of names that mean the same: alias, canonical, and level if for one only (AMR)',
      helpValue: '<file>',
    }),
    normalize: Flags.boolean({ description: 'scale every rank of truth and prediction to 100 % (profiles)' }),
    filter: Flags.string({
      description: 'drop the rarest taxa of each rank, up to this much in all (profiles)',
      helpValue: '<percent>',
    }),
    ranks: Flags.string({ description: 'score these ranks only (profiles)', helpValue: '<rank,...>' }),
    abundance: Flags.string({
      description: 'what generic profiles are shares of: reads (sequence) or genome copies (taxonomic)',
      options: ['sequence', 'taxonomic'],
    }),
    'truth-abundance': Flags.string({
      description: 'the same of the truth (default: its header, else taxonomic)',
      options: ['sequence', 'taxonomic'],
    }),
    'allow-mixed-abundance': Flags.boolean({
      description: 'compare abundances even if truth and prediction are shares of different things',
    }),
    'aitchison-pseudo-count': Flags.string({
      description: 'compare Aitchison distances between samples, this much added to each taxon (profiles)',
      helpValue: '<percent>',
    }),
    'call-rank': Flags.string({
      description: 'rank that calls are made at (pathogens; default: species)',
      helpValue: '<rank>',
    }),
    'min-reads': Flags.string({
      description: 'fewest reads of a clade that make a call (pathogens)',
      helpValue: '<n>',
    }),
    'min-percentage': Flags.string({
      description: 'smallest percentage of a clade that makes a call (pathogens)',
      helpValue: '<percent>',
    }),
    'host-taxids': Flags.string({
      description: 'taxa of the host, which are never calls, nor what is below them (pathogens)',
      helpValue: '<taxid,...>',
    }),
    panel: Flags.string({
      description: 'taxa of interest (pathogens; default: those of the truth), one taxid a line',
      helpValue: '<truth|none|file>',
    }),
    'merged-taxids': Flags.string({
      description: 'taxids that were merged into others (pathogens): merged.dmp of NCBI',
      helpValue: '<file>',
    }),
    'min-contig': Flags.string({
      description: 'leave out contigs with fewer bases (assemblies; default: 500)',
      helpValue: '<bases>',
    }),
    'min-completeness-share': Flags.string({
      description: 'the smallest bins, up to this much of all base pairs in bins, do not count for average purity',
      helpValue: '<percent>',
    }),
    'remove-genomes': Flags.string({
      description: 'leave out the genomes of this list and the bins that map to them (bins)',
      helpValue: '<file>',
    }),
    'remove-keyword': Flags.string({
      description: 'only those with this word in the second column of the list (bins)',
      helpValue: '<word>',
    }),
    matches: Flags.boolean({
      description: 'list in the JSON what was found, missed and wrong, and by which name (AMR, pathogens)',
    }),
    explain: Flags.boolean({
      description: 'say why wrong genes were not the missed ones (AMR)',
    }),
    concordance: Flags.boolean({
      description: 'compare the outputs with each other, not with the truth; so without --truth (AMR)',
    }),
    as: tableFormatFlag,
    'per-sample': Flags.boolean({
      description: 'show every sample, with the genes missed and wrongly reported, or every rank',
    }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Score)
    const project = await this.openProject(flags.project)
    const [
      files,
      { toScoreRequest },
      { readSettingFile },
      { renderScores },
      { renderExplanations },
      { toScoreDocument },
    ] = await Promise.all([
      project.files(),
      import('../cli/score-request.ts'),
      import('../cli/setting-file.ts'),
      import('../render/terminal/score-table.ts'),
      import('../render/terminal/explanation-text.ts'),
      import('../documents/score-document.ts'),
    ])
    const { type, truth, reference, prediction, format, columns, sample, ...settings } = flags
    const request = toScoreRequest({ type, truth, reference, prediction, format, columns, sample, settings }, (file) =>
      readSettingFile(files, file),
    )
    if (flags.concordance || (request.truth === null && type === 'amr-detection'))
      return this.#compareTools(await project.compareTools(request), tableOptions(flags.as))
    const scored = await project.scoreOutputs({ ...request, explain: flags.explain })
    const options = tableOptions(flags.as)
    const ranks = request.options.profile?.ranks ?? []
    this.show(renderScores(scored, { ...options, perSample: flags['per-sample'], ranks }))
    if (flags.explain && flags.as === 'table') this.show(`\n${renderExplanations(scored)}`)
    if (!this.jsonEnabled() && flags.matches) this.tell('--matches: the list is in the JSON; add --json.')
    if (!this.jsonEnabled()) for (const warning of scored.warnings) this.tell(`Warning: ${warning}`)
    if (!this.jsonEnabled()) return undefined
    const { matches, explanations, ...numbers } = scored
    return toScoreDocument({
      ...numbers,
      ...(flags.matches || flags.explain ? { matches } : {}),
      ...(explanations === null ? {} : { explanations }),
    })
  }

  async #compareTools(compared: ComparedTools, options: TableOptions): Promise<unknown> {
    const [{ renderConcordance }, { toConcordanceDocument }] = await Promise.all([
      import('../render/terminal/concordance-table.ts'),
      import('../documents/concordance-document.ts'),
    ])
    this.show(renderConcordance(compared, options))
    if (!this.jsonEnabled()) for (const warning of compared.warnings) this.tell(`Warning: ${warning}`)
    return toConcordanceDocument(compared)
  }
}
