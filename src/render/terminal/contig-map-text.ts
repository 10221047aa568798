import type { MappedContigs } from '../../app/map-contigs.ts'
import { formatMetric } from '../format-number.ts'
import { renderPage } from '../table/page.ts'
import { isForPrograms, type Table, type TableOptions } from '../table/table.ts'
import { textTablePart } from './text-table.ts'

/** How many contigs each genome got, and how many none. */
export const renderMappedContigs = (
  { output, sample, genomes, unmapped }: MappedContigs,
  options: TableOptions = {},
): string => {
  const row = (name: string, { contigs, bases }: MappedContigs['unmapped']): string[] => [
    name,
    String(contigs),
    isForPrograms(options) ? String(bases) : formatMetric(bases, 'bp'),
  ]
  const table: Table & { readonly rows: string[][] } = {
    head: ['genome', 'contigs', 'bp'],
    rows: [...genomes.map((one) => row(one.genome, one)), row('(left out: none or more than one)', unmapped)],
  }
  return renderPage(
    [`Wrote ${output}, the truth of sample ${sample}.`, textTablePart(table.head, table.rows, options)],
    () => table,
    options,
  )
}
