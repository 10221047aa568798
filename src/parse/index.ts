import type { AmrCall } from '../core/amr/call.ts'
import type { CallCondenser } from '../core/amr/condense-calls.ts'
import type { AssemblyFact } from '../core/assembly/assembly.ts'
import type { NamedBinning } from '../core/binning/binning.ts'
import type {
  AmrObservations,
  AssemblyObservations,
  BinningObservations,
  Observations,
  ProfileObservations,
} from '../core/observations.ts'
import type { OutputSpec } from '../core/pipeline.ts'
import { nearest, Problem } from '../core/problem.ts'
import type { NamedProfile } from '../core/profile/profile.ts'
import { abricate } from './amr/abricate.ts'
import { amrfinderplus } from './amr/amrfinderplus.ts'
import { amrplusplus } from './amr/amrplusplus.ts'
import { argnorm } from './amr/argnorm.ts'
import { ariba } from './amr/ariba.ts'
import { blast6 } from './amr/blast6.ts'
import { deeparg } from './amr/deeparg.ts'
import { fargene } from './amr/fargene.ts'
import { groot } from './amr/groot.ts'
import { hamronization } from './amr/hamronization.ts'
import { kmaRes } from './amr/kma-res.ts'
import { mykrobe } from './amr/mykrobe.ts'
import { pointfinder } from './amr/pointfinder.ts'
import { resfams } from './amr/resfams.ts'
import { resfinderJson } from './amr/resfinder-json.ts'
import { resfinderTab } from './amr/resfinder-tab.ts'
import { rgiBwt } from './amr/rgi-bwt.ts'
import { rgi } from './amr/rgi.ts'
import { srax } from './amr/srax.ts'
import { srst2 } from './amr/srst2.ts'
import { sstar } from './amr/sstar.ts'
import { staramrPointfinder } from './amr/staramr-pointfinder.ts'
import { staramr } from './amr/staramr.ts'
import { tbprofiler } from './amr/tbprofiler.ts'
import { tsv } from './amr/tsv.ts'
import { busco } from './assembly/busco.ts'
import { checkm } from './assembly/checkm.ts'
import { checkm2 } from './assembly/checkm2.ts'
import { fasta } from './assembly/fasta.ts'
import { magBinSummary } from './assembly/mag-bin-summary.ts'
import { paf } from './assembly/paf.ts'
import { quastReport } from './assembly/quast-report.ts'
import { fastaFilesIn, readBinFolder } from './binning/bin-folder.ts'
import { binsFasta } from './binning/bins-fasta.ts'
import { camiBinning } from './binning/cami-binning.ts'
import type {
  AmrFormat,
  AssemblyFormat,
  BinningFormat,
  Format,
  OutputConsumer,
  ProfileFormat,
  ReadingContext,
} from './contract.ts'
import { collectFindings } from './findings.ts'
import { bracken } from './taxonomy/bracken.ts'
import { camiProfile } from './taxonomy/cami-profile.ts'
import { gtdbtk } from './taxonomy/gtdbtk.ts'
import { kaiju } from './taxonomy/kaiju.ts'
import { krakenOutput } from './taxonomy/kraken-output.ts'
import { krakenReport } from './taxonomy/kraken-report.ts'
import { krakenuniq } from './taxonomy/krakenuniq.ts'
import { metaphlan } from './taxonomy/metaphlan.ts'
import { taxpasta } from './taxonomy/taxpasta.ts'
import { openTextFile, type TextFile } from './text-file.ts'

/** Every format there is. A new one is a file and a line here. */
export const formats: readonly Format[] = [
  hamronization,
  argnorm,
  abricate,
  amrfinderplus,
  resfinderTab,
  resfinderJson,
  pointfinder,
  kmaRes,
  blast6,
  rgi,
  rgiBwt,
  deeparg,
  fargene,
  resfams,
  amrplusplus,
  ariba,
  staramr,
  staramrPointfinder,
  srst2,
  groot,
  mykrobe,
  tbprofiler,
  srax,
  sstar,
  tsv,
  camiProfile,
  krakenReport,
  krakenuniq,
  krakenOutput,
  bracken,
  metaphlan,
  kaiju,
  taxpasta,
  gtdbtk,
  fasta,
  quastReport,
  checkm,
  checkm2,
  busco,
  magBinSummary,
  paf,
  camiBinning,
  binsFasta,
]

