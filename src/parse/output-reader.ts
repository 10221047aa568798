import type { OutputReader } from '../app/ports.ts'
import { readAmrTruth } from './amr-truth.ts'
import { formats, readOutput } from './index.ts'

/** Reads outputs, truths and measurements; what only some benchmark types need is loaded when it is asked for. */
export const createOutputReader = (vocabulary: OutputReader['vocabulary']): OutputReader => ({
  formats: formats.map(({ id }) => id),
  read: readOutput,
  amrTruth: readAmrTruth,
  profileTruth: async (file) => (await import('./profile-truth.ts')).readProfileTruth(file),
  pathogenTruth: async (file) => (await import('./pathogen-truth.ts')).readPathogenTruth(file),
  assemblyTruth: async (file) => (await import('./assembly-truth.ts')).readAssemblyTruth(file),
  binningTruth: async (file) => (await import('./binning-truth.ts')).readBinningTruth(file),
  trace: async (file, spec) => (await import('./trace/index.ts')).readTrace(file, spec),
  softwareVersions: async (file) => (await import('./software-versions.ts')).readSoftwareVersions(file),
  vocabulary,
})
