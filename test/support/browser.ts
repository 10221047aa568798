import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'

// Pages in a real browser, opened from the disk with no network. Debian's Chromium; skipped aloud where there is none.

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const findChromium = (): string | null => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const program of PROGRAMS)
    for (const folder of folders) if (existsSync(join(folder, program))) return join(folder, program)
  return null
}

export const chromiumPath = findChromium()
if (chromiumPath === null)
  process.stderr.write('SKIPPED: no Chromium on the PATH; pages are not looked at in a browser\n')

/** One browser for a test file. */
export const useBrowser = (): (() => Browser) => {
  let browser: Browser | undefined
  let profile: string | undefined
  beforeAll(async () => {
    if (chromiumPath === null) return
    profile = mkdtempSync(join(tmpdir(), 'benchmark-chromium-'))
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
      env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
      timeout: 120_000,
    })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    if (profile !== undefined) rmSync(profile, { recursive: true, force: true })
  })
  return () => {
    if (browser === undefined) throw new Error('No browser was started')
    return browser
  }
}

export interface Look {
  readonly scheme?: 'light' | 'dark'
  readonly width?: 320 | 1280
  readonly script?: boolean
  /** Part of the address after `#`. */
  readonly hash?: string
}

/** What a page did besides showing itself. All of it should be empty. */
export interface Conduct {
  readonly requests: string[]
  readonly console: string[]
  readonly dialogs: string[]
}

/** Opens a file offline and hands the page over; what it asked for, said and violated is collected. */
export const withPage = async <T>(
  browser: Browser,
  file: string,
  look: Look,
  use: (page: Page, conduct: Conduct) => Promise<T>,
): Promise<T> => {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: 900 },
    colorScheme: look.scheme ?? 'light',
    javaScriptEnabled: look.script ?? true,
    offline: true,
    acceptDownloads: true,
  })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    const conduct: Conduct = { requests: [], console: [], dialogs: [] }
    page.on('request', (request) => {
      const isOwn = request.url().startsWith('file:') || request.url().startsWith('blob:')
      if (!isOwn) conduct.requests.push(request.url())
    })
    // Violations of the policy are errors of the console in Chromium.
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') conduct.console.push(message.text())
    })
    page.on('pageerror', (error) => conduct.console.push(String(error)))
    page.on('dialog', (dialog) => {
      conduct.dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(`${pathToFileURL(file).href}${look.hash === undefined ? '' : `#${look.hash}`}`, {
      timeout: 120_000,
    })
    return await use(page, conduct)
  } finally {
    await context.close()
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Violations of WCAG A and AA as `rule: first node`. Runs in the page's utility world through the debugger, which the
 * page's policy does not concern; needs script.
 */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource)
  const violations = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (root: unknown, options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
      }
    }
    const result = await axe.run((globalThis as unknown as { document: unknown }).document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    })
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 200) ?? ''}`)
  }, WCAG)
  return violations
}

/** Opens every `<details>` of a page. */
export const openDetails = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { querySelectorAll: (of: string) => Iterable<{ open: boolean }> }
    }
    for (const details of document.querySelectorAll('details')) details.open = true
  })
}

/** Whether the page as a whole scrolls sideways. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number; clientWidth: number } }
    }
    return document.documentElement.scrollWidth > document.documentElement.clientWidth
  })
