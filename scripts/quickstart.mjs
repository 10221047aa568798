// From a fresh clone to a result: installs the packages, builds, and runs the benchmark on the embedded data.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installPackages, npm, packagesAreInstalled, root } from './installed-packages.mjs'

const [major, minor] = process.versions.node.split('.').map(Number)
const steps = [
  [packagesAreInstalled() ? 'Packages are installed' : 'Installing packages', installPackages],
  ['Building', () => npm(['run', '--silent', 'build'])],
  [
    'Running the embedded benchmark',
    () =>
      spawnSync(process.execPath, [join(root, 'bin', 'run.js'), 'test', '--quick', ...process.argv.slice(2)], {
        stdio: 'inherit',
      }).status ?? 1,
  ],
]

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`This needs Node.js 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}
for (const [index, [title, run]] of steps.entries()) {
  console.error(`[${index + 1}/${steps.length}] ${title}`)
  const status = run()
  if (status !== 0) {
    console.error(`${title} failed (exit status ${status}); the reason is above.`)
    process.exit(status)
  }
}
console.error(
  'From here on the program is `node bin/run.js` in this folder; `npm link` makes it `benchmark` everywhere.',
)
