import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { accessibilityFaults, chromiumPath, scrollsSideways, useBrowser, withPage } from '../../support/browser.ts'
import { fillDashboardProject, sceneRuns } from '../../support/dashboard-scene.ts'
import { benchmark, tempDir } from '../../support/harness.ts'
import { readXml } from '../../support/read-xml.ts'
import { sharedRun } from '../../support/shared-run.ts'

const LONG = 600_000
const root = tempDir('dashboard pages')
const hasBrowser = chromiumPath !== null

const siteOf = async (hostile: boolean): Promise<string> => {
  const cwd = join(mkdtempSync(join(root, 'p-')), 'a project')
  fillDashboardProject(cwd, sceneRuns({ hostile }))
  const result = await benchmark(['dashboard', '--output', 'site', '--json'], { cwd })
  if (result.exit !== 0) throw new Error(result.stdout + result.stderr)
  return join(cwd, 'site')
}
const pagesOf = (site: string): string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .sort()

/** At most so many names of one folder. */
const fewOfEach = (most: number): ((name: string) => boolean) => {
  const seen = new Map<string, number>()
  return (name) => {
    const folder = name.replace(/[^/\\]*$/, '')
    seen.set(folder, (seen.get(folder) ?? 0) + 1)
    return folder === '' || /^p[/\\]/.test(folder) || (seen.get(folder) ?? 0) <= most
  }
}

/** The newest run of the first project. */
const NEWEST = '20261123t101502z-r00019'
const hashOf = (page: string): string | undefined =>
  page.endsWith('run.html')
    ? `id=${NEWEST}`
    : page.endsWith('compare.html')
      ? `a=20261123t101502z-r00000&b=${NEWEST}`
      : undefined

