/** Entry of the bundle: oclif with commands that are in the same file instead of in files of their own. */
import type { Command } from '@oclif/core/command'
import { Config } from '@oclif/core/config'
import { execute } from '@oclif/core/execute'

type Commands = Readonly<Record<string, () => Promise<{ readonly default: Command.Class }>>>

/**
 * Runs what the command line of this process asks for. `bin`: URL of `bin/run.js`; `onCommand`: told the id of the command
 * that was loaded. `scripts/bundle.mjs` binds `commands`.
 */
export const runBundled = async (
  commands: Commands,
  bin: string,
  onCommand: (id: string) => void,
): Promise<unknown> => {
  const config = await Config.load(bin)
  const plugin = [...config.plugins.values()].find(({ isRoot }) => isRoot)
  for (const cached of config.commands) {
    const open = commands[cached.id]
    if (open === undefined || plugin === undefined) continue
    cached.load = async () => {
      const { default: command } = await open()
      command.id = cached.id
      command.plugin = plugin
      onCommand(cached.id)
      return command
    }
  }
  return execute({ loadOptions: config })
}

/** What the bundle exports. */
export type BundleRun = (bin: string, onCommand: (id: string) => void) => Promise<unknown>
