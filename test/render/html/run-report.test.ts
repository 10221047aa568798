import { gzipSync } from 'node:zlib'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { readTemplate } from '../../../src/compose/pages.ts'
import { writeReport } from '../../../src/compose/write-report.ts'
import { summarise } from '../../../src/core/metrics/summarise.ts'
import type { ReportParts } from '../../../src/app/report/report-parts.ts'
import type { ReportDocument } from '../../../src/generated/report.ts'
import { formatCell } from '../../../src/render/html/page/format-cell.ts'
import { benchmark, packageRoot, tempDir } from '../../support/harness.ts'
import { HOSTILE_NAMES } from '../../support/hostile-names.ts'
import { makeScene, type Scene, sceneRun } from '../../support/report-scene.ts'

const pageOf = async (theme: string, scene: Scene, isFull = false) => {
  const project = await makeScene(theme, scene)
  try {
    return await writeReport(await project.report({ run: 'latest' }), 'html', isFull)
  } finally {
    await project.close()
  }
}

/** A large run alone: what it is compared with is not what is measured here. */
const bareParts = (scene: Scene): ReportParts => {
  const none = { found: null, missing: 'left out', next: null }
  const run = sceneRun(scene, scene.earlier)
  return {
    ...{ run, plan: null, generatedAt: run.startedAt, tool: { name: 'benchmark', version: '0' }, recordDigest: 'd' },
    ...{ comparison: none, community: none, history: none, processes: none, advice: none },
    ...{ comparedWith: null, inputs: { samplesheet: null, truth: null }, warnings: [] },
  }
}

const schemas = ['report', 'comparison', 'community', 'recommendation', 'run', 'score-values'].map(
  (name) => JSON.parse(readFileSync(join(packageRoot, 'schemas', `${name}.schema.json`), 'utf8')) as { $id: string },
)
const validator = new Ajv2020({ strict: false, schemas }).getSchema('report.schema.json')!

