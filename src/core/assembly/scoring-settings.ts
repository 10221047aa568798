import type { ScoringSettings } from '../settings/setting-source.ts'
import { DEFAULT_ASSEMBLY_SCORING } from './scoring-options.ts'

/** Which contigs count, in the words of QUAST's options. */
export const assemblySettings: ScoringSettings = {
  benchmarkTypes: ['assembly-quality'],
  names: ['min-contig'],
  read: (source) => ({
    assembly: { minContig: source.count('min-contig', 0) ?? DEFAULT_ASSEMBLY_SCORING.minContig },
  }),
}
