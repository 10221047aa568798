import type { ScoredOutputs } from '../../app/score-outputs.ts'
import type { Aggregation } from '../../core/score.ts'
import { formatMetric, formatQuantity } from '../format-number.ts'
import { type PagePart, renderPage } from '../table/page.ts'
import type { TableOptions } from '../table/table.ts'
import { scoreRows } from './score-rows.ts'

type Column = readonly [heading: string, metric: string]

/** Each becomes a table of its own; one in which no assembly has a value is left out. */
const TABLES: readonly { readonly title: string; readonly columns: readonly Column[] }[] = [
  {
    title: 'Contigs, lengths in bp. Higher is better for total, largest, N50 and auN; L50 and Ns lower.',
    columns: [
      ['contigs', 'contig_count'],
      ['total', 'total_length'],
      ['largest', 'largest_contig'],
      ['N50', 'n50'],
      ['L50', 'l50'],
      ['N90', 'n90'],
      ['auN', 'aun'],
      ['GC', 'gc_percent'],
      ['Ns/100 kbp', 'ns_per_100kbp'],
    ],
  },
  {
    title: 'Against the length of the reference.',
    columns: [
      ['NG50', 'ng50'],
      ['LG50', 'lg50'],
      ['NG75', 'ng75'],
      ['NG90', 'ng90'],
      ['auNG', 'aung'],
    ],
  },
  {
    title: 'Aligned to the reference. Lower is better for errors, higher for the rest.',
    columns: [
      ['genome fraction', 'genome_fraction'],
      ['NGA50', 'nga50'],
      ['NA50', 'na50'],
      ['misassemblies', 'misassemblies'],
      ['mismatches/100 kbp', 'mismatches_per_100kbp'],
      ['indels/100 kbp', 'indels_per_100kbp'],
      ['duplication', 'duplication_ratio'],
      ['unaligned', 'unaligned_length'],
    ],
  },
  {
    title: 'Bins by MIMAG quality: estimates from marker genes, without rRNA and tRNA genes.',
    columns: [
      ['high', 'mag_count_hq'],
      ['medium', 'mag_count_mq'],
      ['low', 'mag_count_lq'],
      ['contaminated', 'mag_count_contaminated'],
      ['mean score', 'mean_mag_quality_score'],
    ],
  },
]

/** Assemblies side by side: contiguity, what a reference says, and bins; with `perSample` every sample. */
export const renderAssemblyScores = (
  scored: ScoredOutputs,
  options: TableOptions & { readonly perSample: boolean },
): string => {
  const labels = [...new Set(scored.values.map(({ prediction }) => prediction))]
  const samples = [...new Set(scored.values.map(({ sample }) => sample ?? ''))]
  const valued = new Set(scored.values.flatMap(({ metric, value }) => (value === null ? [] : [metric])))
  const [first, ...others] = TABLES
  const shown = [first, ...others.filter(({ columns }) => columns.some(([, metric]) => valued.has(metric)))]
  const scope =
    samples.length === 1
      ? `Sample ${samples[0] ?? ''}.`
      : 'Means over samples, with 95 % intervals where there are any.'
  const parts: PagePart[] = [scope]
  for (const table of shown) {
    if (table === undefined) continue
    const { title, columns } = table
    const headings = columns.map(([heading]) => heading)
    parts.push('', title, {
      head: ['prediction', ...headings, ...(samples.length === 1 ? [] : ['samples'])],
      rows: labels.map((label) => summaryRow(scored, label, columns, samples)),
    })
    if (options.perSample && samples.length > 1)
      parts.push('', {
        head: ['sample', 'prediction', ...headings],
        rows: sampleRows(scored, samples, labels, columns),
      })
  }
  return renderPage(parts, () => scoreRows(scored), options)
}

const AGGREGATION: Aggregation = 'macro'

const summaryRow = (
  scored: ScoredOutputs,
  label: string,
  columns: readonly Column[],
  samples: readonly string[],
): string[] => {
  const summaries = columns.map(([, metric]) =>
    scored.summary.find(
      (one) => one.prediction === label && one.metric === metric && one.method.aggregation === AGGREGATION,
    ),
  )
  const cells = summaries.map((summary) => {
    if (summary === undefined) return ''
    const { low, high, unit } = summary
    const interval = low === null || high === null ? '' : ` [${formatMetric(low, unit)}, ${formatMetric(high, unit)}]`
    return `${formatQuantity(summary, unit)}${interval}`
  })
  // Every column may lack a value in some sample; the best known one says how many samples there are at all.
  const counted = summaries.reduce((most, one) => ((one?.n ?? 0) > (most?.n ?? -1) ? one : most), summaries[0])
  const n = samples.length === 1 ? [] : [counted === undefined ? '' : `${counted.n} of ${counted.nExpected}`]
  return [label, ...cells, ...n]
}

const sampleRows = (
  scored: ScoredOutputs,
  samples: readonly string[],
  labels: readonly string[],
  columns: readonly Column[],
): string[][] => {
  const key = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)
  const cells = new Map(scored.values.map((one) => [key(one.sample, one.prediction, one.metric), one]))
  return samples.flatMap((sample) =>
    labels.map((label) => [
      sample,
      label,
      ...columns.map(([, metric]) => {
        const score = cells.get(key(sample, label, metric))
        return score === undefined ? '' : formatQuantity(score, score.unit)
      }),
    ]),
  )
}
