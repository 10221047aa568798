// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark dataset map-contigs --json`.
 */
export interface ContigMapDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.contig-map/1'
  /**
   * The truth that was written.
   */
  output: string
  /**
   * Sample the contigs are of.
   */
  sample: string
  /**
   * Every genome given.
   *
   * Items: One genome.
   */
  genomes: {
    /**
     * Name of the genome.
     */
    genome: string
    /**
     * Contigs from it.
     */
    contigs: number
    /**
     * Their bases.
     */
    bases: number
  }[]
  /**
   * Contigs left out of the truth: from no genome, or from one of several.
   */
  unmapped: {
    /**
     * Contigs.
     */
    contigs: number
    /**
     * Their bases.
     */
    bases: number
  }
}
