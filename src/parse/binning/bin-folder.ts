import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BinningParts, joinParts, wholeBinning } from '../../core/binning/binning-parts.ts'
import type { BinningObservations } from '../../core/observations.ts'
import { Problem } from '../../core/problem.ts'
import { isFastaName } from './bins-fasta.ts'

/** The FASTA files in a folder, sorted; null for what is no folder. */
export const fastaFilesIn = async (path: string): Promise<readonly string[] | null> => {
  if (!isFolder(path)) return null
  const names = (await readdir(path).catch((cause: unknown) => unreadable(path, cause))).filter(isFastaName).sort()
  return names.map((name) => join(path, name))
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Whoever opens it will say why it cannot be.
    return false
  }
}

const unreadable = (path: string, cause: unknown): never => {
  throw new Problem('E_INPUT', `The folder ${path} cannot be read: ${(cause as Error).message}.`, {
    location: { file: path },
    cause,
  })
}

/** Reads each file as a bin. Throws `E_INPUT` for a folder without any, and as the reading of a file does. */
export const readBinFolder = async (
  folder: string,
  files: readonly string[],
  read: (file: string) => Promise<BinningObservations>,
): Promise<BinningObservations> => {
  if (files.length === 0)
    throw new Problem(
      'E_INPUT',
      `${folder} holds no bins: no file in it ends in .fa, .fasta or .fna (or that and .gz).`,
      {
        location: { file: folder },
        hints: ['Folders inside it are not looked into: give the one that the bins are in.'],
      },
    )
  let all: BinningParts = { parts: [], names: null }
  const warnings: string[] = []
  for (const file of files) {
    const bin = await read(file)
    warnings.push(...bin.warnings)
    all = joinParts(all, { parts: bin.binnings.map((binning) => ({ file, binning })), names: null })
  }
  return {
    kind: 'binning',
    format: 'bins-fasta',
    file: folder,
    namesSamples: false,
    binnings: [{ sample: null, line: 1, ...wholeBinning(all) }],
    warnings,
  }
}
