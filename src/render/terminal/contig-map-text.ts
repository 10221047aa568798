import type { MappedContigs } from '../../app/map-contigs.ts'
import { formatMetric } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { textTable } from './text-table.ts'

/** How many contigs each genome got, and how many none. */
export const renderMappedContigs = ({ output, sample, genomes, unmapped }: MappedContigs): string => {
  const row = (name: string, { contigs, bases }: MappedContigs['unmapped']): string[] => [
    name,
    String(contigs),
    formatMetric(bases, 'bp'),
  ]
  return [
    `Wrote ${output}, the truth of sample ${sample}.`,
    textTable(
      ['genome', 'contigs', 'bp'],
      [...genomes.map((one) => row(one.genome, one)), row('(left out: none or more than one)', unmapped)],
    ),
  ]
    .map(plainText)
    .join('\n')
}
