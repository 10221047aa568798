import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const RUNNER = fileURLToPath(new URL('run-kept.cjs', import.meta.url))

/**
 * Command line of a module that is loaded as the program is: in one file, with the code V8 compiled for it in an earlier call
 * (decisions 99 and 129). Whoever runs `benchmark score` has that from the second call on, as Python has its `.pyc`. The module
 * exports `run(root, onCommand)`; `folder` is filled.
 */
export const keptProgram = async (module: string, folder: string): Promise<readonly string[]> => {
  const { outputFiles } = await build({
    ...{ entryPoints: [module], bundle: true, write: false, format: 'cjs', platform: 'node', charset: 'ascii' },
    ...{ define: { 'import.meta.url': 'moduleUrl' }, minify: true, keepNames: true, logLevel: 'warning' },
  })
  const own = outputFiles[0]?.text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const text = `(function (exports, require, module, __filename) {
const moduleUrl = require('node:url').pathToFileURL(__filename).href;
${own ?? ''}
})
`
  writeFileSync(join(folder, 'program.cjs'), `${text}// ${createHash('sha256').update(text).digest('hex')}\n`)
  return [process.execPath, RUNNER, folder]
}
