import type { ReportParts } from '../../app/report/report-parts.ts'
import { databasesByPipeline } from '../../core/comparison/database-keys.ts'
import { findMetric } from '../../core/metrics/registry.ts'
import type { ReportDocument } from '../../generated/report.ts'
import { formatBytes } from '../format-number.ts'
import { countText } from '../rank/candidate-text.ts'
import { variantsOf, wholeName } from './variant.ts'

type Fact = ReportDocument['provenance'][number]

/** Where the numbers are from, as far as it is known; what is not known is said to be so where a reader would ask. */
export const provenanceOf = (parts: ReportParts): Fact[] => {
  const { run, plan, tool, community } = parts
  const { environment, comparability } = run
  const text = (key: string): string | null => textAt(environment, key)
  const facts: (readonly [string, string | null | undefined])[] = [
    ['Run', run.label === null ? run.runId : `${run.runId} "${run.label}"`],
    ['Record (SHA-256)', parts.recordDigest],
    ['Started', `${run.startedAt}, ${run.state}`],
    ['Project', run.project ?? 'not named'],
    [
      'Repository',
      run.commit === null
        ? 'not in a git repository'
        : `commit ${run.commit}${run.branch === null ? '' : `, branch ${run.branch}`}`,
    ],
    [
      'Dataset',
      plan?.dataset
        ? `${plan.dataset.id} ${plan.dataset.version}${plan.dataset.labels === null ? '' : `, labels ${plan.dataset.labels}`}`
        : 'not named',
    ],
    ['Samples (digest)', comparability['samples']],
    ['Truth (SHA-256)', plan?.truth?.sha256 ?? comparability['truth_sha256'] ?? comparability['truth'] ?? 'none'],
    ...variantsOf(run).map((variant) => {
      const declared = plan?.pipelines.find(({ name }) => name === variant.pipeline)
      return [
        `Pipeline ${wholeName(variant)}`,
        [
          variant.version === null ? 'version not known' : null,
          declared?.homepage,
          declared && commandText(declared.command),
        ]
          .filter((part) => typeof part === 'string' && part !== '')
          .join('; ') || 'as named',
      ] as const
    }),
    ...databaseFacts(run),
    [
      'Scoring',
      Object.entries(comparability)
        .filter(([key]) => !DIGESTS.has(key))
        .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${value}`)
        .join('; '),
    ],
    ['Metric definitions', definitionsOf(parts)],
    [
      'Repeats and order',
      plan === null
        ? null
        : `${countText(plan.repeats, 'repeat')}, ${countText(plan.warmup, 'warm-up')}, order ${plan.order}, seed ${String(plan.seed)}, at most ${String(plan.maxParallel)} at once`,
    ],
    ['Machine class', text('machine_fingerprint') ?? 'not known'],
    ['Machine', machineText(environment)],
    ['Operating system', [text('os'), text('kernel'), text('libc')].filter(Boolean).join(', ') || null],
    [
      'Measured by',
      [...new Set(run.executions.flatMap(({ resources }) => resources?.method.agent ?? []))].sort().join(', ') ||
        'nothing was measured',
    ],
    [
      'Benchmarked with',
      textAt(environment, 'benchmark_version') === null
        ? null
        : `${tool.name} ${text('benchmark_version') ?? ''}, Node.js ${text('node_version') ?? ''}`,
    ],
    ['Hub', community.found === null ? null : `${community.found.hub}, read ${community.found.syncedAt ?? 'never'}`],
    ['Report', `${tool.name} ${tool.version}, document benchmark.report/1, of ${parts.generatedAt}`],
  ]
  return facts.flatMap(([what, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ what, value }],
  )
}

/** What each pipeline read, in full: with it anybody can tell whether it is the same database. */
const databaseFacts = (run: ReportParts['run']): readonly (readonly [string, string])[] => {
  const read = databasesByPipeline(run)
  return [...new Set(run.executions.map(({ pipeline }) => pipeline))].flatMap((pipeline) => {
    const databases = Object.entries(read.get(pipeline) ?? {})
    const what = `Databases of ${pipeline} (SHA-256)`
    if (databases.length > 0) return [[what, databases.map(([name, content]) => `${name} ${content}`).join('; ')]]
    return read.has(pipeline) ? [] : [[what, 'not known']]
  })
}

/** Commands that make the run and this report again. */
export const reproduceCommands = ({ run, plan, comparedWith, inputs }: ReportParts): string[] => {
  const again =
    plan === null
      ? null
      : [
          'benchmark run',
          ...(plan.dataset === null ? [] : [`--dataset ${quoted(plan.dataset.id)}`]),
          `--input ${quoted(inputs.samplesheet ?? '')}`,
          ...(inputs.truth === null ? [] : [`--truth ${quoted(inputs.truth)}`]),
          `--pipelines ${quoted([...new Set(plan.pipelines.map(({ name }) => name))].join(','))}`,
          `--repeats ${String(plan.repeats)}`,
          ...(plan.warmup === 0 ? [] : [`--warmup ${String(plan.warmup)}`]),
          `--seed ${String(plan.seed)}`,
          '--no-cache',
        ].join(' ')
  return [
    ...(run.commit === null ? [] : [`git checkout ${run.commit}`]),
    ...(again === null ? [] : [again]),
    `benchmark report ${run.runId} --format html --output report.html${comparedWith === null ? '' : ` --compare-with ${quoted(comparedWith)}`}`,
  ]
}

/** A word as a shell wants it. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./{}-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

const DIGESTS = new Set(['samples', 'truth', 'truth_sha256', 'universe_sha256'])

const textAt = (of: Readonly<Record<string, unknown>>, key: string): string | null => {
  const value = of[key]
  return typeof value === 'string' && value !== '' ? value : null
}

const recordAt = (of: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> => {
  const value = of[key]
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

const machineText = (environment: Readonly<Record<string, unknown>>): string | null => {
  const cpu = recordAt(environment, 'cpu')
  const ram = recordAt(environment, 'memory')['ram_bytes']
  const threads = cpu['allowed'] ?? cpu['threads']
  const parts = [
    textAt(cpu, 'model'),
    typeof threads === 'number' ? `${String(threads)} threads` : null,
    typeof ram === 'number' ? `${formatBytes(ram)} memory` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

const commandText = (command: { readonly kind: string } & Record<string, unknown>): string => {
  const words = command['words']
  const script = command['script']
  if (Array.isArray(words)) return words.map((word) => quoted(String(word))).join(' ')
  return typeof script === 'string' ? script : ''
}

const definitionsOf = ({ run }: ReportParts): string => {
  const ids = [...new Set(run.primaryMetrics.map(({ metric }) => metric))]
  const versions = ids.map((id) => `${id}/${String(findMetric(id)?.definition.version ?? 1)}`)
  return versions.length === 0 ? 'those of this program' : versions.join(', ')
}
