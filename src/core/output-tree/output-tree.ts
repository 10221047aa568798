import type { Parameters } from '../pipeline.ts'

/** A file of an output tree, and how it is read. */
export interface TreeFile {
  /** Relative to the folder of the tree. */
  readonly path: string
  /** A format id, or `auto`; it may be one that this version does not know. */
  readonly format: string
  /** The sample all of the file is about; null = its rows name their samples. */
  readonly sample: string | null
  /** Only the rows of this tool count (a report that several tools share). */
  readonly tool?: string
  /** Only bins whose names are this and a number count (a table of all bins there are). */
  readonly bins?: string
}

/** What of an output tree is scored on its own: a tool, tools joined, an assembler, a binner. */
export interface TreePart {
  /** Tells the parts of one pipeline apart in results: `{tool: 'abricate'}`. */
  readonly params: Parameters
  /**
   * Files that say the same thing in different formats; the first whose format is known counts, the others do not.
   * Empty = no file says anything of it, only that it ran is known.
   */
  readonly alternatives: readonly (readonly TreeFile[])[]
  /** Samples with a sign that it ran on them, whether or not it found anything. */
  readonly ran: readonly string[]
  /** Why there are no results of it at all, or null. */
  readonly notRun: string | null
  /** Beginnings of the Nextflow processes it is made of, in capitals; null = all of the pipeline. */
  readonly processes: readonly string[] | null
  /** A finding counts when at least so many of its tools report it; null = any. */
  readonly atLeastTools: number | null
}

/** A tree as far as it could be made out. */
export interface TreeReading {
  readonly parts: readonly TreePart[]
  readonly warnings: readonly string[]
}

/** Names found in a folder, and whom they may be about. */
export interface TreeContent {
  /** Of files and folders, relative to the tree. */
  readonly paths: ReadonlySet<string>
  /** What is named after nobody among them is left out, aloud. */
  readonly samples: readonly string[]
  /** Tools with rows in the report they share: a sign that they ran where they left nothing else. */
  readonly toolsWithRows: ReadonlySet<string>
}

/** The rules by which one pipeline names its output files. Pure: it is given names and answers what they are. */
export interface OutputTree {
  /** What `output_tree:` of a pipeline calls it. */
  readonly id: string
  readonly benchmarkTypes: readonly string[]
  /** Relative patterns (`*` within a name) of every file or folder the rules look at. */
  readonly patterns: readonly string[]
  /** The report that several tools share, where there is one. */
  sharedReport(paths: ReadonlySet<string>): TreeFile | null
  read(content: TreeContent): TreeReading
  /** The part that stands for the pipeline as a whole, which is what a run of it is scored by; null = none does. */
  whole(parts: readonly TreePart[]): TreePart | null
}
