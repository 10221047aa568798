import { parseTemplate, type Placeholder } from './placeholders.ts'

/** A shell script whose placeholders have become references to variables, so that no value is ever read as code. */
export interface ShellTemplate {
  readonly script: string
  /** Variable name -> the placeholder it stands for, in order of first use. */
  readonly variables: ReadonlyMap<string, Placeholder>
  /** Placeholders inside '…', where a shell expands nothing. */
  readonly unreachable: readonly Placeholder[]
}

/**
 * Replaces each placeholder by a variable reference: `${name}` inside "…", and outside of quotes a form that stays one
 * word and vanishes when the value is empty. Values travel as arguments of the shell (see `shellArgv`).
 */
export const shellTemplate = (source: string): ShellTemplate => {
  const variables = new Map<string, Placeholder>()
  const unreachable: Placeholder[] = []
  const quotes = new QuoteTracker()
  let script = ''
  for (const part of parseTemplate(source)) {
    if (typeof part === 'string') {
      quotes.read(part)
      script += part
      continue
    }
    const context = quotes.context
    if (context === 'single') {
      unreachable.push(part)
      continue
    }
    const variable = `benchmark_${part.kind}_${part.name.replaceAll(/\W/g, (sign) => `_${sign.charCodeAt(0)}_`)}`
    variables.set(variable, part)
    script += context === 'double' ? `\${${variable}}` : `\${${variable}:+"\${${variable}}"}`
    quotes.read('x')
  }
  return { script, variables, unreachable }
}

/** Strict modes: a failing step must fail the execution, not produce a short result. */
const SHELL_FLAGS: Readonly<Record<string, readonly string[]>> = {
  bash: ['-euo', 'pipefail', '-c'],
  sh: ['-eu', '-c'],
}

/** The argv that runs a filled script: values are positional arguments, copied to variables before line 1. */
export const shellArgv = (shell: string, script: string, values: readonly (readonly [string, string])[]): string[] => {
  const assignments = values.map(([variable], index) => `${variable}=\${${index + 1}}`)
  const prelude = assignments.length === 0 ? '' : `${assignments.join(' ')}; shift ${assignments.length}; `
  return [shell, ...(SHELL_FLAGS[shell] ?? ['-c']), prelude + script, shell, ...values.map(([, value]) => value)]
}

// Enough of the shell's quoting to know where a placeholder stands. A wrong guess (here-documents) can split a value at
// its blanks but never run it, since only variable references are ever inserted.
class QuoteTracker {
  // One entry for each `$(` that is open, innermost last.
  #stack: ('none' | 'double')[] = ['none']
  #single = false
  #comment = false
  #afterBlank = true

  get context(): 'none' | 'single' | 'double' {
    return this.#single ? 'single' : (this.#stack.at(-1) ?? 'none')
  }

  read(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at)
      if (this.#comment) this.#comment = character !== '\n'
      else if (this.#single) this.#single = character !== "'"
      else if (character === '\\') at++
      else if (text.startsWith('$(', at)) {
        this.#stack.push('none')
        at++
      } else this.#readPlain(character)
      this.#afterBlank = /[\s;(]/.test(character)
    }
  }

  #readPlain(character: string): void {
    const inside = this.#stack.at(-1)
    if (character === '"') this.#stack[this.#stack.length - 1] = inside === 'double' ? 'none' : 'double'
    else if (inside === 'double') return
    else if (character === "'") this.#single = true
    else if (character === '#' && this.#afterBlank) this.#comment = true
    else if (character === '(' && this.#stack.length > 1) this.#stack.push('none')
    else if (character === ')' && this.#stack.length > 1) this.#stack.pop()
  }
}
