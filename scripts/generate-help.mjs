// Writes dist/help.txt: what `benchmark --help` prints, so that asking for it needs no framework (see bin/run.js).
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const script = `import { execute } from '@oclif/core/execute'; await execute({ args: ['--help'], dir: ${JSON.stringify(root)} })`
const text = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
  cwd: root,
  encoding: 'utf8',
  env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', OCLIF_COLUMNS: '80' },
})
// Version, platform and Node are those of the machine that asks.
writeFileSync(`${root}/dist/help.txt`, text.replace(/(?<=VERSION\n {2}).*/, '@VERSION@'))
