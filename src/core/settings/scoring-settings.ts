import { amrSettings } from '../amr/scoring-settings.ts'
import { pathogenSettings } from '../pathogen/scoring-settings.ts'
import { assemblySettings } from '../assembly/scoring-settings.ts'
import { binningSettings } from '../binning/scoring-settings.ts'
import { profileSettings } from '../profile/scoring-settings.ts'
import type { ScoringOptions } from '../scoring-options.ts'
import { type ScoringSettings, type SettingContext, settingSource } from './setting-source.ts'

/** One for each part of {@link ScoringOptions}. The settings of a new benchmark type are an object here. */
const SCORING_SETTINGS: readonly ScoringSettings[] = [
  amrSettings,
  profileSettings,
  assemblySettings,
  binningSettings,
  pathogenSettings,
]

/** Every setting there is. */
export const SCORING_SETTING_NAMES: readonly string[] = [...new Set(SCORING_SETTINGS.flatMap(({ names }) => names))]

/**
 * The scoring options that settings stand for. A setting without meaning for the benchmark type is a fault, because it
 * would look as if it had changed something; null = whatever type it turns out to be.
 */
export const readScoringSettings = (benchmarkType: string | null, context: SettingContext): Partial<ScoringOptions> => {
  const source = settingSource(context)
  for (const name of SCORING_SETTING_NAMES.filter((one) => source.isGiven(one)))
    if (benchmarkType !== null && !isOf(benchmarkType, name))
      context.report(name, `it has no meaning for the type ${benchmarkType}.`)
  return Object.assign({}, ...SCORING_SETTINGS.map((settings) => settings.read(source))) as Partial<ScoringOptions>
}

const isOf = (benchmarkType: string, name: string): boolean =>
  SCORING_SETTINGS.some(
    ({ benchmarkTypes, names }) => benchmarkTypes.includes(benchmarkType) && names.includes(name),
  ) || SCORING_SETTINGS.every(({ benchmarkTypes }) => !benchmarkTypes.includes(benchmarkType))
