import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'
import { type Counts, naiveTruth, symbolsIn } from '../support/independent-scores.ts'
import { missingTools, resfinderDatabase } from '../support/installed-tools.ts'
import { expectScoresToBeRight, outputsOf, type RunJson } from '../support/run-document.ts'

const missing = missingTools(['kma', 'blastn', '/usr/bin/run_resfinder.py', 'art_illumina', resfinderDatabase])

describe.skipIf(missing.length > 0)(
  `KMA, ResFinder and blastn on simulated samples (not installed here: ${missing.join(', ') || 'nothing'})`,
  () => {
    const project = tempDir('real tools')
    let run: RunJson
    let counts: Map<string, Map<string, Counts>>

    const rawCalls = ({ id, pipeline }: RunJson['executions'][number]): Set<string> => {
      const folder = outputsOf(project, run, id)
      if (pipeline === 'kma') return symbolsIn(join(folder, 'kma.res'), 0, { hasHeader: true })
      if (pipeline === 'plain_blastn') return symbolsIn(join(folder, 'hits.tsv'), 1, { hasHeader: false })
      return symbolsIn(join(folder, 'ResFinder_results_tab.txt'), 0, { hasHeader: true })
    }
    const nameOf = ({ pipeline, params }: { pipeline: string; params: Readonly<Record<string, unknown>> }): string =>
      pipeline === 'plain_blastn' ? `blastn@${String(params['min_identity'])}` : pipeline
    const total = (name: string, field: keyof Counts): number =>
      [...counts.get(name)!.values()].reduce((sum, entry) => sum + entry[field], 0)
    const inserts = (): Record<string, string>[] => {
      const [header = '', ...lines] = readFileSync(join(project, 'inserts.tsv'), 'utf8').trimEnd().split('\n')
      return lines.map((line) =>
        Object.fromEntries(header.split('\t').map((name, index) => [name, line.split('\t')[index] ?? ''])),
      )
    }
    const settingText = (params: Readonly<Record<string, unknown>>): string =>
      Object.entries(params)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(' ')
    const symbol = (reference: string): string => reference.replace(/_\d+_[A-Za-z0-9_.]+$/, '')

    beforeAll(async () => {
      const script = join(packageRoot, 'scripts', 'make-amr-dataset.ts')
      execFileSync(process.execPath, ['--import', 'tsx', script, '--out', project], { cwd: packageRoot })
      const result = await benchmark(['run', '--json', '--seed', '7'], { cwd: project })
      expect(result.stderr).not.toMatch(/Error/)
      expect(result.exit).toBe(0)
      run = result.json() as RunJson
    }, 240_000)

    test('three tools in four settings succeed on all eight samples, with versions, time and memory', () => {
      expect(run).toMatchObject({ schema: 'benchmark.run/1', state: 'completed' })
      expect(run.executions).toHaveLength(32)
      for (const { state, reason, version, resources } of run.executions) {
        expect({ state, reason }).toEqual({ state: 'succeeded', reason: null })
        expect(version).toMatch(/^\d+\.\d+/)
        expect(resources!.wall_seconds).toBeGreaterThan(0)
      }
      // KMA may be gone before its memory is looked at for the first time: then there is no figure, and no 0 either.
      const memory = run.executions.map(({ resources }) => resources!.peak_rss_bytes)
      expect(memory.filter((bytes) => bytes !== null && bytes > 1e6).length).toBeGreaterThan(8)
      expect(memory).not.toContain(0)
    })

    test('every gene-level score equals an independent count of the raw outputs', () => {
      counts = expectScoresToBeRight(run, naiveTruth(join(project, 'truth.tsv')), rawCalls, nameOf)
      expect([...counts.keys()].sort()).toEqual(['blastn@80', 'blastn@98', 'kma', 'resfinder'])
      // Guards against counting nothing on both sides: the truth has 43 symbols in seven samples and one empty sample.
      for (const name of counts.keys()) expect(total(name, 'tp') + total(name, 'fn')).toBe(43)
    })

    test('blastn at 98 % misses exactly the alleles below 98 %; at 80 % it finds every gene', () => {
      expect(total('blastn@80', 'fn')).toBe(0)
      const below = inserts().filter(({ kind, identity }) => kind !== 'decoy' && Number(identity) < 97.99)
      const expected = new Set(below.map(({ sample, reference }) => `${sample} ${symbol(reference!)}`))
      const missed = new Set<string>()
      for (const execution of run.executions.filter((entry) => nameOf(entry) === 'blastn@98')) {
        const called = rawCalls(execution)
        for (const [gene, isThere] of naiveTruth(join(project, 'truth.tsv')).get(execution.sample)!)
          if (isThere && !called.has(gene)) missed.add(`${execution.sample} ${gene}`)
      }
      expect(expected.size).toBeGreaterThan(8)
      expect([...missed].sort()).toEqual([...expected].sort())
    })

    test('blastn, which asks for no coverage, takes conserved domains for genes; ResFinder does not', () => {
      const samplesWithGenes = 7
      expect(total('blastn@80', 'fp')).toBe(samplesWithGenes)
      expect(total('resfinder', 'fp')).toBe(0)
      expect(total('resfinder', 'fn')).toBe(0)
    })

    test('KMA misses genes at depths 1 and 3, most of all at 1: thin coverage is what costs reads their sensitivity', () => {
      const depthOf = new Map(
        inserts()
          .filter(({ kind }) => kind !== 'decoy')
          .map(({ sample, reference, depth }) => [`${sample} ${symbol(reference!)}`, Number(depth)]),
      )
      const missedDepths: number[] = []
      for (const execution of run.executions.filter(({ pipeline }) => pipeline === 'kma')) {
        const called = rawCalls(execution)
        for (const [gene, isThere] of naiveTruth(join(project, 'truth.tsv')).get(execution.sample)!)
          if (isThere && !called.has(gene)) missedDepths.push(depthOf.get(`${execution.sample} ${gene}`)!)
      }
      const missedAt = (depth: number): number => missedDepths.filter((one) => one === depth).length
      expect(missedAt(1)).toBeGreaterThan(0)
      expect(missedAt(1)).toBeGreaterThan(missedAt(3))
      expect(missedDepths).toHaveLength(missedAt(1) + missedAt(3))
      const byDepth = run.summary.filter(
        ({ pipeline, metric, level }) =>
          pipeline === 'kma' && level === 'gene' && /^sensitivity_depth_(1_5|10_30)$/.test(metric),
      )
      const [low, high] = ['sensitivity_depth_1_5', 'sensitivity_depth_10_30'].map(
        (metric) => byDepth.find((entry) => entry.metric === metric)?.value,
      )
      expect(high).toBe(1)
      expect(low).toBeLessThan(1)
    })

    test('the documented example shows the numbers of this run', () => {
      const page = readFileSync(join(packageRoot, 'docs', 'example-real-tools.md'), 'utf8')
      const rows = page.split('\n').filter((line) => /^\| \S+ \d/.test(line))
      expect(rows).toHaveLength(4)
      for (const row of rows) {
        const [tool = '', setting = '', ...documented] = row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim())
        const [pipeline, version] = tool.split(' ')
        const own = run.executions.find((entry) => entry.pipeline === pipeline && settingText(entry.params) === setting)
        expect(own, row).toBeDefined()
        // Another release of a tool may well find something else.
        if (own!.version !== version) continue
        const actual = ['sensitivity', 'precision', 'f1_score', 'specificity'].map((metric) => {
          const entry = run.summary.find(
            (one) =>
              one.pipeline === pipeline &&
              settingText(one.params) === setting &&
              one.metric === metric &&
              one.level === 'gene' &&
              one.method.aggregation === 'macro',
          )
          return entry!.value!.toFixed(3)
        })
        expect(actual, row).toEqual(documented)
      }
    })

    test('nothing is found in the sample without genes, which scores specificity 1 and no sensitivity', () => {
      for (const { scores } of run.executions.filter(({ sample }) => sample === 's03')) {
        const gene = scores.filter(({ level }) => level === 'gene')
        expect(gene.find(({ metric }) => metric === 'specificity')).toMatchObject({ value: 1 })
        expect(gene.find(({ metric }) => metric === 'sensitivity')).toMatchObject({
          value: null,
          reason: 'undefined_0/0',
        })
      }
    })
  },
)
