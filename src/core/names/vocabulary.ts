import type { Identifier } from './gene-identity.ts'

/**
 * The identifiers of one thing: `strong` comes from a curated source (ontology term, family column), `weak` from its
 * spelling. Things are compared by the strongest identifier that both sides have.
 */
export interface Identity<Rung extends string> {
  readonly strong: Identifier<Rung> | null
  readonly weak: Identifier<Rung>
  /** Further spellings under which the truth knows it. */
  readonly otherNames?: readonly string[]
}

/** The keys of the truth, and how a finding is translated into them. */
export interface Vocabulary<Rung extends string> {
  /** Key of a thing of the truth. The same whatever a tool reports, so that universes stay comparable. */
  readonly keyOf: (identity: Identity<Rung>) => Identifier<Rung>
  /** Key of a finding: one of the truth's where they mean the same, preferring `wanted`; else its own. */
  readonly resolve: (identity: Identity<Rung>, wanted: ReadonlySet<string>) => Identifier<Rung>
}

/**
 * Builds the vocabulary of a truth. With `strict`, two different strong identifiers are two things even when they
 * are spelled alike (ontology terms), unless one of them was only derived from the spelling; without, spelling may
 * still join them (family names of two nomenclatures).
 */
export const buildVocabulary = <Rung extends string>(
  truth: readonly Identity<Rung>[],
  options: { readonly strict: boolean; readonly findings?: readonly Identity<Rung>[] },
): Vocabulary<Rung> => {
  const truthTerms = termsByName(truth)
  const findingTerms = termsByName(options.findings ?? [])
  const statedTerms = termsByName(truth.filter(({ strong }) => !isDerived(strong)))
  const keyOf = ({ strong, weak }: Identity<Rung>): Identifier<Rung> => {
    if (strong && !isDerived(strong)) return strong
    const stated = onlyTerm(statedTerms, weak.id)
    if (stated !== undefined) return { id: stated, rung: weak.rung }
    return strong ?? { id: onlyTerm(truthTerms, weak.id) ?? weak.id, rung: weak.rung }
  }

  const strongKeys = new Set<string>()
  const keysByName = new Map<string, Set<string>>()
  const namedOnly = new Set<string>()
  const derivedKeys = new Set<string>()
  for (const identity of truth) {
    const key = keyOf(identity).id
    if (key !== identity.weak.id) strongKeys.add(key)
    else namedOnly.add(key)
    if (isDerived(identity.strong)) derivedKeys.add(key)
    for (const name of [identity.weak.id, ...(identity.otherNames ?? [])])
      keysByName.set(name, (keysByName.get(name) ?? new Set()).add(key))
  }

  return {
    keyOf,
    resolve: ({ strong, weak }, wanted) => {
      if (strong && (strongKeys.has(strong.id) || namedOnly.has(strong.id))) return strong
      const spelledAlike = [...(keysByName.get(weak.id) ?? [])].filter(
        (key) => !strong || !options.strict || namedOnly.has(key) || derivedKeys.has(key) || isDerived(strong),
      )
      const key = spelledAlike.find((candidate) => wanted.has(candidate)) ?? spelledAlike.sort()[0]
      if (key !== undefined) return { id: key, rung: weak.rung }
      // A family name of a foreign nomenclature says less than the spelling.
      if (strong && (options.strict || strong.rung === 'ontology_family')) return strong
      const term = onlyTerm(findingTerms, weak.id)
      return term === undefined ? weak : { id: term, rung: weak.rung }
    },
  }
}

/** Whether a term was looked up by the spelling alone: it is no evidence against an equal spelling. */
const isDerived = (strong: Identifier<string> | null): boolean => strong?.rung === 'ontology_name'

const termsByName = <Rung extends string>(identities: readonly Identity<Rung>[]): ReadonlyMap<string, Set<string>> => {
  const terms = new Map<string, Set<string>>()
  for (const { strong, weak } of identities)
    if (strong) terms.set(weak.id, (terms.get(weak.id) ?? new Set()).add(strong.id))
  return terms
}

/** The term that everything spelled like this has, when it is one and the same. */
const onlyTerm = (terms: ReadonlyMap<string, ReadonlySet<string>>, name: string): string | undefined => {
  const found = terms.get(name)
  return found?.size === 1 ? [...found][0] : undefined
}
