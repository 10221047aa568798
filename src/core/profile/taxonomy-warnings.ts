import type { ProfileTaxon, SampleProfile } from './profile.ts'

type Profiles = ReadonlyMap<string, SampleProfile | null>

/**
 * What to say of two sides that may not mean the same taxa: taxonomies of different names, as ids are merged and renamed
 * from release to release; and not one taxon in common where both sides have some, which is rarely the tool's fault.
 */
export const taxonomyWarnings = (
  truth: Profiles,
  predictions: Profiles,
  samples: readonly string[],
): readonly string[] => {
  const expected = new Set<string>()
  for (const taxa of taxaOf(truth, samples)) for (const { taxid } of taxa) expected.add(taxid)
  const [ofTruth] = expected
  const found = taxaOf(predictions, samples)
  const first = found.find((taxa) => taxa.length > 0)?.[0]?.taxid
  const isShared = found.some((taxa) => taxa.some(({ taxid }) => expected.has(taxid)))
  if (first !== undefined && ofTruth !== undefined && !isShared)
    return [
      `Not one taxon of the prediction (such as ${first}) is in the truth (such as ${ofTruth}): do both use the same taxonomy?`,
    ]
  const [ours, theirs] = [taxonomiesOf(truth, samples), taxonomiesOf(predictions, samples)]
  const others = theirs.filter((name) => !ours.includes(name))
  if (ours.length === 0 || others.length === 0) return []
  return [
    `The prediction names the taxonomy ${others.join(', ')}, the truth ${ours.join(', ')}: taxa whose ids changed in between count as wrong.`,
  ]
}

/** Of each sample. */
const taxaOf = (profiles: Profiles, samples: readonly string[]): readonly (readonly ProfileTaxon[])[] =>
  samples.map((sample) => profiles.get(sample)?.taxa ?? [])

const taxonomiesOf = (profiles: Profiles, samples: readonly string[]): readonly string[] => [
  ...new Set(samples.flatMap((sample) => profiles.get(sample)?.taxonomy ?? [])),
]
