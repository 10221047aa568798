// From a fresh clone to a verdict: installs the packages, builds, lints and runs every test.
// The last line is `N passed, N failed`; a step that fails before there are tests to count counts as one failure.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { installPackages, npm } from './installed-packages.mjs'

// More broken files than this are no disturbance by neighbours.
const LOOKED_AT_ALONE = 4

const finish = (passed, failed) => {
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

/** Runs the tests of these files (none = all) and counts them; `undefined` counts mean that there was no report. */
const runTests = (...options) => {
  const folder = mkdtempSync(join(tmpdir(), 'benchmark-verify-'))
  const report = join(folder, 'tests.json')
  const status = npm(
    [
      'exec',
      '--no',
      '--',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ].concat(options),
    { BENCHMARK_TEST_BUILT: '1' },
  )
  const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
  rmSync(folder, { recursive: true, force: true })
  const files = (results?.testResults ?? []).map(({ name, status, assertionResults }) => ({
    name,
    passed: assertionResults.filter((test) => test.status === 'passed').length,
    skipped: assertionResults.filter((test) => test.status === 'pending' || test.status === 'skipped').length,
    // A file that cannot be loaded has no tests that could fail.
    failed: assertionResults.filter((test) => test.status === 'failed').length || (status === 'failed' ? 1 : 0),
  }))
  return { isDone: results !== undefined && (status === 0 || files.some(({ failed }) => failed > 0)), files }
}

if (installPackages() !== 0) finish(0, 1)
if (npm(['run', '--silent', 'build']) !== 0) finish(0, 1)
const isLintClean = npm(['run', '--silent', 'lint']) === 0

const { isDone, files } = runTests()
const broken = files.filter(({ failed }) => failed > 0)
if (broken.length > 0 && broken.length <= LOOKED_AT_ALONE) {
  // Tests start real programs and wait for them; a neighbour that takes the whole machine can make one wait too long.
  // What fails beside others and passes alone is said, and counts as passed; what fails twice has failed.
  console.log(`\nOnce more, with nothing beside: ${broken.map(({ name }) => relative('.', name)).join(', ')}`)
  const again = runTests('--no-file-parallelism', ...broken.map(({ name }) => relative('.', name)))
  for (const file of again.files) {
    const before = files.find(({ name }) => name === file.name)
    if (!before || file.failed > 0) continue
    console.log(`NOTICE: ${relative('.', file.name)} failed beside other tests and passed alone`)
    Object.assign(before, file)
  }
}

const sum = (key) => files.reduce((total, file) => total + file[key], 0)
let failed = sum('failed')
if (!isDone && failed === 0) failed = 1
if (!isLintClean) {
  failed++
  console.log('Lint found something; it is above, before the tests.')
}
if (sum('skipped') > 0) console.log(`${sum('skipped')} skipped: their names say what they need`)
finish(sum('passed'), failed)
