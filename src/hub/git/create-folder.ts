import { mkdir, readdir } from 'node:fs/promises'
import { Problem } from '../../core/problem.ts'
import { safeLine } from '../safe-text.ts'
import { hubPlace } from '../transports/choose.ts'
import { createGitProgram, type Environment } from './git-program.ts'

/**
 * Makes the bare repository of a hub that is a folder, when there is none yet. Other hubs are made by who runs their
 * server. Throws `E_HUB` when the folder holds something else, or cannot be made.
 */
export const createHubFolder = async (url: string, environment: Environment): Promise<void> => {
  const place = hubPlace(url)
  if (place.kind !== 'path') return
  const { folder } = place
  const names = await readdir(folder).catch((error: unknown): string[] => {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw new Problem('E_HUB', `The folder ${folder} cannot be used: ${code ?? message}.`, { cause: error })
  })
  if (names.length > 0) return
  const git = createGitProgram(environment)
  if (git === null)
    throw new Problem('E_HUB', 'Making a hub in a folder needs the program git, which is not on the PATH.')
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw new Problem('E_HUB', `The folder ${folder} cannot be made.`, { cause: error })
  }
  // Later versions of git make repositories that older ones, and this program, cannot read.
  const variables = { GIT_DEFAULT_HASH: 'sha1', GIT_DEFAULT_REF_FORMAT: 'files' }
  const { failed, stderr } = await git.run(['init', '--quiet', '--bare', '--initial-branch=main', '--', folder], {
    variables,
  })
  if (failed)
    throw new Problem('E_HUB', `No repository could be made in ${folder}: ${safeLine(stderr) ?? 'git says nothing'}.`)
}
