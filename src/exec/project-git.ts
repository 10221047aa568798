import { execa } from 'execa'
import type { ProjectGit } from '../app/history/history-ports.ts'

const MOST_MS = 10_000

/** Asks the `git` on the PATH about the folder; without git or outside a repository nothing is known. */
export const createProjectGit = (folder: string): ProjectGit => {
  const git = async (args: readonly string[], input?: string): Promise<string | null> => {
    const options = { cwd: folder, reject: false, timeout: MOST_MS, ...(input === undefined ? {} : { input }) } as const
    const { failed, stdout } = await execa('git', args, options)
    return failed ? null : stdout
  }
  return {
    topology: async (commits) => {
      const wanted = [...new Set(commits)].filter((commit) => /^[0-9a-f]{40,64}$/.test(commit)).sort()
      if (wanted.length === 0) return []
      const listed = `${wanted.join('\n')}\n`
      const checked = await git(['cat-file', '--batch-check=%(objecttype) %(objectname)'], listed)
      const known = (checked ?? '').split('\n').flatMap((line) => /^commit ([0-9a-f]+)$/.exec(line)?.[1] ?? [])
      if (known.length === 0) return []
      const order = await git(['rev-list', '--topo-order', '--reverse', '--stdin'], `${known.join('\n')}\n`)
      const isKnown = new Set(known)
      return (order ?? '').split('\n').filter((commit) => isKnown.has(commit))
    },
    author: async () => {
      const identity = await git(['var', 'GIT_AUTHOR_IDENT'])
      return /^(.+ <[^>]*>) \d+ [+-]\d{4}$/.exec(identity?.trim() ?? '')?.[1] ?? null
    },
  }
}
