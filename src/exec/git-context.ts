import { execa } from 'execa'
import type { GitContext } from '../app/ports.ts'

// CI systems check out a detached commit; they tell the branch in variables of their own.
const CI_BRANCH = ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME', 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_REF_NAME']
// The branch a change goes to, which a shallow checkout has not got.
const CI_TARGET = ['GITHUB_BASE_REF', 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME', 'CI_DEFAULT_BRANCH']

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
    branches: async () => {
      const [here, remote, current] = await Promise.all([
        git('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads'),
        git('for-each-ref', '--format=%(refname:lstrip=3)', 'refs/remotes'),
        git('symbolic-ref', '--short', '--quiet', 'HEAD'),
      ])
      const announced = [...CI_BRANCH, ...CI_TARGET].map((name) => environment[name] ?? '')
      const all = [here, remote, current].flatMap((text) => (text ?? '').split('\n'))
      return [...new Set([...all, ...announced])].filter((name) => name !== '' && name !== 'HEAD').sort()
    },
  }
}
