/** Entry of the bundle: oclif with commands that are in the same file instead of in files of their own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '@oclif/core/command'
import { Plugin } from '@oclif/core/config'
import { execute } from '@oclif/core/execute'
import type { Interfaces } from '@oclif/core'

type Commands = Readonly<Record<string, () => Promise<{ readonly default: Command.Class }>>>

/**
 * Runs what the command line of this process asks for. `root`: folder of the package; `onCommand`: told the id of the command
 * that was loaded. `scripts/bundle.mjs` binds `commands`.
 */
export const runBundled = async (
  commands: Commands,
  root: string,
  onCommand: (id: string) => void,
): Promise<unknown> => {
  const plugin = await pluginWithoutCommands(root)
  const manifest = readJson(join(root, 'oclif.manifest.json')) as Interfaces.Manifest
  for (const [id, cached] of Object.entries(manifest.commands)) {
    const load = async (): Promise<Command.Class> => {
      const open = commands[id]
      if (open === undefined) throw new Error(`The command ${id} of the manifest is not in the bundle.`)
      const { default: command } = await open()
      command.id = id
      command.plugin = plugin
      onCommand(id)
      return command
    }
    plugin.commands.push({ ...cached, load, pluginAlias: plugin.alias, pluginType: plugin.type })
    plugin.commandIDs.push(id)
  }
  return execute({ loadOptions: { root, plugins: new Map([[plugin.name, plugin]]) } })
}

/**
 * Commands oclif finds itself it would sort with `localeCompare`, whose first call alone takes 5 ms. Those of the manifest are in
 * order.
 */
const pluginWithoutCommands = async (root: string): Promise<Plugin> => {
  const pjson = readJson(join(root, 'package.json')) as Interfaces.PJSON
  delete pjson.oclif.commands
  const plugin = new Plugin({ root, isRoot: true, ignoreManifest: true, pjson })
  await plugin.load()
  return plugin
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** What the bundle exports. */
export type BundleRun = (root: string, onCommand: (id: string) => void) => Promise<unknown>
