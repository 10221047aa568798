// dist/program.cjs: the commands, what they import and the libraries in one file, so that starting reads one (decisions 99 and
// 129); dist/start.cjs: what bin/run.js loads it with; and dist/program.licenses.txt: the licences of the libraries in it.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
// A command with subcommands is an index.ts in their folder.
const commands = Object.entries(manifest.commands).map(([id, { relativePath }]) => {
  const source = relativePath.slice(1).join('/').replace(/\.js$/, '.ts')
  return `${JSON.stringify(id)}: () => import('./${source}')`
})

// For both files. What is shorter is read sooner; functions keep their names, which is what a stack trace shows of them.
const options = {
  platform: 'node',
  target: 'node20.19',
  charset: 'ascii',
  minifyWhitespace: true,
  lineLimit: 160,
  logLevel: 'warning',
}

/** What takes long to find out at every start, and is known here. */
const KNOWN = {
  // It looks for the native part of SQLite in a dozen folders, and from the file it is called in.
  bindings: `module.exports = () => require('better-sqlite3/build/Release/better_sqlite3.node')`,
  // oclif writes `wsl` for `linux` then, and nobody reads it.
  'wsl-utils': 'export const isWsl = false',
  // oclif looks for commands in folders with it; these are in the bundle.
  tinyglobby: 'export const glob = async () => []',
}
const isInstalled = (name) => existsSync(join(root, 'node_modules', name))

const known = {
  name: 'known',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: new RegExp(`^(${Object.keys(KNOWN).join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'known',
    }))
    onLoad({ filter: /./, namespace: 'known' }, ({ path }) => ({ contents: KNOWN[path] }))
    // A `require` of its own would hide from the bundler what it loads.
    onLoad({ filter: /[\\/]src[\\/]sqlite\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/^const require = .*$/m, ''),
      loader: 'ts',
    }))
  },
}

// What is loaded from where it is installed: the version that fits this Node.js is not the one that fits another.
const whereInstalled = ['better-sqlite3-napi', ...(isInstalled('better-sqlite3') ? [] : ['better-sqlite3'])]

const { metafile, outputFiles } = await build({
  ...options,
  stdin: {
    contents: `
      import { runBundled } from './cli/run-bundled.ts'
      const commands = { ${commands.join(', ')} }
      export const run = (root, onCommand) => runBundled(commands, root, onCommand)`,
    resolveDir: join(root, 'src'),
    loader: 'ts',
  },
  absWorkingDir: root,
  bundle: true,
  // What only some commands use is in parts of its own, as far as an import() separates it.
  format: 'esm',
  splitting: true,
  outdir: '.',
  entryNames: 'program',
  chunkNames: '[name]-[hash]',
  // They appear in messages and stack traces.
  keepNames: true,
  legalComments: 'none',
  // A native module has to stay where npm put it; the others are what oclif asks for in development only.
  external: ['better-sqlite3/build/*', ...whereInstalled, 'sodium-native', 'typescript', 'ts-node'],
  plugins: [known],
  define: { 'import.meta.url': 'moduleUrl' },
  metafile: true,
  write: false,
})

// A part is a function: what nobody calls is neither compiled nor kept in the code V8 compiled.
const parts = await Promise.all(
  outputFiles.map(async ({ path, text }) => {
    const own = text
      .replaceAll('import("./', 'importPart("./')
      // A script outside of the module system has no import() of its own; src/cli/load-program.ts lends it one.
      .replaceAll('await import(', 'await importModule(')
    const { code } = await transform(own, { ...options, platform: 'neutral', format: 'cjs', minify: true })
    return `"./${basename(path)}"(exports, require, module) {${code}}`
  }),
)

// src/cli/load-program.ts calls it as Node calls a module.
const text = `(function (exports, requireModule, module, __filename, __dirname, importModule) {
const moduleUrl = requireModule('node:url').pathToFileURL(__filename).href;
const loaded = {};
const requirePart = (id) => {
  if (!id.startsWith('./')) return requireModule(id);
  if (loaded[id] === undefined) {
    const part = (loaded[id] = { exports: {} });
    parts[id](part.exports, require, part);
  }
  return loaded[id].exports;
};
const require = Object.assign(requirePart, requireModule);
const importPart = async (id) => require(id);
const parts = {
${parts.join(',\n')}
};
Object.assign(exports, require('./program.js'));
})
`
  // Regular expressions keep what `charset` does not reach; there and in comments an escape means the same.
  .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const identity = createHash('sha256').update(text).digest('hex')
writeFileSync(join(root, 'dist', 'program.cjs'), `${text}// ${identity}\n`)

await build({
  ...options,
  stdin: {
    contents: `
      export { loadProgram } from './cli/load-program.ts'
      export { optimiseLate } from './cli/optimise-late.ts'`,
    resolveDir: join(root, 'src'),
    loader: 'ts',
  },
  bundle: true,
  format: 'cjs',
  outfile: join(root, 'dist', 'start.cjs'),
})

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
