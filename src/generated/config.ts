// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * The file .benchmark/config.yaml. Relative paths start at the project folder; ${VAR} and ${VAR:-default} come from the environment.
 */
export interface ConfigFile {
  /**
   * Root of the configuration.
   */
  benchmark: {
    /**
     * Which project this is.
     */
    project?: {
      /**
       * Id of the project: letters, digits, dot, dash, underscore.
       */
      name?: string
      /**
       * What is benchmarked: decides metrics and truth.
       */
      type?: 'amr-detection' | 'diversity-analysis' | 'assembly-quality' | 'binning' | 'pathogen-detection'
      /**
       * Person or team.
       */
      owner?: string
      /**
       * Purpose in your words.
       */
      focus?: string
    }
    /**
     * The git repository results are shared through.
     */
    central_hub?: {
      /**
       * Its URL or folder.
       */
      url: string
      /**
       * Token for it; take it from the environment. An unset variable counts as no token.
       */
      api_key?: string
      /**
       * Queue every finished run for upload.
       */
      auto_upload?: boolean
    }
    /**
     * This machine.
     */
    local?: {
      /**
       * Cache folder.
       */
      cache_dir?: string
      /**
       * Folder of the runs.
       */
      results_dir?: string
      /**
       * Executions at the same time; more than 1 makes timings contended.
       */
      max_parallel?: number
    }
    /**
     * Sample sheet (CSV) used without --input.
     */
    input?: string
    /**
     * Dataset used without --dataset.
     */
    dataset?: string
    /**
     * Truth used without --truth.
     */
    truth?: string
    /**
     * How executions are made.
     */
    run?: {
      /**
       * Measured executions of each combination.
       */
      repeats?: number
      /**
       * Executions before those, not counted.
       */
      warmup?: number
      /**
       * Stops an execution after this time.
       */
      timeout?: string
      /**
       * Size above which the middle of a log is dropped.
       */
      max_log?: string
    }
    /**
     * What to run: names, `{name: …}` maps, or `NAME: {…}` maps. A key given here replaces the catalogue's.
     *
     * Items: One pipeline.
     */
    pipelines?: {
      [k: string]: unknown | undefined
    }[]
    /**
     * What counts.
     */
    evaluation?: {
      /**
       * Metrics to show; default: those of the benchmark type.
       *
       * Items: Id or alias of a metric.
       */
      metrics?: string[]
      /**
       * Weights for the overall ranking.
       */
      priority?: {
        /**
         * Weight; only the proportions matter.
         */
        [k: string]: number | undefined
      }
      /**
       * The metric that decides.
       */
      primary_metric?: string
      /**
       * How outputs are scored: the settings of `benchmark score`, with _ for -.
       */
      scoring?: {
        /**
         * Match levels of amr-detection, the first one is shown.
         */
        level?: string | string[]
        /**
         * Where true negatives come from: panel, dataset, none, or a file.
         */
        universe?: string
        /**
         * Several genes at one place: count all, or the best.
         */
        locus_policy?: string
        /**
         * Leave out hits below this identity, in percent.
         */
        min_identity?: number | string
        /**
         * Leave out hits below this coverage, in percent.
         */
        min_coverage?: number | string
        /**
         * Table of gene names that mean the same: alias, canonical, and level if for one only.
         */
        aliases?: string
        /**
         * Scale every rank of profiles to 100 %.
         */
        normalize?: boolean
        /**
         * Drop the rarest taxa of each rank of a predicted profile, up to this many percent in all.
         */
        filter?: number | string
        /**
         * The smallest bins, up to this many percent of all base pairs in bins, do not count for average purity and recovered genomes.
         */
        min_completeness_share?: number | string
        /**
         * List of genomes (name, tab, keyword) left out of the scoring of bins, with the bins that map to them.
         */
        remove_genomes?: string
        /**
         * Leave out only the genomes with this word in the second column of the list.
         */
        remove_keyword?: string
        /**
         * Score these taxonomic ranks only.
         */
        ranks?: string | string[]
        /**
         * What generic profiles are shares of: sequence (reads) or taxonomic (genome copies).
         */
        abundance?: string
        /**
         * The same of the truth.
         */
        truth_abundance?: string
        /**
         * Compare abundances even if truth and prediction are shares of different things.
         */
        allow_mixed_abundance?: boolean
        /**
         * Compare Aitchison distances between samples, this many percent added to each taxon.
         */
        aitchison_pseudo_count?: number | string
        /**
         * Taxonomic rank that calls of pathogens are made at.
         */
        call_rank?: string
        /**
         * Fewest reads of a clade that make a call of a pathogen.
         */
        min_reads?: number | string
        /**
         * Smallest percentage of a clade that makes a call of a pathogen.
         */
        min_percentage?: number | string
        /**
         * Taxa of the host: they and what is below them are never calls.
         */
        host_taxids?: number | string | (number | string)[]
        /**
         * Pathogens of interest: truth (those it lists), none, or a file with one taxid a line.
         */
        panel?: string
        /**
         * File of taxids that were merged into others: merged.dmp of NCBI.
         */
        merged_taxids?: string
        /**
         * Leave out contigs with fewer bases than this (assemblies).
         */
        min_contig?: number | string
      }
      /**
       * What a comparison does to `run --mode ci` and `compare --gate`.
       */
      gate?: {
        /**
         * When a primary metric could not be decided (inconclusive or not-comparable): pass, or fail with status 5.
         */
        inconclusive?: 'pass' | 'fail'
      }
      /**
       * What computing costs, for recommendations and savings.
       */
      prices?: {
        /**
         * Price of one processor for one hour.
         */
        cpu_hour: number
        /**
         * Price of one gigabyte of memory for one hour.
         */
        memory_gb_hour: number
        /**
         * Currency, by its three letters.
         */
        currency: string
        /**
         * Day the prices are of.
         */
        date: string
        /**
         * Where they are from.
         */
        source: string
      }
      /**
       * What a pipeline must keep to.
       */
      constraints?: {
        /**
         * Longest acceptable runtime.
         */
        max_runtime?: string
        /**
         * Largest acceptable peak memory.
         */
        max_memory?: string
        /**
         * Smallest or largest acceptable mean of the metric named after min_ or max_.
         *
         * This interface was referenced by `undefined`'s JSON-Schema definition
         * via the `patternProperty` "^(min_.+|max_(?!runtime$|memory$).+)$".
         */
        [k: string]: number | string | undefined
      }
    }
    /**
     * Groups in which the dashboard shows leaderboards besides the whole.
     */
    leaderboards?: {
      /**
       * Pipeline: class of its method, in your words. Without one: whether it starts from reads or from contigs, where this program knows the pipeline.
       */
      method_classes?: {
        /**
         * The class.
         */
        [k: string]: string | undefined
      }
      /**
       * Dataset: type of its reads, in your words.
       */
      read_types?: {
        /**
         * The type.
         */
        [k: string]: string | undefined
      }
    }
    /**
     * Who may see results.
     */
    sharing?: {
      /**
       * private never leaves the machine, community is anonymised, public is not.
       */
      visibility?: 'private' | 'community' | 'public'
    }
  }
}
