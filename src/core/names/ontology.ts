/** A term of the Antibiotic Resistance Ontology, as far as scoring looks at it. Ids have the form `ARO:3000873`. */
export interface OntologyTerm {
  readonly id: string
  readonly name: string
  /** Exact synonyms. */
  readonly synonyms: readonly string[]
  /** `is_a`. */
  readonly parents: readonly string[]
  /** `confers_resistance_to_drug_class` and `confers_resistance_to_antibiotic`, as stated on the term itself. */
  readonly drugClasses: readonly string[]
  readonly antibiotics: readonly string[]
  /** `participates_in`. */
  readonly mechanisms: readonly string[]
}

/** The ontology, with what genes inherit over `is_a`. Unknown ids give nothing. */
export interface Ontology {
  readonly terms: ReadonlyMap<string, OntologyTerm>
  /** Terms that are genes, proteins or families of them: what `determinant of antibiotic resistance` stands above. */
  readonly determinants: readonly OntologyTerm[]
  hasChildren(id: string): boolean
  /** The term itself first, then its ancestors, nearest first; equally near ones by id. */
  lineage(id: string): readonly OntologyTerm[]
  /** The term that stands for the family of a gene, or null for a term that has none. */
  familyOf(id: string): string | null
  /** Names of the drug classes and drugs that a gene confers resistance to, its own and inherited ones, sorted. */
  drugsOf(id: string): readonly string[]
  /** Names of a gene's mechanisms, each as one of the ontology's few main ones, sorted. */
  mechanismsOf(id: string): readonly string[]
}

const DETERMINANT = 'ARO:3000000'
const MECHANISM = 'ARO:1000002'

export const openOntology = (list: readonly OntologyTerm[]): Ontology => {
  const terms = new Map(list.map((term) => [term.id, term]))
  const children = new Map<string, OntologyTerm[]>()
  for (const term of list)
    for (const parent of term.parents) {
      const known = children.get(parent)
      if (known === undefined) children.set(parent, [term])
      else known.push(term)
    }
  const lineages = new Map<string, readonly OntologyTerm[]>()

  const lineage = (id: string): readonly OntologyTerm[] => {
    const before = lineages.get(id)
    if (before !== undefined) return before
    const found = new Set<OntologyTerm>()
    for (let level = [id]; level.length > 0;) {
      const here = level.flatMap((one) => terms.get(one) ?? []).filter((term) => !found.has(term))
      for (const term of here) found.add(term)
      level = [...new Set(here.flatMap(({ parents }) => parents))].sort()
    }
    const result = [...found]
    lineages.set(id, result)
    return result
  }

  // CARD states drug classes on its gene families, and drugs on single genes (docs/decisions/0060).
  const familyOf = (id: string): string | null => {
    const [self, ...ancestors] = lineage(id)
    if (self === undefined) return null
    if (children.has(id) && self.drugClasses.length > 0) return id
    const family = ancestors.find(({ drugClasses }) => drugClasses.length > 0)
    return family?.id ?? [...self.parents].sort()[0] ?? null
  }

  const namesOf = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => terms.get(id)?.name ?? [])

  const mainMechanism = (id: string): string | undefined => {
    const all = lineage(id)
    return all.find(({ parents }) => parents.includes(MECHANISM))?.name
  }

  return {
    terms,
    determinants: terms.has(DETERMINANT) ? descendants(DETERMINANT, children) : list,
    hasChildren: (id) => children.has(id),
    lineage,
    familyOf,
    drugsOf: (id) =>
      sorted(lineage(id).flatMap(({ drugClasses, antibiotics }) => namesOf([...drugClasses, ...antibiotics]))),
    mechanismsOf: (id) =>
      sorted(lineage(id).flatMap(({ mechanisms }) => mechanisms.flatMap((one) => mainMechanism(one) ?? []))),
  }
}

const descendants = (root: string, children: ReadonlyMap<string, readonly OntologyTerm[]>): readonly OntologyTerm[] => {
  const found = new Set<OntologyTerm>()
  const open = [...(children.get(root) ?? [])]
  for (let term = open.pop(); term !== undefined; term = open.pop())
    if (!found.has(term)) {
      found.add(term)
      for (const child of children.get(term.id) ?? []) open.push(child)
    }
  return [...found]
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()
