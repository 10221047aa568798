// From a fresh clone to a verdict: installs the packages, builds, lints and runs every test.
// The last line is `N passed, N failed`; a step that fails before there are tests to count counts as one failure.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages, npm } from './installed-packages.mjs'

const finish = (passed, failed) => {
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

if (installPackages() !== 0) finish(0, 1)
if (npm(['run', '--silent', 'build']) !== 0) finish(0, 1)
const isLintClean = npm(['run', '--silent', 'lint']) === 0

const folder = mkdtempSync(join(tmpdir(), 'benchmark-verify-'))
const report = join(folder, 'tests.json')
const status = npm(
  ['exec', '--no', '--', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  { BENCHMARK_TEST_BUILT: '1' },
)
const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
rmSync(folder, { recursive: true, force: true })

const passed = results?.numPassedTests ?? 0
// A file that cannot be loaded has no tests that could fail.
const brokenFiles = (results?.testResults ?? []).filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
)
let failed = (results?.numFailedTests ?? 0) + brokenFiles.length
if (status !== 0 && failed === 0) failed = 1
if (!isLintClean) {
  failed++
  console.log('Lint found something; it is above, before the tests.')
}
const skipped = results?.numPendingTests ?? 0
if (skipped > 0) console.log(`${skipped} skipped: their names say what they need`)
finish(passed, failed)