describe('a run report', () => {
  test('says first what got worse, and holds in its document what it shows', async () => {
    const { document, text } = await pageOf('report', { samples: 12, earlier: 7 })
    expect(validator(document), JSON.stringify(validator.errors?.slice(0, 3))).toBe(true)
    expect(document.verdict.state).toBe('worse')
    expect(document.verdict.sentence).toMatch(
      /^Regression against run 20260107t101502z-k3f9xg .*sensitivity \(gene\) of kma/,
    )
    expect(document.verdict.next).toContain('kma')
    const row = document.metrics.find(
      ({ name, metric, level }) => name === 'kma 2' || (name === 'kma' && metric === 'sensitivity' && level === 'gene'),
    )
    expect(row?.change?.effect).toBeCloseTo(-0.2, 6)
    expect(document.comparison.vs_community.missing).toContain('no hub')
    expect(document.comparison.vs_history.result?.runs).toBe(8)
    expect(document.comparison.vs_history.result?.series[0]?.points).toHaveLength(8)
    const order = [...text.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id)
    expect(order).toEqual([
      ...['verdict', 'numbers', 'metrics', 'comparison', 'samples', 'resources'],
      ...['trade-off', 'recommendations', 'warnings', 'provenance', 'downloads'],
    ])
    for (const id of ['vsBaseline', 'vsCommunity', 'vsHistory', 'nextSteps', 'optimizations', 'costSavings'])
      expect(text).toContain(`id="${id}"`)
  })

  test('every figure has a title, a description and its data', async () => {
    const { text } = await pageOf('figures', { samples: 12, earlier: 7 })
    const figures = text.split('<figure').slice(1)
    expect(figures.length).toBeGreaterThan(7)
    for (const figure of figures) {
      expect(figure).toMatch(/<svg [^>]*role="img"/)
      expect(figure).toMatch(/<title id="[\w-]+">[^<]+<\/title><desc id="[\w-]+">[^<]+<\/desc>/)
      expect(figure).toMatch(/<details>\s*<summary>Data of this figure/)
      expect(figure).toContain('<table>')
    }
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.length).toBe(new Set(ids).size)
  })

  test('a run with nothing before it says so, and how to get something', async () => {
    const { document, text } = await pageOf('first', { samples: 3, earlier: 0 })
    expect(document.verdict.state).toBe('nothing_to_compare')
    expect(document.comparison.vs_baseline.missing).toContain('No baseline is set')
    expect(document.comparison.vs_history.missing).toContain('first finished run')
    expect(text).toContain('There is nothing to compare this run with.')
    expect(text).toContain('benchmark baseline set RUN')
  })

  test('says first which pipeline failed everywhere', async () => {
    const parts = bareParts({ samples: 3, earlier: 0 })
    const executions = parts.run.executions.map((one) =>
      one.pipeline === 'blastn'
        ? { ...one, state: 'failed' as const, reason: 'exit status 3: no index', scores: [], resources: null }
        : one,
    )
    const run = { ...parts.run, executions, summary: summarise({ executions, samples: parts.run.samples }) }
    const { document, text } = await writeReport({ ...parts, run }, 'html', false)
    expect(document.verdict).toMatchObject({ state: 'failed', sentence: 'blastn failed in every execution.' })
    expect(document.verdict.details).toContain('exit status 3: no index')
    const reasons = document.key_numbers.filter(({ pipeline }) => pipeline === 'blastn').map(({ reason }) => reason)
    expect(new Set(reasons)).toEqual(new Set(['failed']))
    expect(text).toContain('<code>benchmark show ')
  })

  test('is the same bytes in another order of storing, and in another process, locale and time zone', async () => {
    const scene: Scene = { samples: 9, earlier: 4 }
    const first = await pageOf('order', scene)
    const other = await pageOf('order', { ...scene, isReversed: true })
    expect(other.text === first.text).toBe(true)
    const project = await makeScene('locale', scene)
    await project.close()
    const outputs: string[] = []
    for (const env of [
      { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
      { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    ]) {
      const { stdout, exit, stderr } = await benchmark(['report', '--format', 'html'], { cwd: project.root, env })
      expect(exit, stderr).toBe(0)
      outputs.push(stdout)
    }
    expect(outputs[0] === outputs[1]).toBe(true)
    expect(outputs[0] === first.text).toBe(true)
  })

  test('shows names of strangers as text, and breaks out of nothing', async () => {
    const names = HOSTILE_NAMES.filter((name) => name !== '')
    const { text, document } = await pageOf('hostile', {
      samples: names.length,
      earlier: 2,
      pipelines: ['</script><script>alert(1)</script>', '{{constructor}} \'"><svg/onload=alert(1)>'],
      name: (kind, index) => `${names[index % names.length] ?? ''}${kind}`,
    })
    expect(document.samples?.length).toBe(names.length * 2)
    const script = readTemplate('app.js')
    expect(text.match(/<script>/g)).toHaveLength(1)
    expect(text.match(/<\/script>/g)?.length).toBe((text.match(/<script/g) ?? []).length)
    const outside = text.replace(script, '')
    expect(outside).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/) // eslint-disable-line no-control-regex -- what must not be there
    expect(outside.replaceAll(/<script type="application\/json">[^<]*<\/script>/g, '')).not.toMatch(
      /<[^>]*\s(?:onerror|onload|style|src)=/,
    )
    expect(outside).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')
  })

  test('has its policy first, with the hashes of its own parts', async () => {
    const { text } = await pageOf('policy', { samples: 3, earlier: 1 })
    expect(text).toMatch(
      /^<!doctype html>\n<html lang="en">\n<head>\n<meta http-equiv="Content-Security-Policy" content="/,
    )
    expect(text).toContain('require-trusted-types-for &#x27;script&#x27;')
    expect(text).not.toMatch(/https?:\/\/(?!github|benchmark)[^"'\s<]*\.(?:js|css|woff)/)
  })

  test('stays within its sizes', async () => {
    expect(Buffer.byteLength(readTemplate('app.js'))).toBeLessThanOrEqual(16_000)
    expect(Buffer.byteLength(readTemplate('app.css'))).toBeLessThanOrEqual(14_000)
    const { text } = await pageOf('five hundred', { samples: 500, earlier: 1, pipelines: ['kma'] })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(250_000)
    expect(gzipSync(text).length).toBeLessThanOrEqual(50_000)
    expect((text.match(/<[a-z]/g) ?? []).length).toBeLessThanOrEqual(6_000)
  })

  test('of four pipelines and eight hundred metrics each, held against an earlier run, is as small as any other', async () => {
    const pipelines = ['kma', 'blastn', 'resfinder', 'abricate']
    const { text, document } = await pageOf('wide', { samples: 2, earlier: 1, pipelines, moreMetrics: 263 })
    expect(document.metrics.filter(({ name, value }) => name === 'kma' && value !== null).length).toBeGreaterThan(790)
    expect(document.metrics.filter(({ change }) => change !== null).length).toBeGreaterThan(3_000)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(250_000)
    expect((text.match(/<[a-z]/g) ?? []).length).toBeLessThanOrEqual(6_000)
  }, 400_000)

  test('of ten thousand samples is one megabyte, and condenses aloud beyond its limits', async () => {
    const ten = await writeReport(bareParts({ samples: 10_000, earlier: 0, pipelines: ['kma'] }), 'html', false)
    expect(Buffer.byteLength(ten.text)).toBeLessThanOrEqual(1_000_000)
    expect((ten.text.match(/<[a-z]/g) ?? []).length).toBeLessThanOrEqual(6_000)
    const parts = bareParts({ samples: 6_000, earlier: 0 })
    const more = await writeReport(parts, 'html', false)
    expect(more.document.samples).toBeNull()
    expect(more.text).toContain('The samples are shown by their quantiles, because 12000 rows are more than 10000')
    expect(more.document.spreads[0]?.n).toBe(6_000)
    expect((await writeReport(parts, 'json', true)).document.samples).toHaveLength(12_000)
  }, 400_000)

  test('of more than five megabytes shows quantiles instead, aloud', async () => {
    const name = (kind: string, index: number): string =>
      `${kind === 'sample' ? '표본'.repeat(50) : kind}${String(index)}`
    const parts = bareParts({ samples: 4_900, earlier: 0, name })
    const { text, document } = await writeReport(parts, 'html', false)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000)
    expect(document.samples).toBeNull()
    expect(text).toContain('because 9800 rows make a page of more than 5 MB; --full shows all of them.')
  }, 400_000)

  test('numbers are written the same by page and script', () => {
    const source = readTemplate('app.js')
    const body = (name: string): string => {
      const from = source.indexOf(`function ${name}(`)
      return source.slice(from, source.indexOf('\n  }\n', from) + 4)
    }
    // The script is a classic one of the page; its two functions are taken out of it as they stand.
    const ofScript = new Function(`${body('grouped')}\n${body('formatCell')}\nreturn formatCell`)() as typeof formatCell // eslint-disable-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- see above
    for (const value of [
      0,
      1,
      -1,
      0.5,
      0.99996,
      1 / 3,
      12.5,
      1234.5,
      98765.4321,
      1e6,
      123456789,
      1e12,
      1e-5,
      -0.00012,
      3.0001,
    ])
      for (const decimals of [null, 0, 1, 3, 4]) expect(ofScript(value, decimals)).toBe(formatCell(value, decimals))
  })
})

describe('benchmark report', () => {
  test('writes a page, a document and a table; refuses what it cannot do', async () => {
    const project = await makeScene('command', { samples: 4, earlier: 1 })
    await project.close()
    const cwd = project.root
    mkdirSync(join(cwd, 'out'))
    const page = await benchmark(['report', '--output', 'out/report.html'], { cwd })
    expect(page.exit, page.stderr).toBe(0)
    expect(readFileSync(join(cwd, 'out', 'report.html'), 'utf8')).toContain('<h1>')
    const json = await benchmark(['report', '--json'], { cwd })
    expect((json.json() as ReportDocument).schema).toBe('benchmark.report/1')
    const tsv = await benchmark(['report', '--format', 'tsv'], { cwd })
    const [head, first] = tsv.stdout.split('\n')
    expect(head?.split('\t').slice(0, 4)).toEqual(['pipeline', 'version', 'params', 'metric'])
    expect(first?.split('\t')).toHaveLength(head?.split('\t').length ?? 0)
    const csv = await benchmark(['report', 'latest~1', '--format', 'csv'], { cwd })
    expect(csv.stdout.split('\n')[1]).toMatch(/^kma,/)
    const absent = await benchmark(['report', 'nothing-like-it'], { cwd })
    expect(absent.exit).toBe(3)
    const base = await benchmark(['report', '--compare-with', 'baseline', '--json'], { cwd })
    expect((base.json() as ReportDocument).comparison.vs_baseline.missing).toContain('No baseline is set')
    expect((await benchmark(['report', '--compare-with', 'no-such-branch'], { cwd })).exit).toBe(3)
    const dated = await benchmark(['report', '--json'], { cwd, env: { SOURCE_DATE_EPOCH: '1700000000' } })
    expect((dated.json() as ReportDocument).generated_at).toBe('2023-11-14T22:13:20.000Z')
    const wrong = await benchmark(['report'], { cwd, env: { SOURCE_DATE_EPOCH: 'yesterday' } })
    expect(wrong.exit).toBe(2)
    const empty = await benchmark(['report'], { cwd: tempDir('empty') })
    expect(empty.exit).toBe(3)
  })
})
