import { execa } from 'execa'
import type { GitContext } from '../app/ports.ts'

// CI systems check out a detached commit; they tell the branch in variables of their own.
const CI_BRANCH = ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME', 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_REF_NAME']

/** Asks the `git` on the PATH about the folder; without git or outside a repository the answer is null. */
export const createGitContext = (folder: string, environment: NodeJS.ProcessEnv): GitContext => {
  const git = async (...args: string[]): Promise<string | null> => {
    const { failed, stdout } = await execa('git', args, { cwd: folder, reject: false, stdin: 'ignore', timeout: 5000 })
    return failed ? null : stdout.trim()
  }
  return {
    revision: async () => {
      const [commit, named, changes] = await Promise.all([
        git('rev-parse', 'HEAD'),
        git('symbolic-ref', '--short', '--quiet', 'HEAD'),
        git('status', '--porcelain', '--untracked-files=no'),
      ])
      if (commit === null) return null
      const announced = CI_BRANCH.map((name) => environment[name]).find((value) => value !== undefined && value !== '')
      return { branch: named ?? announced ?? null, commit, dirty: changes !== null && changes !== '' }
    },
  }
}
