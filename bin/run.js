#!/usr/bin/env node
import { readFileSync } from 'node:fs'

const version = () => {
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`
}

// Scripts ask for the version in loops, and people for help before anything else: answering needs no framework.
const [first, ...others] = process.argv.slice(2)
if (first === '--version' && others.length === 0) {
  process.stdout.write(`${version()}\n`)
} else if (first === '--help' && others.length === 0) {
  const help = readFileSync(new URL('../dist/help.txt', import.meta.url), 'utf8')
  process.stdout.write(help.replace('@VERSION@', version()))
} else {
  const { optimiseLate } = await import('../dist/cli/optimise-late.js')
  // Before the program is loaded: V8 keeps compiled code only for the options it was compiled with.
  optimiseLate()
  const { loadProgram } = await import('../dist/cli/load-program.js')
  const program = loadProgram(process.argv.slice(2, 4))
  if (program !== null) await program.run(import.meta.url)
  else {
    const { execute } = await import('@oclif/core/execute')
    await execute({ dir: import.meta.url })
  }
  // All there was to do has been awaited. Left to itself, Node would wait for V8 to compile and tidy up what is thrown away now.
  const written = (stream) => new Promise((done) => stream.write('', done))
  await Promise.all([written(process.stdout), written(process.stderr)])
  process.exit()
}
