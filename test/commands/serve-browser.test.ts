import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { chromiumPath, useBrowser } from '../support/browser.ts'
import { fillDashboardProject, sceneRuns } from '../support/dashboard-scene.ts'
import { tempDir } from '../support/harness.ts'
import { ask, serve, stopServers } from '../support/serving.ts'

afterAll(stopServers)

describe.skipIf(chromiumPath === null)('in a real browser', () => {
  const browser = useBrowser()

  test('the dashboard works over http under its own policy, and its links lead on', async () => {
    const cwd = tempDir('serve browser')
    fillDashboardProject(cwd, sceneRuns({ runs: 4 }))
    const to = await serve(cwd)
    const context = await browser().newContext()
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
    })
    await page.goto(to.url)
    await page.getByRole('link', { name: 'lab-1', exact: true }).first().click()
    await page.waitForURL(`${to.url}p/lab-1/**`)
    expect(await page.locator('h1').first().textContent()).toContain('lab-1')
    // The tables of all runs come from scripts that the page loads by itself.
    await page.goto(`${to.url}runs.html`)
    await page.waitForFunction("document.querySelectorAll('main table tbody tr').length > 5")
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a page of another origin cannot take the runs as a script', async () => {
    const cwd = tempDir('serve foreign')
    fillDashboardProject(cwd, sceneRuns({ runs: 2 }))
    const to = await serve(cwd)
    expect((await ask(to, '/')).status).toBe(200)
    const { files } = JSON.parse(readFileSync(join(cwd, '.benchmark', 'serve', 'manifest.json'), 'utf8')) as {
      files: Record<string, { file: string }>
    }
    const shard = Object.values(files).find(({ file }) => /^data\/.*\.js$/.test(file))?.file ?? ''
    const html = `<script>window.taken = []; window.bench = (name) => window.taken.push(name)</script>
      <script src="${to.url}${shard}"></script><img src="${to.url}index.html">
      <script>window.answer = fetch('${to.url}api/v1/leaderboard/amr-detection').then(() => 'read', () => 'refused')</script>`
    const foreign = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html))
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
    const context = await browser().newContext()
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`)
    expect(await page.evaluate('window.taken')).toEqual([])
    expect(await page.evaluate('window.answer')).toBe('refused')
    // The same page over the server itself would have been given it.
    expect((await ask(to, `/${shard}`)).text).toMatch(/^bench\(/)
    await context.close()
    foreign.close()
  })
})
