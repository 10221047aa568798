import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConcordanceDocument } from '../../src/generated/concordance.ts'
import type { ScoreDocument } from '../../src/generated/score.ts'
import type { VocabularyListDocument } from '../../src/generated/vocabulary-list.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, type CliResult, tempDir } from '../support/harness.ts'
import { vocabularyFixture } from '../support/small-vocabulary.ts'

const dir = tempDir('vocabulary command')
const OBO = vocabularyFixture('small.obo')
const NCBI = vocabularyFixture('ncbi.tsv')

/** A project with a truth and the reports of two tools that name the genes differently. */
const project = (): string => {
  const root = mkdtempSync(join(dir, 'project '))
  mkdirSync(join(root, '.benchmark'))
  const table = (name: string, ...rows: string[]): void =>
    writeFileSync(join(root, name), `${rows.map((row) => row.replaceAll(' ', '\t')).join('\n')}\n`)
  table('truth.tsv', 'sample gene_symbol', 'S1 TEM-1', 'S1 tet(A)', 'S2 tet(B)')
  table('one.tsv', 'sample gene_symbol contig', 'S1 blaTEM-1B c', 'S1 tet(B) c', 'S2 tet(B) c')
  table('two.tsv', 'sample gene_symbol contig', 'S1 TEM-1 c', 'S1 tetA c', 'S2 TEM-52 c')
  return root
}
const run = (cwd: string, ...argv: string[]): Promise<CliResult> => benchmark(argv, { cwd })
const COLUMNS = ['--format', 'tsv', '--columns', 'sample=sample,gene_symbol=gene_symbol,contig=contig']
const score = async (cwd: string, ...argv: string[]): Promise<ScoreDocument> => {
  const result = await run(
    cwd,
    'score',
    '--truth',
    'truth.tsv',
    '--prediction',
    'one.tsv',
    ...COLUMNS,
    ...argv,
    '--json',
  )
  expect(result.exit, result.stderr).toBe(0)
  expect(documentErrors(result.json())).toEqual([])
  return result.json() as ScoreDocument
}
const listed = async (cwd: string): Promise<VocabularyListDocument> => {
  const result = await run(cwd, 'vocabulary', 'list', '--json')
  expect(documentErrors(result.json())).toEqual([])
  return result.json() as VocabularyListDocument
}
const cache = (cwd: string): string => join(cwd, '.benchmark/cache/vocabulary')

describe('benchmark vocabulary', () => {
  test('what was added is listed; the same again changes nothing, another of its kind takes its place', async () => {
    const cwd = project()
    expect((await run(cwd, 'vocabulary', 'list')).stdout).toContain('benchmark vocabulary add')
    expect((await listed(cwd)).comparability).toBe('none')
    const added = await run(cwd, 'vocabulary', 'add', OBO, NCBI, '--json')
    expect(documentErrors(added.json())).toEqual([])
    expect(added.json()).toMatchObject({
      files: [
        { kind: 'ontology', name: 'aro', entries: 18, version: '2026-01-05', state: 'added', file: 'small.obo' },
        { kind: 'mapping', name: 'ncbi', entries: 2, weak: 1, version: null, state: 'added' },
      ],
    })
    const index = readFileSync(join(cache(cwd), 'index.json'), 'utf8')
    expect((await run(cwd, 'vocabulary', 'add', NCBI)).stdout).toContain('already there, nothing changed')
    expect(readFileSync(join(cache(cwd), 'index.json'), 'utf8')).toBe(index)

    writeFileSync(join(cwd, 'newer.obo'), readFileSync(OBO, 'utf8').replace('date: 05:01:2026', 'date: 06:02:2026'))
    const newer = await run(cwd, 'vocabulary', 'add', 'newer.obo')
    expect(newer.stdout).toContain('takes the place of small.obo, version 2026-01-05')
    const { sources } = await listed(cwd)
    expect(sources.map(({ name, version }) => [name, version])).toEqual([
      ['aro', '2026-02-06'],
      ['ncbi', null],
    ])
    expect((await run(cwd, 'vocabulary', 'list')).stdout).toMatch(/aro +ontology +18 terms +2026-02-06 .*CC BY 4\.0/)
  })

  test('a bad file stores nothing, not even the good one beside it, and all faults are told', async () => {
    const cwd = project()
    writeFileSync(join(cwd, 'bad.obo'), '[Term]\nid: ARO:0000001\nname: x\nis_a: ARO:0000002\n')
    writeFileSync(join(cwd, 'bad.tsv'), 'a\tb\n')
    const result = await run(cwd, 'vocabulary', 'add', NCBI, 'bad.obo', 'bad.tsv')
    expect(result.exit).toBe(4)
    expect(result.stderr).toContain('bad.obo:4:1: ARO:0000001 is_a ARO:0000002, which is no term of this file.')
    expect(result.stderr).toContain('bad.tsv:1:1')
    expect(existsSync(cache(cwd))).toBe(false)
    expect((await run(cwd, 'vocabulary', 'add', 'nowhere.obo')).exit).toBe(3)
    expect((await run(cwd, 'vocabulary', 'add')).exit).toBe(2)
    const damaged = await run(cwd, 'vocabulary', 'add', 'bad.obo', '--json')
    expect(documentErrors(damaged.json())).toEqual([])
  })

  test('two different files of one kind at once are refused', async () => {
    const cwd = project()
    writeFileSync(join(cwd, 'other.obo'), `${readFileSync(OBO, 'utf8')}! changed\n`)
    const result = await run(cwd, 'vocabulary', 'add', OBO, 'other.obo')
    expect(result.exit).toBe(2)
    expect(existsSync(cache(cwd))).toBe(false)
  })
})

