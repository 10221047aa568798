import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { SYMBOLS } from '../../../src/render/comment/comment.ts'
import { commentMarkdown } from '../../../src/render/comment/comment-markdown.ts'
import { commentOf } from '../../../src/render/comment/comment-of.ts'
import { commentText } from '../../../src/render/comment/comment-text.ts'
import { AFTER, aRegression, aRunComparison, aSubject } from '../../support/comment-subject.ts'
import { perSample } from '../../support/comparison-builder.ts'
import { HOSTILE_NAMES } from '../../support/hostile-names.ts'
import { anExecution } from '../../support/run-builder.ts'

const html = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
const markdownOf = (...subject: Parameters<typeof aSubject>): string => commentMarkdown(commentOf(aSubject(...subject)))
const headlineOf = (text: string): string => text.split('\n')[1] ?? ''

const steady = [0.9, 0.8, 0.7, 0.85, 0.95, 0.75, 0.65, 0.9]
const moved = (by: number): readonly number[] => steady.map((value, index) => value + by + index / 1000)

describe('the first line', () => {
  test('a regression, with what, how much and where', () => {
    const text = markdownOf(aRegression())
    expect(text.split('\n')[0]).toBe('<!-- bench:comment:v1 key=tracker/amr-detection -->')
    expect(headlineOf(text)).toBe('### ✖ Regression detected: sensitivity (gene) -0.207 in <code>kma</code>')
  })

  test('an improvement', () => {
    expect(headlineOf(markdownOf(aRunComparison(perSample(steady), perSample(moved(0.05)))))).toMatch(
      /^### ✔ Improvement detected: sensitivity \(gene\) \+0\.0\d+ in <code>kma<\/code>$/,
    )
  })

  test('no change says what could have been seen', () => {
    const text = markdownOf(
      aRunComparison(perSample(steady), perSample(steady.map((value, i) => value + (i % 2 ? 1 : -1) / 5000))),
    )
    expect(headlineOf(text)).toBe('### ● No detectable change')
    expect(text).toContain('smallest difference that counts 0.010')
    expect(html(text).split('<details')[0]).not.toContain('<table')
  })

  test('too little data says how much more', () => {
    expect(headlineOf(markdownOf(aRunComparison(perSample([0.9, 0.8, 0.7]), perSample([0.91, 0.79, 0.7]))))).toBe(
      '### ○ Too little data to tell: about 10 samples would',
    )
  })

  test('not comparable says why', () => {
    const other = { comparability: { benchmark_type: 'amr-detection', truth_sha256: 'b' } }
    const text = markdownOf(aRunComparison(perSample(steady), perSample(steady), {}, other))
    expect(headlineOf(text)).toBe('### ⊘ Not comparable: another <code>truth&#95;sha256</code>')
    expect(html(text)).toContain('another truth, so scores cannot be compared')
  })

  test('nothing to compare with, and what to do', () => {
    const absent = { why: 'no finished run of main yet', next: 'run the benchmark on main once' }
    const text = markdownOf(null, { absent })
    expect(headlineOf(text)).toBe('### ⊘ Not compared: no finished run of main yet')
    expect(text).toContain('**Next:** run the benchmark on main once.')
  })

  test('a new failure', () => {
    const broken = perSample(steady).map((told) =>
      told.sample === 'S1'
        ? {
            ...told,
            sensitivity: 0,
            change: { ...anExecution({ state: 'failed' }), sample: 'S1', pipeline: 'kma', scores: [] },
          }
        : told,
    )
    expect(headlineOf(markdownOf(aRunComparison(perSample(steady), broken)))).toMatch(
      /^### ‼ New failure: samples that worked/,
    )
  })

  test('is never better than the gate of CI', () => {
    const same = aRunComparison(perSample(steady), perSample(steady))
    const failed = { violations: [], failed: [{ pipeline: 'kma', sample: 'S1', why: 'exit status 2' }], closed: true }
    expect(headlineOf(markdownOf(same, { gate: failed }))).toMatch(/^### ‼ 1 execution without a result; /)
    const violations = [{ pipeline: 'kma', params: {}, constraint: 'max_runtime', limit: 10, value: 20 }]
    const limited = markdownOf(same, { gate: { violations, failed: [], closed: true } })
    expect(headlineOf(limited)).toMatch(/^### ✖ 1 limit not kept: max&#95;runtime of <code>kma<\/code>; /)
    expect(html(limited)).toContain('max_runtime 10.0 s, has 20.0 s')
  })

  test('has a symbol and a word for every state', () => {
    expect(new Set(Object.values(SYMBOLS)).size).toBe(Object.keys(SYMBOLS).length)
  })
})

describe('the rest', () => {
  const told = (by: number, count: number) =>
    Array.from({ length: count }, (_, index) => `pipeline-${String(index).padStart(4, '0')}`).flatMap(
      (pipeline, place) =>
        perSample(by === 0 ? steady : moved(by - place / 10_000)).map((one) => ({ ...one, pipeline })),
    )

  test('shows at most ten rows, the worst first, and folds the rest', () => {
    const page = html(markdownOf(aRunComparison(told(0, 20), told(-0.2, 20))))
    const visible = page.slice(0, page.indexOf('<details'))
    expect(visible.match(/<tr>/g)).toHaveLength(11)
    expect(visible).toContain('The 10 that matter most of 20 findings')
    expect(page.match(/<details>/g)).toHaveLength(2)
    expect(page).not.toContain('<details open>')
  })

  test('is never too long for GitHub, loses whole rows, and says how many', () => {
    const subject = aSubject(aRunComparison(told(0, 900), told(-0.2, 900)))
    const text = commentMarkdown(commentOf(subject))
    expect(text.length).toBeLessThanOrEqual(60_000)
    expect(text.length).toBeGreaterThan(50_000)
    const rows = text.match(/^\| sam|^\| sens/gm)?.length ?? 0
    const cut = Number(/(\d+) more rows were cut/.exec(text)?.[1])
    // Ten rows stand twice: in the visible table and in the whole one.
    expect(rows - 10 + cut).toBe(1800)
    expect(html(text)).toContain('Method and provenance')
    expect(text.endsWith('benchmark 0.1.0\n')).toBe(true)
  })

  test('links the report only to the web', () => {
    expect(markdownOf(aRegression(), { link: 'https://example.org/a (1)>`' })).toContain(
      '[Full report](<https://example.org/a%20(1)%3E%60>) · ',
    )
    expect(markdownOf(aRegression(), { link: 'javascript:alert(1)' })).not.toContain('Full report')
  })

  test('opens the details for teams that want it', () => {
    expect(commentMarkdown(commentOf(aSubject(aRegression())), { open: true })).toContain('<details open>')
  })

  test('says the same as text', () => {
    const text = commentText(commentOf(aSubject(aRegression())), { width: 140 })
    expect(text).toMatch(/^✖ Regression detected: sensitivity \(gene\) -0\.207 in kma\n/)
    expect(text).toContain(`benchmark compare ${AFTER} --with main --metric sensitivity:gene --explain`)
    expect(text).toContain(`Again: benchmark compare ${AFTER} --with main\n`)
    const onPurpose = commentText(commentOf(aSubject({ ...aRegression(), controlled: ['database', 'machine'] })))
    expect(onPurpose).toContain(
      `Again: benchmark compare ${AFTER} --with main --controlled database --controlled machine`,
    )
    expect(text).toContain('✖ worse (large)')
  })

  test('is the same for the same runs, in whatever order they come', () => {
    const [before, after] = [told(0, 5), told(-0.2, 5)]
    expect(markdownOf(aRunComparison([...before].reverse(), [...after].reverse()))).toBe(
      markdownOf(aRunComparison(before, after)),
    )
  })
})

describe('names of strangers', () => {
  const ours =
    /^<\/?(?:h3|p|table|thead|tbody|tr|t[hd](?: align="(?:left|right)")?|code|ul|li|strong|details|summary)>$/
  test.each(HOSTILE_NAMES.filter((name) => name !== ''))('%j is text wherever it stands', (name) => {
    const regression = aRegression(name, { params: { [name]: name } } as never)
    const text = commentMarkdown(
      commentOf(
        aSubject(
          {
            ...regression,
            reference: { kind: 'branch', name, asked: name },
            baseline: regression.baseline.map((header) => ({ ...header, branch: name, label: name })),
            warnings: [name],
          },
          {
            key: name,
            gate: { violations: [], failed: [{ pipeline: name, sample: name, why: name }], closed: true },
          },
        ),
      ),
    )
    expect(text.split('\n')[0]).toMatch(/^<!-- bench:comment:v1 key=[A-Za-z0-9._/-]* -->$/)
    expect(text.match(/<!--/g)).toHaveLength(1)
    const page = html(text).replace(/^<!--.*-->\n/, '')
    expect([...new Set(page.match(/<[^>]*>/g) ?? [])].filter((tag) => !ours.test(tag))).toEqual([])
    for (const [row] of page.matchAll(/<tr>.*?<\/tr>/gs)) expect([3, 7]).toContain(row.match(/<t[hd][ >]/g)?.length)
    const outside = page.replaceAll(/<code>.*?<\/code>/gs, ' ').replaceAll(/<[^>]*>/g, ' ')
    expect(outside.replaceAll('&amp;', '&').replaceAll('&quot;', '"')).not.toMatch(
      /@\w|#\d|\bgh-\d|~\w|%\w|:[a-z]\w*:|https?:|www\./i,
    )
  })
})
