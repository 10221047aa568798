import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCommand, splitCommand } from '../../src/core/split-command.ts'

const words = (text: string): readonly string[] => {
  const result = splitCommand(text)
  if ('failure' in result) throw new Error(result.failure.message)
  return result.words
}
const failure = (text: string): { message: string; hint: string; offset: number } => {
  const result = splitCommand(text)
  if ('words' in result) throw new Error(`split into ${JSON.stringify(result.words)}`)
  return result.failure
}

describe('splitCommand', () => {
  test('the command of the documentation becomes its argv', () => {
    expect(words('kma -ipe {reads_1} {reads_2} -t_db {db:resfinder} -o {outdir}/kma -1t1')).toEqual([
      'kma',
      '-ipe',
      '{reads_1}',
      '{reads_2}',
      '-t_db',
      '{db:resfinder}',
      '-o',
      '{outdir}/kma',
      '-1t1',
    ])
  })

  test('quotes group, join with their neighbours, and can be empty', () => {
    expect(words(`blastn -outfmt "6 qseqid sseqid" --x='a b'c '' "it's"`)).toEqual([
      'blastn',
      '-outfmt',
      '6 qseqid sseqid',
      '--x=a bc',
      '',
      "it's",
    ])
  })

  test('a backslash takes the next character literally, inside double quotes only before a quote or itself', () => {
    expect(words(String.raw`a\ b "c\"d" "e\nf" 'g\h'`)).toEqual(['a b', 'c"d', String.raw`e\nf`, String.raw`g\h`])
  })

  test('nothing is expanded: variables, globs, tildes and line breaks in quotes stay', () => {
    expect(words('echo $HOME *.fa ~ "two\nlines"')).toEqual(['echo', '$HOME', '*.fa', '~', 'two\nlines'])
  })

  test.each([
    ['kma -o x > log', 9, 'stdout: FILE'],
    ['a | b', 2, 'shell: bash'],
    ['a && b', 2, 'shell: bash'],
    ['a; b', 1, 'shell: bash'],
    ['a $(b)', 2, 'shell: bash'],
    ['a `b`', 2, 'shell: bash'],
  ])('%s needs a shell, and the message says what to do', (text, offset, hint) => {
    expect(failure(text).offset).toBe(offset)
    expect(failure(text).hint).toContain(hint)
  })

  test('unclosed quotes, a lone backslash and an empty command are named with their place', () => {
    expect(failure('a "b')).toMatchObject({ offset: 2, message: '" is never closed.' })
    expect(failure("a 'b")).toMatchObject({ offset: 2 })
    expect(failure('a \\')).toMatchObject({ offset: 2 })
    expect(failure('  \n ')).toMatchObject({ offset: 0, message: 'The command is empty.' })
  })

  test('any argv survives being shown and read back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (argv) => {
        expect(words(formatCommand(argv))).toEqual(argv)
      }),
    )
  })

  test('any text either splits or says where it cannot', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '|', '>', '$', '(', '\n') }), (text) => {
        const result = splitCommand(text)
        if ('failure' in result) expect(result.failure.offset).toBeLessThanOrEqual(text.length)
        else expect(result.words.length).toBeGreaterThan(0)
      }),
    )
  })
})
