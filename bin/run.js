#!/usr/bin/env node
import module from 'node:module'

module.enableCompileCache?.() // Node >= 22.8; nothing before

// `benchmark --version` is asked for by scripts in loops: answering it needs no framework.
const [first, ...others] = process.argv.slice(2)
if (first === '--version' && others.length === 0) {
  const { name, version } = module.createRequire(import.meta.url)('../package.json')
  process.stdout.write(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}\n`)
} else {
  const { execute } = await import('@oclif/core/execute')
  await execute({ dir: import.meta.url })
}