describe('scores with a vocabulary', () => {
  test('name it in their key, and levels become scorable', async () => {
    const cwd = project()
    const value = (scored: ScoreDocument, level: string): unknown => {
      const found = scored.values.find(
        (one) => one.sample === 'S1' && one.metric === 'sensitivity' && one.level === level,
      )
      return found?.value ?? found?.reason
    }
    const before = await score(cwd)
    expect(before.comparability['vocabulary']).toBe('none')
    expect([value(before, 'gene'), value(before, 'mechanism'), value(before, 'drug_class')]).toEqual([
      0.5,
      'not_applicable',
      'not_applicable',
    ])
    await run(cwd, 'vocabulary', 'add', OBO, NCBI)
    const after = await score(cwd)
    expect(after.comparability['vocabulary']).toBe((await listed(cwd)).comparability)
    expect([value(after, 'gene'), value(after, 'mechanism'), value(after, 'drug_class')]).toEqual([0.5, 1, 1])
    expect(after.matches).toBeUndefined()
  })

  test('--matches and --explain tell what was compared and why not', async () => {
    const cwd = project()
    await run(cwd, 'vocabulary', 'add', OBO)
    const { matches, explanations } = await score(cwd, '--matches', '--level', 'gene')
    expect(explanations).toBeUndefined()
    expect(matches?.map(({ sample, status, key, rung }) => [sample, status, key, rung])).toEqual([
      ['S1', 'TP', 'ARO:9000102', 'ontology_name'],
      ['S1', 'FN', 'ARO:9000201', 'ontology_name'],
      ['S1', 'FP', 'ARO:9000202', 'ontology_name'],
      ['S2', 'TP', 'ARO:9000202', 'ontology_name'],
    ])
    expect((await score(cwd, '--explain', '--level', 'gene')).explanations).toMatchObject([
      { prediction: 'one', sample: 'S1', call_symbol: 'tet(B)', call_line: 3, truth_symbol: 'tet(A)', truth_line: 3 },
    ])
    const text = await run(cwd, 'score', '--truth', 'truth.tsv', '--prediction', 'one.tsv', ...COLUMNS, '--explain')
    expect(text.stdout).toContain('tet(B) (line 3) is wrong, tet(A) (line 3) is missed: the names differ in 1 of 4')
    const wrong = await run(
      cwd,
      'score',
      '--type',
      'diversity-analysis',
      '--truth',
      'x',
      '--prediction',
      'y',
      '--explain',
    )
    expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining('--explain: it has no meaning')])
  })

  test('--aliases joins names, and its faults are named with their line', async () => {
    const cwd = project()
    writeFileSync(join(cwd, 'aliases.tsv'), 'alias\tcanonical\ntet(B)\ttet(A)\n')
    const scored = await score(cwd, '--aliases', 'aliases.tsv', '--matches', '--level', 'gene')
    // S1 holds tet(A), reported as tet(B): joined by the alias, on both sides.
    expect(scored.matches?.map(({ sample, status, rung }) => [sample, status, rung])).toEqual([
      ['S1', 'TP', 'symbol'],
      ['S1', 'TP', 'alias'],
      ['S2', 'TP', 'alias'],
    ])
    writeFileSync(join(cwd, 'aliases.tsv'), 'alias\tcanonical\ntet(B)\n')
    const result = await run(
      cwd,
      'score',
      '--truth',
      'truth.tsv',
      '--prediction',
      'one.tsv',
      '--aliases',
      'aliases.tsv',
    )
    expect([result.exit, result.stderr]).toEqual([
      2,
      expect.stringContaining('--aliases: aliases.tsv:2: The canonical name is missing.'),
    ])
  })

  test('a stored source that is damaged or gone stops the scoring', async () => {
    const cwd = project()
    await run(cwd, 'vocabulary', 'add', OBO)
    const stored = readdirSync(cache(cwd)).find((name) => name !== 'index.json') ?? ''
    const argv = ['score', '--truth', 'truth.tsv', '--prediction', 'one.tsv', ...COLUMNS]
    writeFileSync(join(cache(cwd), stored), '{"format": 1')
    expect(await run(cwd, ...argv)).toMatchObject({ exit: 6, stderr: expect.stringContaining('is damaged') as string })
    // Adding it again mends it.
    await run(cwd, 'vocabulary', 'add', OBO)
    expect((await run(cwd, ...argv)).exit).toBe(0)
    rmSync(join(cache(cwd), stored))
    expect(await run(cwd, ...argv)).toMatchObject({ exit: 3, stderr: expect.stringContaining('SHA-256') as string })
  })

  test('a run freezes the vocabulary it was planned with', async () => {
    const cwd = project()
    mkdirSync(join(cwd, '.benchmark/pipelines'))
    writeFileSync(
      join(cwd, '.benchmark/config.yaml'),
      [
        'benchmark:',
        '  project: {name: names, type: amr-detection}',
        '  pipelines:',
        '    - name: copy',
        `      command: "cp ${join(cwd, 'one.tsv').replaceAll(' ', '\\\\ ')} {outdir}/hits.tsv"`,
        '      scope: dataset',
        '      outputs: [{format: tsv, path: hits.tsv, columns: {sample: sample, gene_symbol: gene_symbol, contig: contig}}]',
        '',
      ].join('\n'),
    )
    cpSync(OBO, join(cwd, 'one.fa'))
    writeFileSync(join(cwd, 'samples.csv'), 'sample,fasta\nS1,one.fa\nS2,one.fa\n')
    await run(cwd, 'vocabulary', 'add', OBO)
    const key = (await listed(cwd)).comparability
    const result = await run(cwd, 'run', '--input', 'samples.csv', '--truth', 'truth.tsv', '--output', 'out', '--json')
    expect(result.exit, result.stderr).toBe(0)
    const document = result.json() as { executions: { state: string }[] }
    expect(document.executions.map(({ state }) => state)).toEqual(['succeeded'])
    const plan = JSON.parse(readFileSync(join(cwd, 'out/plan.json'), 'utf8')) as {
      scoring: { vocabulary: { sources: { kind: string; name: string; sha256: string }[] } }
    }
    expect(plan.scoring.vocabulary.sources).toMatchObject([{ kind: 'ontology', name: 'aro' }])
    const metadata = JSON.parse(readFileSync(join(cwd, 'out/metadata.json'), 'utf8')) as {
      comparability: Record<string, string>
    }
    expect(metadata.comparability['vocabulary']).toBe(key)
  })
})

