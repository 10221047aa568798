import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Tests of commands run the built program; build it unless the caller has just done so. */
export default (): void => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  if (process.env['BENCHMARK_TEST_BUILT'] === '1' && existsSync(`${root}/dist/index.js`)) return
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
  // Every project of the configuration comes here, one after the other.
  process.env['BENCHMARK_TEST_BUILT'] = '1'
}
