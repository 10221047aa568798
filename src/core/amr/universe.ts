import type { Vocabulary } from '../names/vocabulary.ts'
import type { UniverseChoice } from '../scoring-options.ts'
import { isPresent, truthKeys } from './keyed-sample.ts'
import type { KeyRules } from './level-keys.ts'
import type { KeyRung } from './scoring.ts'
import type { AmrTruth } from './truth.ts'

/** The keys that could have been found at one level: what true negatives are counted among. */
export interface Universe {
  readonly kind: 'panel' | 'dataset' | 'list' | 'none'
  /** Keys for one sample; null without a universe. Only a panel differs between samples. */
  readonly of: (sample: string) => ReadonlySet<string> | null
  /** All keys over all samples. */
  readonly all: ReadonlySet<string>
}

export const NO_UNIVERSE: Universe = { kind: 'none', of: () => null, all: new Set() }

/** `auto` decided: a panel when the truth lists absent genes, the dataset when it has two samples or more. */
export const universeKind = (choice: UniverseChoice, truth: AmrTruth): Universe['kind'] => {
  if (choice.kind !== 'auto') return choice.kind
  for (const genes of truth.samples.values()) if (genes.some((gene) => gene.status === 'absent')) return 'panel'
  return truth.samples.size >= 2 ? 'dataset' : 'none'
}

/** Builds the universe of one level from the whole truth, whatever samples are scored and whatever was found. */
export const buildUniverse = (
  choice: UniverseChoice,
  truth: AmrTruth,
  rules: KeyRules,
  vocabulary: Vocabulary<KeyRung>,
): Universe => {
  const kind = universeKind(choice, truth)
  switch (kind) {
    case 'none':
      return NO_UNIVERSE
    case 'panel': {
      const panels = new Map<string, ReadonlySet<string>>()
      for (const [sample, genes] of truth.samples)
        panels.set(sample, new Set(truthKeys(genes.filter(isNamed), rules, vocabulary).keys()))
      const all = new Set([...panels.values()].flatMap((keys) => [...keys]))
      return { kind, all, of: (sample) => panels.get(sample) ?? null }
    }
    case 'dataset': {
      const genes = [...truth.samples.values()].flat().filter(isPresent)
      const all = new Set(truthKeys(genes, rules, vocabulary).keys())
      return { kind, all, of: () => all }
    }
    case 'list': {
      const symbols = choice.kind === 'list' ? choice.symbols : []
      const identities = symbols.flatMap((symbol) => rules.symbol(symbol))
      const all = new Set(identities.map((identity) => vocabulary.resolve(identity, NOTHING).id))
      // A list of gene symbols says nothing about drug classes or mechanisms.
      return all.size === 0 ? NO_UNIVERSE : { kind, all, of: () => all }
    }
  }
}

const NOTHING: ReadonlySet<string> = new Set()

const isNamed = (gene: { readonly geneSymbol: string }): boolean => gene.geneSymbol.trim() !== ''
