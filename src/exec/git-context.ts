import { spawnSync } from 'node:child_process'
import { type GitContext } from '../app/ports.ts'

// CI systems check out a detached commit; they tell the branch in variables of their own.
const CI_BRANCH = ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME', 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_REF_NAME']

/** Asks the `git` on the PATH about the folder; without git or outside a repository the answer is null. */
export const createGitContext = (folder: string, env: NodeJS.ProcessEnv): GitContext => {
  const git = (...args: string[]): string | null => {
    const { status, stdout } = spawnSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: 5000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return status === 0 ? stdout.trim() : null
  }
  return {
    revision: () => {
      const commit = git('rev-parse', 'HEAD')
      if (commit === null) return null
      const named = git('symbolic-ref', '--short', '--quiet', 'HEAD')
      const announced = CI_BRANCH.map((name) => env[name]).find((value) => value !== undefined && value !== '')
      return {
        branch: named ?? announced ?? null,
        commit,
        dirty: git('status', '--porcelain', '--untracked-files=no') !== '',
      }
    },
  }
}
