// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * A pipeline: a file of the catalogue (templates/pipelines, .benchmark/pipelines), or an entry of `pipelines:` in the configuration, which replaces single keys of the catalogue's entry of the same name.
 */
export interface PipelineDeclaration {
  /**
   * Name on the command line and in results: letters, digits, dot, dash, underscore.
   */
  name?: string
  /**
   * Pipeline of the catalogue to start from, when it shall run under another name.
   */
  uses?: string
  /**
   * false keeps the entry but does not run it.
   */
  enabled?: boolean
  /**
   * One line for lists and reports.
   */
  title?: string
  /**
   * Where the tool is documented.
   */
  homepage?: string
  /**
   * How to get its programs and databases.
   */
  install?: string
  /**
   * Version of the tool, or the revision of a Nextflow pipeline ({version}); quote it. Without it the version probe is asked.
   */
  version?: string
  /**
   * What its outputs can be scored as; default: the type of the project.
   *
   * @minItems 1
   *
   * Items: A benchmark type.
   */
  benchmark_types?: [
    'amr-detection' | 'diversity-analysis' | 'assembly-quality' | 'binning' | 'pathogen-detection',
    ...('amr-detection' | 'diversity-analysis' | 'assembly-quality' | 'binning' | 'pathogen-detection')[]
  ]
  /**
   * What it is used for here, in your words; shown, never interpreted.
   */
  focus?: string
  /**
   * Command line: one text, split into words without a shell, or the list of words. With `shell` a script.
   *
   * @minItems 1
   */
  command?: string | [string | number, ...(string | number)[]]
  /**
   * Runs `command` as a script, in strict mode; placeholders become quoted variables.
   */
  shell?: 'bash' | 'sh'
  /**
   * One execution for each sample, or one for the whole sample sheet ({samplesheet}).
   */
  scope?: 'sample' | 'dataset'
  /**
   * Files a sample must have to be run on; default: those the command names. With reads_1 only, single-end samples are run too.
   *
   * Items: A file of the sample.
   */
  needs?: ('reads_1' | 'reads_2' | 'fasta')[]
  /**
   * Current folder of the command: the project, or (for tools that litter) the scratch folder of the execution.
   */
  cwd?: 'project' | 'work'
  /**
   * Environment variables to add.
   */
  env?: {
    /**
     * Value; may hold placeholders.
     */
    [k: string]: string | number | boolean | undefined
  }
  /**
   * File of the output folder that receives the standard output.
   */
  stdout?: string
  /**
   * Files it writes that are scored.
   *
   * Items: One file to score.
   */
  outputs?: {
    /**
     * How to read it, or `auto`.
     */
    format: string
    /**
     * Where it is in the output folder; may hold placeholders and `*`.
     */
    path: string
    /**
     * For the format `tsv`: our field -> column of the file.
     */
    columns?: {
      /**
       * Name of the column in the file.
       */
      [k: string]: string | undefined
    }
    /**
     * true: the file may be missing.
     */
    optional?: boolean
  }[]
  /**
   * Names its output files by the rules of this pipeline; they are then found by name, `outputs` need not list them.
   */
  output_tree?: 'nf-core/funcscan' | 'nf-core/mag'
  /**
   * As a map: where each {db:NAME} is. As a list of names: a sweep over the parameter `database`, one parameter set for each name.
   *
   * @minItems 1
   */
  databases?:
    | string
    | [string, ...string[]]
    | {
        /**
         * Its path; of several, the first that exists.
         *
         * @minItems 1
         */
        [k: string]: string | [string, ...string[]] | undefined
      }
  /**
   * File handed to the pipeline as {config}.
   */
  config?: string
  /**
   * Parameters, {NAME} or {param:NAME} in the command; lists expand to every combination.
   */
  params?: {
    /**
     * A value, a list of values to sweep over, or null to take away a default of the catalogue.
     *
     * @minItems 1
     */
    [k: string]:
      string | number | boolean | null | [string | number | boolean, ...(string | number | boolean)[]] | undefined
  }
  /**
   * Columns of the {samplesheet} it wants, made of {sample} {group} {reads_1} {reads_2} {fasta}; default: the columns of the input.
   */
  samplesheet?: {
    /**
     * Template of the cell.
     */
    [k: string]: string | undefined
  }
  /**
   * How to ask the tool for its version.
   */
  version_probe?: {
    /**
     * Command that prints the version.
     *
     * @minItems 1
     */
    command: string | [string, ...string[]]
    /**
     * Regular expression whose first group is the version.
     */
    pattern: string
  }
  /**
   * Programs that must be on the PATH; default: the first word of the command.
   *
   * Items: Name of a program.
   */
  requires?: string[]
  /**
   * What one execution asks for.
   */
  resources?: {
    /**
     * CPUs it may use ({threads}).
     */
    cpus?: number
    /**
     * Memory it may use ({memory_gb}).
     */
    memory?: string
  }
  /**
   * Time after which an execution is stopped.
   */
  timeout?: string
}
