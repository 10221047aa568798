import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** The parts of a GitHub workflow our templates use. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': unknown }
  readonly jobs: Readonly<Record<string, Job>>
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly if?: string
  readonly needs?: string
  readonly steps: readonly Step[]
}
interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string | number>>
  readonly with?: Readonly<Record<string, unknown>>
}

/** What `${{ … }}` stands for, by its words. */
export type Expressions = Readonly<Record<string, string>>

/** Fills expressions in; throws for one that nobody gave a value. `a || b`: the first that is not empty. */
export const filled = (text: string, expressions: Expressions): string =>
  text.replaceAll(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const values = expression.split(' || ').map((one) => valueOf(one, expressions))
    return values.find((value) => value !== '') ?? ''
  })

/** Whether a condition of our templates holds: terms joined by `&&`. */
export const holds = (condition: string | undefined, expressions: Expressions, isFailed: boolean): boolean => {
  if (condition === undefined) return !isFailed
  const terms = condition.replace(/^\$\{\{ (.*) \}\}$/, '$1').split(' && ')
  if (!terms.includes('!cancelled()') && isFailed) return false
  return terms.every((term) => {
    if (term === '!cancelled()') return true
    const [left = '', right = ''] = term.split(' == ')
    return valueOf(left, expressions) === valueOf(right, expressions)
  })
}

const valueOf = (word: string, expressions: Expressions): string => {
  if (/^'.*'$/.test(word)) return word.slice(1, -1)
  const value = expressions[word]
  if (value === undefined) throw new Error(`nobody said what ${word} is`)
  return value
}

export interface StepResult {
  readonly name: string
  readonly exit: number
  readonly output: string
}

/** Runs a script as GitHub's runner does. */
export const runScript = (
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Omit<StepResult, 'name'>> =>
  new Promise((resolve) => {
    const file = join(mkdtempSync(join(tmpdir(), 'benchmark step ')), 'script.sh')
    writeFileSync(file, script)
    execFile(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', file],
      { cwd, env: { ...env } },
      (error, stdout, stderr) => {
        rmSync(dirname(file), { recursive: true })
        const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ exit, output: `${stdout}${stderr}` })
      },
    )
  })
