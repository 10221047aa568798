// npm run generate:wasm: src/generated/table-bytes.ts from src/parse/wasm.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { main } from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The compiled functions, as the text of a module that exports them. */
export const tableBytesModule = async (): Promise<string> => {
  let binary: Uint8Array | undefined
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--baseDir', root]
  const { error } = await main(['src/parse/wasm/index.ts', '--outFile', 'table-bytes.wasm', ...flags], {
    writeFile: (_, contents) => {
      if (typeof contents !== 'string') binary = contents
    },
  })
  if (binary === undefined) throw new Error('src/parse/wasm does not compile', { cause: error })
  const lines =
    Buffer.from(binary)
      .toString('base64')
      .match(/.{1,110}/g) ?? []
  return [
    '// Compiled from src/parse/wasm/ by `npm run generate:wasm`. Do not edit.\n',
    'export const TABLE_BYTES =',
    `  '${lines.join("' +\n  '")}'\n`,
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(`${root}src/generated/table-bytes.ts`, await tableBytesModule())
