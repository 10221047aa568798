#!/usr/bin/env node
// CommonJS (bin/package.json): Node's loader of ES modules alone takes 5 ms of every start (decision 129).
'use strict'
const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')

const version = () => {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`
}

const loadBundle = () => {
  const start = join(root, 'dist', 'start.cjs')
  if (!existsSync(start)) return null
  const { loadProgram, optimiseLate } = require(start)
  // Before the program is loaded: V8 keeps compiled code only for the options it was compiled with.
  optimiseLate()
  return loadProgram(process.argv.slice(2, 4), join(root, 'dist'))
}

const run = async () => {
  const program = loadBundle()
  if (program !== null) await program.run(root)
  else {
    const { execute } = await import('@oclif/core/execute')
    await execute({ dir: root })
  }
  // All there was to do has been awaited. Left to itself, Node would wait for V8 to compile and tidy up what is thrown away now.
  const written = (stream) => new Promise((done) => stream.write('', done))
  await Promise.all([written(process.stdout), written(process.stderr)])
  process.exit()
}

// Scripts ask for the version in loops, and people for help before anything else: answering needs no framework.
const [first, ...others] = process.argv.slice(2)
if (first === '--version' && others.length === 0) {
  process.stdout.write(`${version()}\n`)
} else if (first === '--help' && others.length === 0) {
  const help = readFileSync(join(root, 'dist', 'help.txt'), 'utf8')
  process.stdout.write(help.replace('@VERSION@', version()))
} else {
  void run()
}
