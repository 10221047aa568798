/** The tools' own words about how sure a hit is, by the names the filters know them under. */
export type FlagName =
  | 'cut_off' // RGI: Perfect, Strict, Loose
  | 'amrfinder_type' // AMR, STRESS, VIRULENCE
  | 'amrfinder_subtype' // AMR, POINT, BIOCIDE, …
  | 'amrfinder_method' // EXACTX, ALLELEP, INTERNAL_STOP, …
  | 'amrfinder_scope' // core, plus
  | 'snp_confirmation' // AMR++: "required" when the gene counts only with its mutation
  | 'deeparg' // accepted, potential (below DeepARG's own threshold)
  | 'sstar' // marks after the name: *, ?, $, TR
  | 'argnorm_cut_off'

const MOST_KNOWN = 1000

/** Makes flag records; equal ones are one object. Pairs without a value are left out. */
export const createFlags = (): ((
  ...pairs: readonly (readonly [FlagName, string | null])[]
) => Readonly<Record<string, string>>) => {
  const known = new Map<string, Readonly<Record<string, string>>>()
  return (...pairs) => {
    let key = ''
    for (const [, value] of pairs) key += `${value ?? ''}\t`
    const found = known.get(key)
    if (found !== undefined) return found
    const flags = Object.fromEntries(pairs.filter((pair): pair is readonly [FlagName, string] => pair[1] !== null))
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, flags)
    return flags
  }
}