describe('score without a truth', () => {
  const compare = async (cwd: string, ...argv: string[]): Promise<ConcordanceDocument> => {
    const result = await run(
      cwd,
      'score',
      '--prediction',
      'one.tsv',
      '--prediction',
      'two.tsv',
      ...COLUMNS,
      ...argv,
      '--json',
    )
    expect(result.exit, result.stderr).toBe(0)
    expect(documentErrors(result.json())).toEqual([])
    return result.json() as ConcordanceDocument
  }

  test('compares the outputs with each other', async () => {
    const cwd = project()
    const plain = await compare(cwd, '--level', 'gene')
    expect(plain.samples).toEqual(['S1', 'S2'])
    // S1: {tem1, tetb} and {tem1, teta}; S2: {tetb} and {tem52}.
    expect(plain.pairs.map(({ sample, jaccard }) => [sample, jaccard])).toEqual([
      ['S1', 1 / 3],
      ['S2', 0],
    ])
    expect(plain.summary).toMatchObject([{ left: 'one', right: 'two', jaccard: 1 / 6, n: 2, n_expected: 2 }])
    expect(plain.sets).toMatchObject([
      { sample: 'S1', union: 3, majority: 1, intersection: 1 },
      { sample: 'S2', union: 2, majority: 0, intersection: 0 },
    ])
    expect(plain.warnings.join(' ')).toContain('by their spelling alone')
    await run(cwd, 'vocabulary', 'add', OBO)
    const families = await compare(cwd, '--level', 'family')
    expect(families.pairs.map(({ jaccard }) => jaccard)).toEqual([1, 0])
    expect(families.comparability['vocabulary']).toContain('ontology:aro:')
    const text = await run(cwd, 'score', '--prediction', 'one.tsv', '--prediction', 'two.tsv', ...COLUMNS)
    expect(text.stdout).toContain('tools may agree on what is wrong')
  })

  test('with a truth it is asked for, and the samples are the truth’s', async () => {
    const cwd = project()
    expect((await compare(cwd, '--truth', 'truth.tsv', '--concordance', '--sample', 'S2')).samples).toEqual(['S2'])
    const forced = await compare(cwd, '--truth', 'truth.tsv', '--concordance')
    expect(forced.samples).toEqual(['S1', 'S2'])
  })

  test('one output alone, or a type that needs a truth, is refused with what to do', async () => {
    const cwd = project()
    const alone = await run(cwd, 'score', '--prediction', 'one.tsv', ...COLUMNS)
    expect([alone.exit, alone.stderr]).toEqual([2, expect.stringContaining('Pass --truth')])
    const profile = await run(cwd, 'score', '--type', 'diversity-analysis', '--prediction', 'one.tsv')
    expect([profile.exit, profile.stderr]).toEqual([2, expect.stringContaining('Pass --truth')])
  })
})
