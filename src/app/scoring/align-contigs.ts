import type { AssemblyTruth } from '../../core/assembly/assembly.ts'
import { type AssemblyEvidence, evidenceOf } from '../../core/assembly/evidence.ts'
import { Problem } from '../../core/problem.ts'
import type { ScoringServices } from './benchmark-scorer.ts'

interface Completed {
  readonly parts: ReadonlyMap<string, AssemblyEvidence | null>
  readonly warnings: readonly string[]
}

/**
 * Aligns contigs to the reference of their sample, where neither an alignment nor a QUAST report against a reference is
 * at hand. Without the program, or when it fails, the values that need an alignment are not measured.
 */
export const alignContigs = async (
  truth: AssemblyTruth,
  parts: ReadonlyMap<string, AssemblyEvidence | null>,
  { aligner, reader }: ScoringServices,
): Promise<Completed> => {
  const completed = new Map(parts)
  const warnings = new Set<string>()
  for (const [sample, evidence] of parts) {
    const reference = truth.samples.get(sample) ?? truth.anySample
    if (reference === null || evidence === null || evidence.contigs === null || hasAlignment(evidence)) continue
    if (!aligner.isInstalled()) {
      warnings.add(
        `${aligner.name} is not installed, so what needs an alignment to the reference is not measured. ${aligner.howToInstall}`,
      )
      continue
    }
    const { file } = evidence.contigs
    try {
      const output = await aligner.align(file, reference.file, (paf) => reader.read(paf, { format: 'paf' }))
      const fact = output.kind === 'assembly' ? output.facts[0] : undefined
      if (fact !== undefined) completed.set(sample, { ...evidence, alignment: evidenceOf(fact, file).alignment })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const details = error.findings.slice(0, 1).map(({ message }) => ` ${message}`)
      warnings.add(`${sample}: what needs an alignment is not measured. ${error.message}${details.join('')}`)
    }
  }
  return { parts: completed, warnings: [...warnings] }
}

const hasAlignment = ({ alignment, report }: AssemblyEvidence): boolean =>
  alignment !== null || (report?.values.get('genome_fraction')?.value ?? null) !== null
