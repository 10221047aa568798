import { nearest } from '../problem.ts'
import type { ScoringOptions } from '../scoring-options.ts'

/** A setting as a user wrote it: a word, a switch, or several words. */
type SettingValue = string | number | boolean | readonly (string | number)[]

/** Settings by their names in the form `min-identity`; what is not there was not set. */
export type GivenSettings = Readonly<Record<string, SettingValue | undefined>>

/** Where settings come from, so that messages name them as the user wrote them. */
export interface SettingContext {
  readonly given: GivenSettings
  /** A fault of one setting. */
  readonly report: (setting: string, message: string, hint?: string) => void
  /** A file that a setting names. Throws `E_NOT_FOUND` or `E_INPUT`. */
  readonly readText: (file: string) => string
}

/** Reads single settings; each fault is reported with the setting's name, and the fallback is taken. */
export interface SettingSource {
  isGiven(name: string): boolean
  switch(name: string): boolean
  text(name: string): string | null
  /** A percentage from 0 to 100, with or without its sign. */
  percent(name: string): number | null
  /** A whole number of `least` or more. */
  count(name: string, least: number): number | null
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | null
  /** Words of a list, or of a text that separates them by commas. */
  words(name: string): readonly string[]
  /** Like `words`, each one of `choices` after `canonical`; unknown ones are reported as no such `what`. */
  choices<Choice extends string>(
    name: string,
    what: string,
    choices: readonly Choice[],
    canonical: (word: string) => string,
  ): readonly Choice[]
  /** Every line of a file that a setting names, with its number. */
  numberedLines(name: string): readonly { readonly line: number; readonly text: string }[] | null
  /** The lines of a file that a setting names: no blanks around, none empty, none that begins with #. */
  lines(name: string): readonly string[] | null
  report(name: string, message: string, hint?: string): void
}

/** The settings that change the scores of some benchmark types. */
export interface ScoringSettings {
  readonly benchmarkTypes: readonly string[]
  /** Names as in the flags of `benchmark score`; keys of `evaluation.scoring` have `_` for `-`. */
  readonly names: readonly string[]
  read(source: SettingSource): Partial<ScoringOptions>
}

/** Makes a source of settings as they were given. */
export const settingSource = ({ given, report, readText }: SettingContext): SettingSource => {
  const valueOf = (name: string): SettingValue | undefined => {
    const value = given[name]
    return value === false || (Array.isArray(value) && value.length === 0) ? undefined : value
  }
  const text = (name: string): string | null => {
    const value = valueOf(name)
    return value === undefined ? null : String(value).trim()
  }
  const words = (name: string): readonly string[] => {
    const value = valueOf(name)
    const list = value === undefined ? [] : Array.isArray(value) ? value.map(String) : String(value).split(',')
    return list.map((word) => word.trim()).filter((word) => word !== '')
  }
  const numberedLines: SettingSource['numberedLines'] = (name) => {
    const file = text(name)
    if (file === null) return null
    const lines = readText(file)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
    return lines.map((line, index) => ({ line: index + 1, text: line }))
  }
  return {
    isGiven: (name) => valueOf(name) !== undefined,
    switch: (name) => valueOf(name) === true,
    text,
    words,
    report,
    percent: (name) => {
      const written = text(name)
      if (written === null) return null
      const value = /^\d+(?:\.\d+)?%?$/.test(written) ? Number(written.replace('%', '')) : Number.NaN
      if (value >= 0 && value <= 100) return value
      report(name, `"${written}" is not a percentage between 0 and 100.`)
      return null
    },
    count: (name, least) => {
      const written = text(name)
      if (written === null) return null
      const value = /^\d{1,15}$/.test(written) ? Number(written) : Number.NaN
      if (value >= least) return value
      report(name, `"${written}" is not a whole number of ${least} or more.`)
      return null
    },
    choice: (name, choices) => {
      const written = text(name)
      if (written === null) return null
      const found = choices.find((choice) => choice === written.toLowerCase())
      if (found === undefined) report(name, `"${written}" is none of ${choices.join(', ')}.`)
      return found ?? null
    },
    choices: (name, what, choices, canonical) =>
      words(name).flatMap((word) => {
        const found = choices.find((choice) => choice === canonical(word))
        if (found !== undefined) return [found]
        const near = nearest(canonical(word), choices, 1)[0] ?? choices.join(', ')
        report(name, `there is no ${what} "${word}".`, `${what}s: ${near}`)
        return []
      }),
    numberedLines,
    lines: (name) =>
      numberedLines(name)
        ?.map(({ text: line }) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#')) ?? null,
  }
}
