// Writes oclif.manifest.json from the built commands. Committed, and compared by test/project/manifest.test.ts.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Plugin } from '@oclif/core/config'

// Under NODE_ENV=test or development oclif would describe src/ instead of the built commands.
process.env.NODE_ENV = 'production'

const root = fileURLToPath(new URL('..', import.meta.url))
const plugin = new Plugin({
  root,
  type: 'core',
  ignoreManifest: true,
  errorOnManifestCreate: true,
  respectNoCacheDefault: true,
})
await plugin.load()
// Folders are read in an order of their own on every file system.
const commands = Object.fromEntries(
  Object.entries(plugin.manifest.commands).sort(([left], [right]) => (left < right ? -1 : 1)),
)
await writeFile(
  process.argv[2] ?? `${root}/oclif.manifest.json`,
  JSON.stringify({ ...plugin.manifest, commands }, null, 2) + '\n',
)
