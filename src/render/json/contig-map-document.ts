import type { MappedContigs } from '../../app/map-contigs.ts'
import type { ContigMapDocument } from '../../generated/contig-map.ts'

/** The JSON of `benchmark dataset map-contigs`. */
export const toContigMapDocument = ({ output, sample, genomes, unmapped }: MappedContigs): ContigMapDocument => ({
  schema: 'benchmark.contig-map/1',
  output,
  sample,
  genomes: [...genomes],
  unmapped,
})
