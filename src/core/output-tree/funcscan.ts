import { agreementParts } from './agreement.ts'
import type { OutputTree, TreeContent, TreeFile, TreePart } from './output-tree.ts'

/** How one tool of nf-core/funcscan leaves its reports. */
interface ToolRules {
  readonly format: string
  /** The name of a report; its group is the sample. */
  readonly report: RegExp
  readonly processes: readonly string[]
}

// nf-core/funcscan 1.0 to 4.0: conf/modules.config. The docs of some releases say .csv or .tsv where ABRicate's is .txt.
const TOOLS: Readonly<Record<string, ToolRules>> = {
  abricate: { format: 'abricate', report: /^(.+)\.(?:txt|tsv)$/, processes: ['ABRICATE'] },
  amrfinderplus: { format: 'amrfinderplus', report: /^(.+)\.tsv$/, processes: ['AMRFINDERPLUS'] },
  deeparg: { format: 'deeparg', report: /^(.+?)\.mapping(?:\.potential)?\.ARG$/, processes: ['DEEPARG'] },
  fargene: { format: 'fargene', report: /^(.*?)[_.-]?retrieved-genes-.*-hmmsearched\.out$/, processes: ['FARGENE'] },
  rgi: { format: 'rgi', report: /^(.+)\.txt$/, processes: ['RGI'] },
}

const SUMMARY = 'reports/hamronization_summarize'
// Exactly one of them is written; which, is up to the parameters of the run.
const COMBINED = [
  `${SUMMARY}/hamronization_combined_report.tsv`,
  `${SUMMARY}/hamronization_combined_report.json`,
  `${SUMMARY}/hamronization_complete_summary_taxonomy.tsv.gz`,
  `${SUMMARY}/hamronization_complete_summary_taxonomy.tsv`,
]

/** nf-core/funcscan, screening for resistance genes (`--run_arg_screening`). */
export const funcscan: OutputTree = {
  id: 'nf-core/funcscan',
  benchmarkTypes: ['amr-detection'],
  patterns: [
    'arg/*',
    'arg/*/*',
    'arg/*/*/*',
    'arg/fargene/*/*/results_summary.txt',
    'arg/fargene/*/*/hmmsearchresults/*.out',
    'arg/fargene/*/hmmsearchresults/*.out',
    ...COMBINED,
  ],
  whole: (parts) => parts.find(({ params }) => params['tool'] === 'union') ?? null,
  sharedReport: (paths) => {
    const path = COMBINED.find((one) => paths.has(one))
    return path === undefined ? null : { path, format: 'hamronization', sample: null }
  },
  read: (content) => {
    const warnings: string[] = []
    const tools = Object.entries(TOOLS).map(([tool, rules]) => readTool(tool, rules, content, warnings))
    const joined = agreementParts(tools, content.samples)
    return { parts: [...tools, ...joined.parts], warnings: [...warnings, ...joined.warnings] }
  },
}

const readTool = (tool: string, rules: ToolRules, content: TreeContent, warnings: string[]): TreePart => {
  const { paths, samples, toolsWithRows } = content
  const base = { params: { tool }, processes: rules.processes, atLeastTools: null, notRun: null }
  const folder = `arg/${tool}/`
  const own = [...paths].filter((path) => path.startsWith(folder))
  if (own.length === 0 && !paths.has(`arg/${tool}`)) {
    const shared = funcscan.sharedReport(paths)
    // Its own folder was not kept, but the summary was: its rows there are what is left of it.
    if (shared !== null && (toolsWithRows.has(tool) || paths.has(`arg/hamronization/${tool}`)))
      return { ...base, alternatives: [[{ ...shared, tool }]], ran: samples }
    const notRun = `not_run: there is no folder arg/${tool}; the tool was skipped, or its results were not kept`
    return { ...base, alternatives: [], ran: [], notRun }
  }
  const { files, ran, strangers } = reportsOf(tool, rules, own, content)
  const silent = samples.filter((sample) => !ran.has(sample))
  for (const sample of silent)
    warnings.push(`${tool}: there is no report of ${sample} below arg/${tool}; the sample counts as not run`)
  if (strangers.length > 0)
    warnings.push(
      `${tool}: what is named after samples that are not asked for was left out: ${strangers.slice(0, 5).join(', ')}`,
    )
  return {
    ...base,
    alternatives: [normalized(tool, files, content)],
    ran: samples.filter((sample) => ran.has(sample)),
    notRun: ran.size > 0 ? null : `not_run: there is no report of any sample below arg/${tool}`,
  }
}

interface Reports {
  readonly files: readonly TreeFile[]
  readonly ran: ReadonlySet<string>
  readonly strangers: readonly string[]
}

// Of a folder for each sample its name decides, else the name of the file; always as a whole: S1 is not S10.
const reportsOf = (tool: string, rules: ToolRules, own: readonly string[], { samples }: TreeContent): Reports => {
  const known = new Set(samples)
  const strangers = new Set<string>()
  const found: (TreeFile & { readonly sample: string; readonly isExact: boolean })[] = []
  const ran = new Set<string>()
  for (const path of own) {
    const [first = '', ...rest] = path.slice(`arg/${tool}/`.length).split('/')
    const name = rest.at(-1) ?? first
    const named = rules.report.exec(name)?.[1] ?? null
    const sample = known.has(first) ? first : rest.length === 0 ? named : null
    if (sample === null || !known.has(sample)) {
      if (named !== null) strangers.add(rest.length === 0 ? named : first)
      continue
    }
    if (named !== null) found.push({ path, format: rules.format, sample, isExact: named === sample })
    if (tool === 'fargene' && name === 'results_summary.txt') ran.add(sample)
  }
  // Tools leave other tables beside their report; it is the one named after the sample, or the only one there.
  const files = found.filter(({ sample, isExact }) => {
    const others = found.filter((one) => one.sample === sample)
    return tool === 'fargene' || isExact || others.length === 1
  })
  for (const { sample } of files) ran.add(sample)
  return {
    files: files.map(({ path, format, sample }) => ({ path, format, sample })),
    ran,
    strangers: [...strangers].sort(),
  }
}

/**
 * argNorm's tables say what the tool's own do and the ontology term of each gene, so they are read instead; but only
 * when every report has one, for the samples of one tool must be scored alike.
 */
const normalized = (tool: string, files: readonly TreeFile[], { paths }: TreeContent): readonly TreeFile[] => {
  const replaced = files.flatMap((file): readonly TreeFile[] => {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1)
    const stem = tool === 'deeparg' ? name.replace('.mapping', '') : name.replace(/\.(?:txt|tsv)$/, '')
    const folders = [`arg/argnorm/${tool}`, `arg/argnorm/${tool}/${file.sample ?? ''}`]
    const path = folders.map((folder) => `${folder}/${stem}.normalized.tsv`).find((one) => paths.has(one))
    return path === undefined ? [] : [{ ...file, path, format: 'auto' }]
  })
  return replaced.length === files.length ? replaced : files
}
