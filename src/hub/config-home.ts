import { homedir } from 'node:os'
import { join } from 'node:path'

/** Folder for what belongs to a user rather than to a project: keys, tokens, settings. An empty variable counts as none. */
export const configHome = (environment: Readonly<Record<string, string | undefined>>): string => {
  const own = environment['BENCHMARK_CONFIG_HOME']
  if (own) return own
  const shared = environment['XDG_CONFIG_HOME']
  return join(shared ? shared : join(environment['HOME'] ?? homedir(), '.config'), 'benchmark')
}
