// dist/program.cjs: the commands, what they import and the libraries in one file, so that starting reads one (decision 99);
// and dist/program.licenses.txt: the licences of the libraries in it.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
// A command with subcommands is an index.ts in their folder.
const commands = Object.entries(manifest.commands).map(([id, { relativePath }]) => {
  const source = relativePath.slice(1).join('/').replace(/\.js$/, '.ts')
  return `${JSON.stringify(id)}: () => import('./${source}')`
})

const { metafile, outputFiles } = await build({
  stdin: {
    contents: `
      import { runBundled } from './cli/run-bundled.ts'
      const commands = { ${commands.join(', ')} }
      export const run = (bin, onCommand) => runBundled(commands, bin, onCommand)`,
    resolveDir: join(root, 'src'),
    loader: 'ts',
  },
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  // Names of classes appear in messages.
  keepNames: true,
  charset: 'ascii',
  // A third less to read at every start. Names stay as they are, for whoever reads a stack trace.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  // A native module has to stay where npm put it; the others are what oclif asks for in development only.
  external: ['better-sqlite3', 'sodium-native', 'typescript', 'ts-node'],
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
  metafile: true,
  write: false,
  logLevel: 'warning',
})

const text = outputFiles[0].text
  // A script outside of the module system has no import() of its own; src/cli/load-program.ts lends it one.
  .replaceAll('await import(', 'await importModule(')
  // Regular expressions keep what `charset` does not reach; there and in comments an escape means the same.
  .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  // One function: src/cli/load-program.ts calls it as Node calls a module.
  .replace(/^/, '(function (exports, require, module, __filename, __dirname, importModule) {')
  .replace(/$/, '})\n')
const identity = createHash('sha256').update(text).digest('hex')
writeFileSync(join(root, 'dist', 'program.cjs'), `${text}// ${identity}\n`)

const folders = new Set(
  Object.keys(metafile.inputs).flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0] ?? []),
)
const licences = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry))
  const words = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim()
  return `${name} ${version} (${license})\n\n${words}\n`
})
writeFileSync(join(root, 'dist', 'program.licenses.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`))
