import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ScoreDocument } from '../../src/generated/score.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'
import { missingTools } from '../support/installed-tools.ts'
import { outputsOf, type RunJson } from '../support/run-document.ts'

const missing = missingTools(['kraken2', 'kraken2-build'])
const HOST = '9606'
const MIN_READS = 2

/** One row of the truth, by the names in its header. */
type Row = Readonly<Record<string, string>>

describe.skipIf(missing.length > 0)(
  `Kraken 2 on simulated pathogens (not installed here: ${missing.join(', ') || 'nothing'})`,
  () => {
    const project = tempDir('kraken2')
    let run: RunJson
    let truth: readonly Row[]

    // Recounted from the files alone; nothing here knows how the program reads or scores them.
    const readsBySpecies = ({ id }: RunJson['executions'][number]): Map<string, number> =>
      new Map(
        readFileSync(join(outputsOf(project, run, id), 'report.kreport'), 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => line.split('\t'))
          .filter((cells) => cells[3] === 'S' && cells[4] !== HOST)
          .map((cells) => [cells[4]!, Number(cells[1])]),
      )
    const counted = (execution: RunJson['executions'][number]) => {
      const reads = readsBySpecies(execution)
      const rows = truth.filter(({ sample }) => sample === execution.sample)
      const isCalled = ({ taxid }: Row): boolean => (reads.get(taxid!) ?? 0) >= MIN_READS
      const of = (status: string, called: boolean): Row[] =>
        rows.filter((row) => row['status'] === status && isCalled(row) === called)
      const [tp, fn, fp, tn] = [of('present', true), of('present', false), of('absent', true), of('absent', false)]
      const genera = new Set([...tp, ...fn].map((row) => row['genus_taxid']))
      return {
        tp: tp.length,
        fn: fn.length,
        fp: fp.length,
        tn: tn.length,
        neighbours: fp.filter((row) => genera.has(row['genus_taxid'])).length,
        level: [...tp, ...fn].map((row) => Number(row['reads']))[0] ?? null,
      }
    }
    const ofConfidence = (confidence: number) =>
      run.executions.filter(({ params }) => params['confidence'] === confidence)
    const summary = (confidence: number, metric: string, aggregation: string, level: string | null = null) => {
      const found = run.summary.filter(
        (one) =>
          one.params['confidence'] === confidence &&
          one.metric === metric &&
          one.method.aggregation === aggregation &&
          one.level === level,
      )
      expect(found, `${metric} ${aggregation}`).toHaveLength(1)
      return found[0]!.value
    }

    beforeAll(async () => {
      const script = join(packageRoot, 'scripts', 'make-pathogen-dataset.ts')
      execFileSync(process.execPath, ['--import', 'tsx', script, '--out', project], { cwd: packageRoot })
      const result = await benchmark(['run', '--json', '--seed', '3'], { cwd: project })
      expect(result.stderr).not.toMatch(/Error/)
      expect(result.exit, result.stdout).toBe(0)
      run = result.json() as RunJson
      const [header = '', ...lines] = readFileSync(join(project, 'truth.tsv'), 'utf8').trimEnd().split('\n')
      const names = header.split('\t')
      truth = lines.map((line) => Object.fromEntries(line.split('\t').map((cell, index) => [names[index]!, cell])))
    }, 240_000)

    test('both settings succeed on all fourteen samples, without a warning', () => {
      expect(run).toMatchObject({ schema: 'benchmark.run/1', state: 'completed', warnings: [] })
      expect(run.executions).toHaveLength(28)
      expect(truth).toHaveLength(14 * 6)
      for (const { state, reason } of run.executions)
        expect({ state, reason }).toEqual({ state: 'succeeded', reason: null })
    })

    test('every count and share of every sample equals a recount of the reports', () => {
      for (const execution of run.executions) {
        const { tp, fp, fn, tn, neighbours, level } = counted(execution)
        const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
        const expected: Record<string, number | null> = {
          true_positives: tp,
          false_positives: fp,
          false_negatives: fn,
          true_negatives: tn,
          sensitivity: share(tp, tp + fn),
          precision: share(tp, tp + fp),
          specificity: share(tn, tn + fp),
          npv: share(tn, tn + fn),
          accuracy: share(tp + tn, 6),
          near_neighbour_fp: level === null ? null : neighbours,
          fp_per_negative_sample: level === null ? fp : null,
          off_panel_calls: 0,
        }
        for (const [metric, value] of Object.entries(expected)) {
          const where = `${metric} of ${execution.sample} at ${String(execution.params['confidence'])}`
          const scores = execution.scores.filter((score) => score.metric === metric)
          expect(scores, where).toHaveLength(1)
          if (value === null) expect(scores[0]!.value, where).toBeNull()
          else expect(scores[0]!.value, where).toBeCloseTo(value, 10)
        }
      }
    })

    test.each([0, 0.5])(
      'over all samples at confidence %s: micro, negatives, curve and limit of detection',
      (confidence) => {
        const all = ofConfidence(confidence).map(counted)
        const sum = (field: 'tp' | 'fp' | 'fn' | 'tn' | 'neighbours'): number =>
          all.reduce((total, one) => total + one[field], 0)
        const [tp, fp, fn, tn] = [sum('tp'), sum('fp'), sum('fn'), sum('tn')]
        expect(tp + fn).toBe(12)
        expect(tp + fp + fn + tn).toBe(84)
        expect(summary(confidence, 'sensitivity', 'micro')).toBeCloseTo(tp / 12, 10)
        expect(summary(confidence, 'precision', 'micro')).toBeCloseTo(tp / (tp + fp), 10)
        expect(summary(confidence, 'specificity', 'micro')).toBeCloseTo(tn / 72, 10)
        expect(summary(confidence, 'near_neighbour_fp', 'total')).toBe(sum('neighbours'))
        const negatives = all.filter(({ level }) => level === null)
        expect(negatives).toHaveLength(2)
        expect(summary(confidence, 'fp_per_negative_sample', 'macro')).toBeCloseTo(
          (negatives[0]!.fp + negatives[1]!.fp) / 2,
          10,
        )
        let limit: number | null = null
        for (const level of [300, 30, 6, 2]) {
          const tried = all.filter((one) => one.level === level)
          expect(tried).toHaveLength(3)
          const found = tried.filter(({ tp: hit }) => hit === 1).length
          expect(summary(confidence, 'detection_rate', 'macro', `reads=${level}`)).toBeCloseTo(found / 3, 10)
          if (found < 3) break
          limit = level
        }
        expect(limit).not.toBeNull()
        expect(summary(confidence, 'limit_of_detection', 'total')).toBe(limit)
      },
    )

    test('the stricter setting buys fewer false alarms with a higher limit of detection', () => {
      for (const [metric, how] of [
        ['near_neighbour_fp', 'total'],
        ['fp_per_negative_sample', 'macro'],
      ] as const)
        expect(summary(0.5, metric, how)!).toBeLessThan(summary(0, metric, how)!)
      expect(summary(0.5, 'limit_of_detection', 'total')!).toBeGreaterThan(summary(0, 'limit_of_detection', 'total')!)
    })

    test('the documented example shows the numbers of this run', () => {
      const rows = readFileSync(join(packageRoot, 'docs', 'pathogen-scoring.md'), 'utf8')
        .split('\n')
        .filter((line) => /^\| 0(?:\.5)? /.test(line))
        .map((line) =>
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => Number.parseFloat(cell)),
        )
      expect(rows).toHaveLength(2)
      // Another release of Kraken may well find something else.
      if (run.executions.some(({ version }) => version !== '2.1.2')) return
      for (const [confidence = 0, ...documented] of rows) {
        const [sensitivity, ...others] = [
          summary(confidence, 'sensitivity', 'micro')!,
          summary(confidence, 'near_neighbour_fp', 'total'),
          summary(confidence, 'fp_per_negative_sample', 'macro'),
          summary(confidence, 'limit_of_detection', 'total'),
        ]
        expect([Number(sensitivity.toFixed(3)), ...others]).toEqual(documented)
      }
    })

    test('scoring the reports of one setting again gives the numbers of the run', async () => {
      const predictions = ofConfidence(0.5).flatMap((execution) => [
        '--prediction',
        `kraken2=${join(outputsOf(project, run, execution.id), 'report.kreport')}`,
        '--sample',
        execution.sample,
      ])
      const values: ScoreDocument['values'] = []
      for (let at = 0; at < predictions.length; at += 4) {
        const result = await benchmark(
          [
            'score',
            '--type',
            'pathogen-detection',
            '--truth',
            'truth.tsv',
            '--json',
            '--host-taxids',
            HOST,
            '--min-reads',
            '2',
            ...predictions.slice(at, at + 4),
          ],
          { cwd: project },
        )
        expect(result.exit, result.stderr).toBe(0)
        values.push(...(result.json() as ScoreDocument).values)
        // A few samples show it; each call takes half a second.
        if (values.length > 60) break
      }
      for (const { sample, metric, level, value, reason } of values) {
        const own = ofConfidence(0.5).find((execution) => execution.sample === sample)!
        expect(own.scores.find((one) => one.metric === metric && one.level === level)).toMatchObject({ value, reason })
      }
    })
  },
)