/** From this confidence on a format is taken without asking, if it is the only one. */
const SURE = 0.9

/** What `read` is asked for: a format id or `auto`, and the declared columns. */
export type ReadingSpec = Pick<OutputSpec, 'format' | 'columns'>

/**
 * Reads a whole output; calls go through `condenser` where one is given, so that memory does not grow with the file.
 * Throws one `E_INPUT` with every fault of the file, each with line and column.
 */
export const readOutput = async (
  file: string,
  spec: ReadingSpec,
  condenser: CallCondenser | null = null,
): Promise<Observations> => {
  const declared = spec.format === 'auto' ? undefined : formatById(spec.format)
  if (declared === undefined || declared === binsFasta) {
    const bins = await fastaFilesIn(file)
    if (bins?.length === 0 && declared === undefined) throw noFile(file)
    if (bins !== null)
      return readBinFolder(file, bins, (bin) => readOne(bin, (text) => readBinnings(text, binsFasta, undefined)))
  }
  return readOne(file, (text) => readText(text, declared ?? recognize(file, text.head), spec.columns, condenser))
}

const noFile = (folder: string): Problem =>
  new Problem('E_INPUT', `${folder} is a folder; a file is needed.`, {
    location: { file: folder },
    hints: ['Only bins are given as a folder: of files that end in .fa, .fasta or .fna (or that and .gz).'],
  })

const readOne = async <Read>(file: string, read: (text: TextFile) => Promise<Read>): Promise<Read> => {
  const text = await openTextFile(file)
  try {
    return await read(text)
  } finally {
    await text.close()
  }
}

/** Reads an opened text in a known format. Same faults as `readOutput`. */
export const readText = (
  text: TextFile,
  format: Format,
  columns: OutputSpec['columns'],
  condenser: CallCondenser | null = null,
): Promise<Observations> => {
  switch (format.kind) {
    case 'amr':
      return readCalls(text, format, columns, condenser)
    case 'profile':
      return readProfiles(text, format, columns)
    case 'assembly':
      return readAssemblies(text, format, columns)
    case 'binning':
      return readBinnings(text, format, columns)
  }
}

const readCalls = async (
  text: TextFile,
  format: AmrFormat,
  columns: OutputSpec['columns'],
  condenser: CallCondenser | null,
): Promise<AmrObservations> => {
  const all: AmrCall[] = []
  const take = (call: AmrCall): void => {
    if (condenser === null) all.push(call)
    else condenser.add(call)
  }
  let identified = 0
  let highestIdentity = 0
  let mutations = 0
  let genes = 0
  const count = (call: AmrCall): void => {
    if (call.identity !== null) {
      identified++
      if (call.identity > highestIdentity) highestIdentity = call.identity
    }
    if (call.variationType === 'gene_presence') genes++
    else mutations++
    take(call)
  }
  const { warnings, ...read } = await consume(text, format, columns, count, condenser?.addsUp)
  const { file } = text
  if (identified > 0 && highestIdentity <= 1)
    warnings.push(`${file}: no identity exceeds 1 %; the column may hold fractions instead of percentages.`)
  if (mutations > 0 && genes === 0)
    warnings.push(`${file}: every record is a mutation; only genes that are present are scored.`)
  return { kind: 'amr', file, calls: condenser?.calls() ?? all, ...read, warnings }
}

const readProfiles = async (
  text: TextFile,
  format: ProfileFormat,
  columns: OutputSpec['columns'],
): Promise<ProfileObservations> => {
  const profiles: NamedProfile[] = []
  const read = await consume(text, format, columns, (profile) => profiles.push(profile))
  const { abundance, isGeneric = false } = format
  return { kind: 'profile', file: text.file, profiles, abundance, isGeneric, ...read }
}

const readAssemblies = async (
  text: TextFile,
  format: AssemblyFormat,
  columns: OutputSpec['columns'],
): Promise<AssemblyObservations> => {
  const facts: AssemblyFact[] = []
  const read = await consume(text, format, columns, (fact) => facts.push(fact))
  return { kind: 'assembly', file: text.file, facts, ...read }
}

