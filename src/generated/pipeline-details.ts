// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark pipeline show --json`.
 */
export interface PipelineDetailsDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.pipeline-details/1'
  /**
   * Name on the command line.
   */
  name: string
  /**
   * What it is.
   */
  title: string
  /**
   * Declared version.
   */
  version: string | null
  /**
   * Where the tool is documented.
   */
  homepage: string | null
  /**
   * How to get it.
   */
  install: string | null
  /**
   * What it is used for, in the words of the user.
   */
  focus: string | null
  /**
   * What its outputs are scored as.
   *
   * Items: A benchmark type.
   */
  benchmark_types: string[]
  /**
   * What is run.
   */
  command: {
    /**
     * Without or with a shell.
     */
    kind: 'argv' | 'shell'
    /**
     * Words of the command line, before placeholders are filled.
     */
    words: string[] | null
    /**
     * The shell.
     */
    shell: string | null
    /**
     * The script, before placeholders are filled.
     */
    script: string | null
  }
  /**
   * One execution for each sample, or one for all.
   */
  scope: 'sample' | 'dataset'
  /**
   * Files a sample must have.
   *
   * Items: reads_1, reads_2 or fasta.
   */
  needs: string[]
  /**
   * Current folder of the command.
   */
  cwd: 'project' | 'work'
  /**
   * Environment variables it adds.
   */
  env: {
    /**
     * Value.
     */
    [k: string]: string | undefined
  }
  /**
   * File of the output folder that receives the standard output.
   */
  stdout: string | null
  /**
   * Files that are scored.
   *
   * Items: One file.
   */
  outputs: {
    /**
     * How it is read.
     */
    format: string
    /**
     * Where it is in the output folder.
     */
    path: string
    /**
     * Our field -> column.
     */
    columns: {
      /**
       * Column of the file.
       */
      [k: string]: string | undefined
    } | null
    /**
     * Whether it may be missing.
     */
    optional: boolean
  }[]
  /**
   * {db:NAME} -> path, for those that were found.
   */
  databases: {
    /**
     * Its path.
     */
    [k: string]: string | undefined
  }
  /**
   * Databases found nowhere.
   *
   * Items: Name of a database.
   */
  missing_databases: string[]
  /**
   * File handed to the pipeline.
   */
  config: string | null
  /**
   * Points of its sweep.
   *
   * Items: One parameter set.
   */
  parameter_sets: {
    /**
     * Value of the parameter.
     */
    [k: string]: string | number | boolean | undefined
  }[]
  /**
   * Pipeline by whose rules its output files are named, or null.
   */
  output_tree: string | null
  /**
   * Columns of the sample sheet it gets.
   */
  samplesheet: {
    /**
     * Template of the cell.
     */
    [k: string]: string | undefined
  } | null
  /**
   * Programs that must be on the PATH.
   *
   * Items: Name of a program.
   */
  requires: string[]
  /**
   * What one execution asks for.
   */
  resources: {
    /**
     * CPUs.
     */
    cpus: number
    /**
     * Memory, bytes.
     */
    memory_bytes: number | null
  }
  /**
   * Time after which an execution is stopped, seconds.
   */
  timeout_seconds: number | null
  /**
   * File that declares it.
   */
  source: string
}
