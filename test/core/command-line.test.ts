import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  databaseNames,
  fillPlaceholders,
  fillText,
  missingDatabases,
  unknownPlaceholders,
  unplacedParameters,
} from '../../src/core/command-line.ts'
import { escapeTemplate, parseTemplate } from '../../src/core/placeholders.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { shellTemplate } from '../../src/core/shell-script.ts'

type Fillable = Pick<Pipeline, 'command' | 'databases'>
const argvOf = (...words: string[]): Fillable => ({ command: { kind: 'argv', words }, databases: { res: '/db/all' } })
const script = (source: string, shell = 'bash'): Fillable => ({
  command: { kind: 'shell', shell, script: source },
  databases: {},
})
const filled = (
  pipeline: Fillable,
  builtIn: Record<string, string | number | null>,
  params: Record<string, string | number | boolean> = {},
): readonly string[] => {
  const result = fillPlaceholders(pipeline, { builtIn, params })
  if (result.kind === 'missing') throw new Error(`missing ${result.placeholders.join(' ')}`)
  return result.argv
}
const print = 'printf "[%s]" '
const runs = (argv: readonly string[]): string => execFileSync(argv[0]!, argv.slice(1), { encoding: 'utf8' })

describe('placeholders in an argv', () => {
  test('built-in names, databases and parameters with or without prefix are filled', () => {
    expect(
      filled(
        argvOf('kma', '{reads_1}', '-t', '{threads}', '-db={db:res}', '{param:id}', 'x{id}y'),
        { reads_1: '/r 1.fq', threads: 4 },
        { id: 0.9 },
      ),
    ).toEqual(['kma', '/r 1.fq', '-t', '4', '-db=/db/all', '0.9', 'x0.9y'])
  })

  test('an empty placeholder takes its word and the option before it away', () => {
    const command = argvOf('t', '-1', '{reads_1}', '-2', '{reads_2}', '--config', '{config}', '--last')
    expect(filled(command, { reads_1: 'a', reads_2: null, config: null })).toEqual(['t', '-1', 'a', '--last'])
  })

  test('only an option goes with it: a value or another placeholder before it stays', () => {
    expect(filled(argvOf('kma', '-ipe', '{reads_1}', '{reads_2}'), { reads_1: 'a', reads_2: null })).toEqual([
      'kma',
      '-ipe',
      'a',
    ])
    expect(filled(argvOf('t', 'sub', '{reads_2}'), { reads_2: null })).toEqual(['t', 'sub'])
    expect(filled(argvOf('t', '--x', '{reads_1}', '{reads_2}'), { reads_1: null, reads_2: null })).toEqual(['t'])
  })

  test('what is not known, or empty in the middle of a word, is named instead of left out', () => {
    const result = fillPlaceholders(argvOf('t', '{nope}', '{db:card}', '--c={config}', '{param:q}'), {
      builtIn: { config: null },
      params: {},
    })
    expect(result).toEqual({ kind: 'missing', placeholders: ['{nope}', '{db:card}', '{config}', '{param:q}'] })
  })

  test('a parameter that is the empty text is a value', () => {
    expect(filled(argvOf('t', '-x', '{q}'), {}, { q: '' })).toEqual(['t', '-x', ''])
  })

  test('{params} becomes the parameters without a place of their own, by name', () => {
    expect(
      filled(argvOf('nf', '-profile', '{profile}', '{params}'), {}, { skip_b: true, profile: 'docker', a_min: 5 }),
    ).toEqual(['nf', '-profile', 'docker', '--a_min', '5', '--skip_b', 'true'])
  })

  test('{{name}}, ${name} and other braces are text', () => {
    expect(filled(argvOf('awk', '{{print}}', '${HOME}', '{a,b}', '{ }', '{"x":{"y":1}}'), {})).toEqual([
      'awk',
      '{print}',
      '${HOME}',
      '{a,b}',
      '{ }',
      '{"x":{"y":1}}',
    ])
  })

  test('no value is ever read again, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (file, param) => {
        const hostile = `{sample} "$(x)" ${file}`
        expect(
          filled(argvOf('t', '{fasta}', 'a{param:p}b', '{sample}'), { fasta: hostile, sample: 's' }, { p: param }),
        ).toEqual(['t', hostile, `a${param}b`, 's'])
      }),
    )
  })

  test('names of Object.prototype are not values', () => {
    expect(fillPlaceholders(argvOf('{constructor}', '{db:toString}'), { builtIn: {}, params: {} }).kind).toBe('missing')
  })

  test('an escaped value reads back as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', '$', ':', 'db') }), (value) => {
        expect(parseTemplate(escapeTemplate(value)).map(String).join('')).toBe(value)
      }),
    )
  })
})