describe.skipIf(!hasBrowser)('pages of a dashboard in a browser, from the disk, offline', () => {
  const browser = useBrowser()
  let site = ''
  beforeAll(async () => {
    site = await siteOf(false)
  }, LONG)

  // Every page at both widths, each in both themes.
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 320],
  ] as const)
    test(
      `both themes, ${String(width)} px: accessible, silent, asks for nothing`,
      async () => {
        // One page of each kind; those of the other projects are made by the same code.
        for (const page of pagesOf(site).filter((name) => !/lab-[2-6]/.test(name))) {
          const hash = hashOf(page)
          await withPage(
            browser(),
            join(site, page),
            { scheme, width, ...(hash === undefined ? {} : { hash }) },
            async (opened, conduct) => {
              if (/runs?\.html|compare\.html/.test(page)) await opened.waitForSelector('[data-ready="yes"]')
              expect(await accessibilityFaults(opened), page).toEqual([])
              await opened.emulateMedia({ colorScheme: scheme === 'light' ? 'dark' : 'light' })
              expect(await accessibilityFaults(opened), `${page}, the other theme`).toEqual([])
              expect(await scrollsSideways(opened), page).toBe(false)
              expect(await opened.evaluate<number>("document.querySelectorAll('*').length"), page).toBeLessThanOrEqual(
                6_000,
              )
              // Of what axe itself wants to load the policy says no aloud.
              const said = conduct.console.filter(
                (line) =>
                  !/preload|violates the following Content Security Policy.*\.css|Connecting to 'file/.test(line),
              )
              expect({ page, ...conduct, console: said }).toEqual({ page, requests: [], console: [], dialogs: [] })
            },
          )
        }
      },
      LONG,
    )

  test(
    'all runs: loaded from shards, sorted, filtered, a permalink opens as it was left',
    async () => {
      await withPage(browser(), join(site, 'runs.html'), {}, async (page) => {
        await page.waitForSelector('[data-ready="yes"]')
        expect(await page.locator('#runs [role="status"]').textContent()).toContain('63 rows')
        await page.click('th[data-key="sensitivity@gene"] button')
        const first = await page.locator('#runs tbody tr').first().textContent()
        expect(first).toContain('lab-6')
        await page.fill('input[type="search"]', 'lab-3')
        await page.waitForFunction(() =>
          (globalThis as unknown as { location: { hash: string } }).location.hash.includes('lab-3'),
        )
        expect(page.url()).toMatch(/#.*runs\.s=sensitivity/)
      })
      await withPage(browser(), join(site, 'runs.html'), { hash: 'runs.q=lab-3' }, async (page) => {
        await page.waitForSelector('[data-ready="yes"]')
        expect(await page.locator('#runs [role="status"]').textContent()).toContain('20 of 63 rows')
      })
    },
    LONG,
  )

  test(
    'few runs stand in their table as many do',
    async () => {
      await withPage(browser(), join(site, 'p/lab-1/runs.html'), {}, async (page) => {
        await page.waitForSelector('[data-ready="yes"]')
        expect(await page.locator('#runs tbody tr').count()).toBe(20)
        expect(await page.locator('#runs thead').innerText()).toMatch(/Sensitivity \(gene\).*Wall time \(s\)/s)
      })
    },
    LONG,
  )

  test(
    'one run and two runs side by side',
    async () => {
      await withPage(browser(), join(site, 'p/lab-1/run.html'), { hash: `id=${NEWEST}` }, async (page) => {
        await page.waitForSelector('[data-ready="yes"]')
        expect(await page.locator('h1').textContent()).toBe(NEWEST)
        expect(await page.locator('main').textContent()).toMatch(
          /Sensitivity \(gene\)0\.\d+6 of 6.*Peak memory2\.\d+GB/,
        )
      })
      await withPage(
        browser(),
        join(site, 'p/lab-1/compare.html'),
        { hash: hashOf('compare.html') ?? '' },
        async (page) => {
          await page.waitForSelector('[data-ready="yes"]')
          const row = page.locator('tr', { has: page.locator('th', { hasText: 'Sensitivity' }) })
          expect(await row.textContent()).toMatch(/A$/)
        },
      )
    },
    LONG,
  )

  test(
    'two runs of several pipelines: those of both beside each other, and who is in one only',
    async () => {
      const cwd = join(mkdtempSync(join(root, 'p-')), 'a project')
      const pipelineOf = (name: string) => ({ name, version: '1', params: {} })
      const ofPipelines = (name: string, values: Readonly<Record<string, number>>) => {
        const [first = '', ...others] = Object.keys(values)
        return sharedRun({
          ...{ project: 'lab', month: '2026-11', name },
          payload: {
            pipelines: [pipelineOf(first), ...others.map(pipelineOf)],
            executions: [],
            series: [{ metric: 'sensitivity', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' }],
            summary: Object.values(values).map((value, pipeline) => ({
              ...{ pipeline, series: 0, value, reason: null, n: 4, n_expected: 4, low: null, high: null },
              ...{ aggregation: 'macro' as const, interval: null },
            })),
          },
        })
      }
      fillDashboardProject(cwd, [
        ofPipelines('r00001', { kma: 0.9, rgi: 0.8 }),
        ofPipelines('r00002', { abricate: 0.5, kma: 0.9, rgi: 0.4 }),
      ])
      const built = await benchmark(['dashboard', '--output', 'site', '--json'], { cwd })
      expect(built.exit).toBe(0)
      const pageOfTwo = join(cwd, 'site', 'p/lab/compare.html')
      const hash = 'a=20261123t101502z-r00001&b=20261123t101502z-r00002'
      await withPage(browser(), pageOfTwo, { hash }, async (page) => {
        await page.waitForSelector('[data-ready="yes"]')
        expect(await page.locator('main h2').allTextContents()).toEqual(['What differs', 'kma (1)', 'rgi (1)', 'Files'])
        const rows = await page.locator('tr', { has: page.locator('th', { hasText: 'Sensitivity' }) }).allTextContents()
        expect(rows.map((row) => row.replace('Sensitivity (gene)', ''))).toEqual([
          '0.90000.900001neither',
          '0.80000.4000-0.40000.5000A',
        ])
        expect(await page.locator('main').textContent()).toContain('Only in B: abricate.')
      })
      await withPage(browser(), pageOfTwo, { hash: `${hash}&pipeline=rgi` }, async (page) => {
        await page.waitForSelector('[data-ready="yes"]')
        expect(await page.locator('main h2').allTextContents()).toEqual(['What differs', 'Metrics', 'Files'])
      })
    },
    LONG,
  )

  test(
    'without a script pages say what they know and where the rest is',
    async () => {
      await withPage(browser(), join(site, 'p/lab-1/runs.html'), { script: false }, async (page) => {
        expect(await page.locator('main').textContent()).toContain('take the TSV files below')
        expect(await page.locator('a[href$=".tsv"]').count()).toBeGreaterThan(0)
      })
      await withPage(browser(), join(site, 'p/lab-1/index.html'), { script: false }, async (page) => {
        expect(await page.locator('main').textContent()).toMatch(/open regression.*bestPipeline.*Coverage/s)
      })
    },
    LONG,
  )
})

describe('names of strangers', () => {
  let site = ''
  beforeAll(async () => {
    site = await siteOf(true)
  }, LONG)

  test('are plain file names, plain JSON, and never markup', () => {
    const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))
    for (const name of files)
      expect(name.replaceAll('\\', '/')).toMatch(
        /^(?:[a-z0-9][a-z0-9-]*\/)*[a-z0-9][a-z0-9-]*(?:\.[0-9a-f]{10})?\.(?:html|js|css|json|tsv|xml)$/,
      )
    for (const name of files) {
      const text = readFileSync(join(site, name), 'utf8')
      if (name.endsWith('.json')) expect(() => JSON.parse(text) as unknown, name).not.toThrow()
      if (/\.(?:html|js|xml)$/.test(name) && !name.startsWith('assets'))
        expect(text, name).not.toMatch(/<script>|<img src=x|<h1>gone/)
      // eslint-disable-next-line no-control-regex -- finding control characters is the point
      if (/\.(?:html|tsv|xml)$/.test(name)) expect(text, name).not.toMatch(/[\u0000-\u0008\u200b\u202e]/)
    }
  })

  test('of a regression stand as text on its pages and in a feed that readers can read', () => {
    const feed = readFileSync(join(site, 'regressions.xml'), 'utf8')
    const { children } = readXml(feed)
    const entries = children.filter(({ name }) => name === 'entry')
    expect(entries.length).toBeGreaterThan(0)
    for (const { children: parts } of entries) {
      expect(parts.map(({ name }) => name)).toEqual(['id', 'title', 'updated', 'link', 'summary'])
      expect(parts.every((part) => part.children.length === 0)).toBe(true)
      const title = parts.find(({ name }) => name === 'title')?.text
      expect(title).toContain('<img src=x onerror=alert(1)>')
      expect(title).toContain(']]><title>gone & lost</title>')
    }
    const page = readFileSync(join(site, 'regressions.html'), 'utf8')
    expect(page).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')
    expect(page).not.toMatch(/<img|<title>gone/)
  })

  describe.skipIf(!hasBrowser)('in a browser', () => {
    const browser = useBrowser()
    test(
      'do nothing but show themselves',
      async () => {
        // Some of each kind: they differ in names alone.
        for (const page of pagesOf(site)
          .filter((name) => !/lab-[2-6]/.test(name))
          .filter(fewOfEach(4))) {
          await withPage(browser(), join(site, page), {}, async (opened, conduct) => {
            if (/runs?\.html|compare\.html/.test(page)) await opened.waitForSelector('[data-ready="yes"]')
            expect(await opened.evaluate(() => 'hacked' in globalThis), page).toBe(false)
            expect({ page, ...conduct }).toEqual({ page, requests: [], console: [], dialogs: [] })
          })
        }
        await withPage(browser(), join(site, 'runs.html'), {}, async (opened) => {
          await opened.waitForSelector('[data-ready="yes"]')
          expect(await opened.locator('#runs tbody').textContent()).toContain('<img src=x onerror=alert(1)>')
        })
      },
      LONG,
    )
  })
})
