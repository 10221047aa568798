import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

export default class DatasetMapContigs extends BaseCommand {
  static override summary = 'Write a truth of bins for contigs of your own: the genome each is from.'
  static override description =
    'Aligns contigs to genomes with minimap2. A contig is from the genome most of it aligns to at 90 % identity, if that is at least half of it and 10 % more than aligns to the next genome; others are left out. Scores against such a truth are not comparable with those of other contigs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --contigs final.contigs.fa --genome genomes/ecoli.fa --genome genomes/saureus.fa --sample S1 --output truth.binning',
  ]
  static override flags = {
    contigs: Flags.string({ description: 'FASTA of the assembly that is binned', required: true, helpValue: '<file>' }),
    genome: Flags.string({
      description: 'FASTA of a genome, which is called like the file (can be repeated)',
      required: true,
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<file>',
    }),
    sample: Flags.string({ description: 'sample the contigs are of', required: true, helpValue: '<id>' }),
    output: Flags.string({ description: 'truth to write', required: true, helpValue: '<file>' }),
    force: Flags.boolean({ description: 'replace a file that is there' }),
    format: formatFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(DatasetMapContigs)
    const project = await this.openProject(flags.project)
    const [aligner, reader, files, { mapContigs }, { toContigMapDocument }, { renderMappedContigs }] =
      await Promise.all([
        project.aligner(),
        project.reader(),
        project.files(),
        import('../../app/map-contigs.ts'),
        import('../../render/json/contig-map-document.ts'),
        import('../../render/terminal/contig-map-text.ts'),
      ])
    const mapped = await mapContigs(
      { aligner, reader, files },
      {
        contigs: flags.contigs,
        genomes: flags.genome,
        sample: flags.sample,
        output: resolve(flags.output),
        force: flags.force,
      },
    )
    this.show(renderMappedContigs(mapped, tableOptions(flags.format)))
    return toContigMapDocument(mapped)
  }
}