describe('placeholders in a shell script', () => {
  test('values reach the programs unchanged: unquoted, in double quotes, in $(…)', () => {
    const source = `${print}{fasta} "{fasta}" "$(printf %s "{fasta}")" x{fasta}y`
    for (const shell of ['bash', 'sh'])
      fc.assert(
        fc.property(fc.string({ minLength: 1 }), (text) => {
          // A shell drops line breaks at the end of $(…), as everywhere.
          const value = `$(exit 9)'"\`; ${text.replaceAll('\0', '')}.`
          expect(runs(filled(script(source, shell), { fasta: value }))).toBe(
            `[${value}][${value}][${value}][x${value}y]`,
          )
        }),
        { numRuns: 25 },
      )
  })

  test('an empty placeholder outside of quotes leaves no argument', () => {
    expect(runs(filled(script(`${print}a {reads_2} b`), { reads_2: null }))).toBe('[a][b]')
  })

  test('the script sees no arguments and its own variables work', () => {
    expect(runs(filled(script('x=1; printf "%s %s %s" "$#" "${x}" "{sample}"'), { sample: 's' }))).toBe('0 1 s')
  })

  test('more than nine values keep apart', () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`)
    const params = Object.fromEntries(names.map((name) => [name, `v-${name}`]))
    expect(runs(filled(script(`printf "%s " ${names.map((name) => `{${name}}`).join(' ')}`), {}, params))).toBe(
      names.map((name) => `v-${name} `).join(''),
    )
  })

  test('a failing step fails the whole script, also inside a pipe', () => {
    expect(() => runs(filled(script('false; echo reached'), {}))).toThrow()
    expect(() => runs(filled(script('false | cat; echo reached'), {}))).toThrow()
  })

  test('placeholders where a shell expands nothing are reported; comments and awk programs do not confuse that', () => {
    const { unreachable } = shellTemplate(`# don't worry\nawk '{print $1}' "{fasta}" '{sample}'`)
    expect(unreachable.map(({ written }) => written)).toEqual(['{sample}'])
  })

  test('an unknown placeholder is named', () => {
    expect(fillPlaceholders(script('echo {raeds_1}'), { builtIn: {}, params: {} })).toEqual({
      kind: 'missing',
      placeholders: ['{raeds_1}'],
    })
  })
})

describe('what a command needs', () => {
  test('databases are listed once and the missing ones told apart', () => {
    const pipeline = argvOf('{db:res}', '{db:card}/x', '{db:card}')
    expect(databaseNames(pipeline.command)).toEqual(['card', 'res'])
    expect(missingDatabases(pipeline)).toEqual(['card'])
  })

  test('unknown placeholders come with the nearest known name', () => {
    expect(unknownPlaceholders('{raeds_1} {param:min_idd} {zzz} {fasta} {min_id} {db:any}', ['min_id'])).toEqual([
      { written: '{raeds_1}', suggestion: '{reads_1}' },
      { written: '{param:min_idd}', suggestion: '{param:min_id}' },
      { written: '{zzz}', suggestion: null },
    ])
  })

  test('parameters that change nothing are found', () => {
    expect(unplacedParameters(argvOf('{a}', '{param:b}'), { a: 1, b: 2, c: 3 })).toEqual(['c'])
  })

  test('texts beside the command are filled or refused as a whole', () => {
    const values = { builtIn: { sample: 'S1', group: null }, params: {} }
    expect(fillText('arg/{sample}.tsv', argvOf('x'), values)).toBe('arg/S1.tsv')
    expect(fillText('{group}/x', argvOf('x'), values)).toBeNull()
  })
})