const readBinnings = async (
  text: TextFile,
  format: BinningFormat,
  columns: OutputSpec['columns'],
): Promise<BinningObservations> => {
  const binnings: NamedBinning[] = []
  const read = await consume(text, format, columns, (binning) => binnings.push(binning))
  return { kind: 'binning', file: text.file, binnings, ...read }
}

const columnsOfItsOwn = (file: string, { title, kind }: Pick<Format, 'title' | 'kind'>): string => {
  const instead = kind === tsv.kind ? `; --format ${tsv.id} reads it as any table` : ''
  return `${file}: the declared columns are not used, because ${articled(title)} has columns of its own${instead}.`
}

const consume = async <Item>(
  text: TextFile,
  format: Pick<Format, 'id' | 'title' | 'kind' | 'sniff' | 'takesColumns'> & {
    open(context: ReadingContext<Item>): OutputConsumer
  },
  columns: OutputSpec['columns'],
  emit: (item: Item) => void,
  addsUp = false,
): Promise<{ format: string; namesSamples: boolean; warnings: string[] }> => {
  const { file } = text
  const warnings = new Set<string>()
  if (Object.keys(columns ?? {}).length > 0 && format.takesColumns !== true) warnings.add(columnsOfItsOwn(file, format))
  const findings = collectFindings(file, articled(format.title), otherFormatHints(format, text.head))
  const warn = (message: string): void => void warnings.add(message)
  const reader = format.open({ file, columns, findings, emit, warn, addsUp })
  await text.each((block, firstLine) => reader.block(block, firstLine))
  reader.end()
  findings.finish()
  return { format: format.id, namesSamples: reader.namesSamples?.() === true, warnings: [...warnings] }
}

/** The format of a file by its content. Throws `E_INPUT` when that does not decide it. */
export const detectFormat = async (file: string): Promise<string> => {
  const text = await openTextFile(file)
  try {
    return recognize(file, text.head).id
  } finally {
    await text.close()
  }
}

/** Throws `E_USAGE` with suggestions for an id that is none. */
export const formatById = (id: string): Format => {
  const ids = formats.map((format) => format.id)
  const found = formats.find((format) => format.id === id)
  if (found !== undefined) return found
  throw new Problem('E_USAGE', `There is no format "${id}".`, {
    hints: [...nearest(id, ids).map((name) => `Did you mean ${name}?`), `Formats: auto, ${ids.join(', ')}.`],
  })
}

const recognize = (file: string, head: string): Format => {
  const ranked = formats
    .map((format) => ({ format, confidence: format.sniff(head) }))
    .filter(({ confidence }) => confidence > 0)
    .sort((left, right) => right.confidence - left.confidence)
  const [best, second] = ranked
  if (best !== undefined && best.confidence >= SURE && (second === undefined || second.confidence < SURE))
    return best.format
  const names = ranked.map(({ format }) => format.id)
  const message =
    head.trim() === ''
      ? `${file} is empty, so its format cannot be told from its content.`
      : names.length === 0
        ? `${file} is in none of the known formats.`
        : `${file} could be ${names.join(' or ')}.`
  throw new Problem('E_INPUT', message, {
    location: { file, line: 1, column: 1 },
    hints: names.length === 0 ? idsByKind() : [`Pass --format ${names.join(' or --format ')}.`],
  })
}

const KINDS = {
  amr: 'resistance genes',
  profile: 'profiles',
  assembly: 'assemblies',
  binning: 'bins',
} as const satisfies Record<Format['kind'], string>

const idsByKind = (): readonly string[] => [
  'Pass --format with what it is (docs/formats.md):',
  ...Object.entries(KINDS).map(
    ([kind, title]) =>
      `${title}: ${formats
        .filter((format) => format.kind === kind)
        .map(({ id }) => id)
        .join(', ')}`,
  ),
]

const otherFormatHints = (declared: Pick<Format, 'id' | 'sniff'>, head: string): readonly string[] =>
  declared.sniff(head) > 0
    ? []
    : formats
        .filter((format) => format.id !== declared.id && format.sniff(head) >= SURE)
        .map((format) => `The file looks like ${articled(format.title)}: try --format ${format.id}.`)

const articled = (title: string): string =>
  /^any /.test(title) ? 'a table' : `${/^(?:[aeiou]|AB|AM|AR|RGI|SRST)/i.test(title) ? 'an' : 'a'} ${title}`
