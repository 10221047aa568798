import type { Resources } from '../run.ts'
import type { MetricAlias, MetricDefinition } from './definition.ts'

const BENCHMARK_TYPES = ['amr-detection', 'diversity-analysis', 'assembly-quality', 'binning', 'pathogen-detection']

const resource = (
  given: Pick<MetricDefinition, 'id' | 'title' | 'definition' | 'formula' | 'unit' | 'kind' | 'weakness' | 'source'> & {
    readonly aliases?: readonly MetricAlias[]
    readonly direction?: MetricDefinition['direction']
  },
): MetricDefinition => ({
  ...given,
  version: 1,
  aliases: given.aliases ?? [],
  family: 'resources',
  benchmarkTypes: BENCHMARK_TYPES,
  direction: given.direction ?? 'lower',
  range: [0, null],
  undefinedWhen: 'the execution did not succeed, or the instrument could not measure it',
  aggregations: ['median'],
})

/** What one execution cost. */
export const RESOURCE_METRICS: readonly MetricDefinition[] = [
  resource({
    id: 'wall_seconds',
    title: 'Wall time',
    aliases: [{ name: 'runtime' }, { name: 'wall_time' }, { name: 'elapsed_seconds' }],
    definition:
      'Time from the start of the command to its end. Depends on what else the machine did: look at the noise record too.',
    weakness: 'Depends on the machine and on what else it did: compare on one machine only.',
    formula: 'end − start on a monotonic clock',
    unit: 'seconds',
    kind: 'time',
    source: 'own clock around the command; for imported traces max(submit + duration) − min(submit)',
  }),
  resource({
    id: 'cpu_seconds',
    title: 'CPU time',
    aliases: [{ name: 'cpu_time' }],
    definition: 'Processor time of the command and everything it started, in user mode and in the kernel.',
    weakness: 'Depends on the processor; time spent waiting for disks or licences is not in it.',
    formula: 'user + system',
    unit: 'seconds',
    kind: 'time',
    source: 'children times of the process tree; for imported traces Σ realtime · %cpu / 100',
  }),
  resource({
    id: 'peak_rss_bytes',
    title: 'Peak memory',
    aliases: [{ name: 'memory_usage' }, { name: 'peak_memory' }, { name: 'max_rss' }],
    definition:
      'Most memory in use at any moment. Instruments differ (one process, process tree, control group): the method is stored with each value.',
    weakness: 'Instruments differ by what they count; short peaks between two looks can be missed.',
    formula: 'max over time of the memory of the process tree',
    unit: 'bytes',
    kind: 'bytes',
    source: 'instrument named in resources.method.memory; for imported traces the maximum over tasks',
  }),
  resource({
    id: 'read_bytes',
    title: 'Bytes read',
    definition: 'What was read from storage devices; reads served by the page cache are not in it.',
    weakness: "A warm page cache makes it 0: it says more of the machine's history than of the pipeline.",
    formula: 'Σ over processes',
    unit: 'bytes',
    kind: 'bytes',
    source: 'Linux /proc/<pid>/io read_bytes; Nextflow trace read_bytes',
  }),
  resource({
    id: 'write_bytes',
    title: 'Bytes written',
    definition: 'What was sent to storage devices.',
    weakness: 'What was written and removed before it reached the disk may be missing.',
    formula: 'Σ over processes',
    unit: 'bytes',
    kind: 'bytes',
    source: 'Linux /proc/<pid>/io write_bytes; Nextflow trace write_bytes',
  }),
  resource({
    id: 'output_bytes',
    title: 'Size of the outputs',
    definition: 'Size of everything in the output folder after the command ended.',
    weakness: 'Compression and intermediate files that were kept decide it.',
    formula: 'Σ file sizes',
    unit: 'bytes',
    kind: 'bytes',
    source: 'file sizes of the output folder',
  }),
  resource({
    id: 'cpu_efficiency',
    title: 'CPU efficiency',
    definition:
      'Share of the processor time it was given that it used. Over 1 when it used more threads than it asked for.',
    weakness: 'A single thread that waits for nothing has 1: high does not mean fast.',
    formula: 'cpu_seconds / (wall_seconds · cpus asked for)',
    unit: 'ratio',
    kind: 'ratio01',
    direction: 'higher',
    source: 'definition of schedulers (Slurm seff)',
  }),
]

/** Where the value of each resource metric stands in a measurement. */
export const RESOURCE_VALUES: Readonly<Record<string, (resources: Resources) => number | null>> = {
  wall_seconds: (resources) => resources.wallSeconds,
  cpu_seconds: (resources) => resources.cpuSeconds,
  peak_rss_bytes: (resources) => resources.peakRssBytes,
  read_bytes: (resources) => resources.readBytes,
  write_bytes: (resources) => resources.writeBytes,
  output_bytes: (resources) => resources.outputBytes,
  cpu_efficiency: (resources) => resources.cpuEfficiency,
}
