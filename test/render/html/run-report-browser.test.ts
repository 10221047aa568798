import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { writeReport } from '../../../src/compose/write-report.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openDetails,
  scrollsSideways,
  useBrowser,
  withPage,
} from '../../support/browser.ts'
import { tempDir } from '../../support/harness.ts'
import { HOSTILE_NAMES } from '../../support/hostile-names.ts'
import { makeScene } from '../../support/report-scene.ts'

/** What has the focus: whether an outline shows it, and whether it has a name. */
const focused = (page: Page) =>
  page.evaluate(() => {
    interface Focused {
      readonly tagName: string
      readonly textContent: string
      readonly labels?: Iterable<unknown>
      getAttribute: (name: string) => string | null
    }
    const { document, getComputedStyle } = globalThis as unknown as {
      document: { activeElement: Focused }
      getComputedStyle: (of: Focused) => { outlineStyle: string; outlineWidth: string }
    }
    const on = document.activeElement
    const { outlineStyle, outlineWidth } = getComputedStyle(on)
    return {
      kind: on.tagName,
      text: on.textContent,
      isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0,
      isNamed:
        on.textContent.trim() !== '' || on.getAttribute('aria-label') !== null || [...(on.labels ?? [])].length > 0,
    }
  })

describe.skipIf(chromiumPath === null)('the report of a run in a browser', () => {
  const browser = useBrowser()
  const files: Record<'plain' | 'hostile', string> = { plain: '', hostile: '' }
  // Control characters cannot be typed into a page's text; they are replaced, and tested by the words around them.
  const hostile = HOSTILE_NAMES.filter((name) => name !== '')

  beforeAll(async () => {
    const folder = tempDir('report pages')
    const scenes = {
      plain: { samples: 60, earlier: 7 },
      hostile: {
        samples: 40,
        earlier: 3,
        pipelines: ['</script><img src=x onerror=alert(1)>', '"onload="alert(1)'],
        name: (kind: string, index: number) => `${hostile[index % hostile.length] ?? ''} ${kind}${String(index)}`,
      },
    }
    for (const kind of ['plain', 'hostile'] as const) {
      const project = await makeScene(kind, scenes[kind])
      const { text } = await writeReport(await project.report({ run: 'latest' }), 'html', false)
      files[kind] = join(folder, `${kind}.html`)
      writeFileSync(files[kind], text)
      await project.close()
    }
  }, 180_000)

  test.each([
    { kind: 'plain', scheme: 'light', width: 1280 },
    { kind: 'plain', scheme: 'dark', width: 320 },
    { kind: 'plain', scheme: 'dark', width: 1280 },
    { kind: 'plain', scheme: 'light', width: 320 },
    { kind: 'hostile', scheme: 'light', width: 1280 },
    { kind: 'hostile', scheme: 'dark', width: 320 },
  ] as const)('$kind, $scheme, $width px: no fault, no request, no error', async ({ kind, ...look }) => {
    await withPage(browser(), files[kind], look, async (page, conduct) => {
      expect(await accessibilityFaults(page)).toEqual([])
      await openDetails(page)
      await page.waitForTimeout(200)
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await scrollsSideways(page)).toBe(false)
      expect(conduct).toEqual({ requests: [], console: [], dialogs: [] })
    })
  })

  test('without script the verdict, the numbers and the first rows are there, and nothing is asked for', async () => {
    await withPage(browser(), files.plain, { script: false }, async (page, conduct) => {
      expect(await page.locator('.verdict .say').innerText()).toContain('Regression against run')
      expect(await page.locator('table.numbers tbody tr').count()).toBe(2)
      expect(await page.locator('#samples-table tbody tr').count()).toBe(25)
      expect(await page.locator('#samples-table .more').innerText()).toContain('25 of 120 rows')
      expect(await page.locator('svg[role=img]').count()).toBeGreaterThan(5)
      // Controls that do nothing would be a lie.
      expect(await page.locator('main button, main input, main select').count()).toBe(0)
      expect(conduct).toEqual({ requests: [], console: [], dialogs: [] })
    })
  })

  test('everything is reached and done with the keyboard, and focus is seen', async () => {
    await withPage(browser(), files.plain, { width: 1280 }, async (page) => {
      await page.keyboard.press('Tab')
      expect(await focused(page)).toMatchObject({ text: 'Skip to the content', isSeen: true })
      await page.keyboard.press('Enter')
      expect(page.url()).toMatch(/#main$/)
      const kinds = new Set<string>()
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press('Tab')
        const on = await focused(page)
        expect(on, `step ${String(step)}`).toMatchObject({ isSeen: true, isNamed: true })
        kinds.add(on.kind)
      }
      expect([...kinds].sort()).toEqual(expect.arrayContaining(['BUTTON', 'DIV', 'INPUT', 'SELECT', 'SUMMARY']))
      await page.locator('#samples-table thead button').nth(2).focus()
      await page.keyboard.press('Enter')
      expect(await page.locator('#samples-table th[aria-sort=ascending]').count()).toBe(1)
      await page.keyboard.press('Space')
      expect(await page.locator('#samples-table th[aria-sort=descending]').count()).toBe(1)
      expect(await page.locator('#samples-table [role=status]').innerText()).toContain('descending')
    })
  })

  test('names of strangers are text, verbatim', async () => {
    await withPage(browser(), files.hostile, {}, async (page, conduct) => {
      const text = await page.locator('body').innerText()
      expect(text).toContain('</script><img src=x onerror=alert(1)>')
      expect(text).toContain('=HYPERLINK("https://example.org")')
      expect(text).toContain('[U+202E]gnp.exe')
      expect(text).not.toContain('\u202e')
      expect(await page.locator('main img, main iframe, main form, main [onerror], main [onload]').count()).toBe(0)
      expect(await page.locator('main a[href]').count()).toBe(0)
      expect(conduct.dialogs).toEqual([])
    })
  })

  test('tables are sorted, filtered and paged, and a link brings it back', async () => {
    await withPage(browser(), files.plain, {}, async (page, conduct) => {
      const table = page.locator('#samples-table')
      await table.locator('thead button').nth(2).click()
      expect(await table.locator('th[aria-sort=ascending]').count()).toBe(1)
      const values = await table.locator('tbody tr td:nth-child(3)').allInnerTexts()
      const numbers = values.map(Number)
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
      await table.locator('select').first().selectOption('blastn')
      await table.locator('input[type=search]').fill('sample0000')
      await expect
        .poll(() => table.locator('[role=status]').innerText(), { timeout: 30_000 })
        .toContain('10 of 120 rows')
      expect(page.url()).toContain('samples-table.s=')
      expect(page.url()).toContain('samples-table.q=sample0000')
      const link = page.url().split('#')[1]!
      expect(conduct.console).toEqual([])
      await withPage(browser(), files.plain, { hash: link }, async (again) => {
        const restored = again.locator('#samples-table')
        expect(await restored.locator('[role=status]').innerText()).toContain('10 of 120 rows')
        expect(await restored.locator('tbody tr').count()).toBe(10)
      })
    })
  })

  test('what is shown can be saved, formulas made harmless', async () => {
    await withPage(browser(), files.hostile, {}, async (page) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('#samples-table').getByRole('button', { name: /CSV$/ }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^report-.*-samples-table\.csv$/)
      const stream = await download.createReadStream()
      let text = ''
      for await (const part of stream) text += String(part)
      const [head, ...rows] = text.trimEnd().split('\n')
      expect(head).toMatch(/^sample,pipeline,sensitivity_gene,precision_gene/)
      expect(rows).toHaveLength(80)
      expect(rows.filter((row) => /^"?[=+@]/.test(row))).toEqual([])
    })
  })
})
