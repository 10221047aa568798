// What a dashboard of a hub of 100,000 runs costs: processor time beyond reading, bytes, a rebuild after 100 new runs,
// and how long a browser needs until the table of all runs can be used.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { IndexedRun } from '../../../src/app/hub/store-ports.ts'
import { writeDashboard } from '../../../src/compose/dashboard.ts'
import { openProject } from '../../../src/compose.ts'
import { createDashboardReads } from '../../../src/store/dashboard/dashboard-reads.ts'
import { createHubIndex } from '../../../src/store/hub/hub-index.ts'
import { openDatabase, openDatabaseForReading } from '../../../src/store/open.ts'
import { prepareOnce } from '../../../src/store/statements.ts'
import { sharedRuns } from './shared-runs.ts'

const RUNS = Number(process.argv[2] ?? 100_000)
const PROJECTS = 50
const MONTHS = 10
const NEW_RUNS = 100
const STEP = 1000
const HUB = 'https://hub.example/results.git'

const root = join(tmpdir(), `benchmark-dashboard-${String(process.pid)}`)
const site = join(root, 'site')
const file = join(root, '.benchmark', 'benchmark.db')
const say = (what: string, figure: string): void => void process.stdout.write(`${what.padEnd(44)} ${figure}\n`)
const cpuSeconds = async (act: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const take = (runs: Iterable<IndexedRun>, head: string): void => {
  const db = openDatabase(file)
  const index = createHubIndex(db, prepareOnce(db))
  index.begin(HUB, { head: head.repeat(40), tree: head.repeat(40) }, 1)
  const apply = (added: readonly IndexedRun[]): void =>
    void index.apply(HUB, {
      ...{ added, removedPaths: [], quarantined: [], registry: [], removedRegistry: [] },
      ...{ cursor: added.at(-1)?.path ?? '', at: '2026-11-26T00:00:00.000Z' },
    })
  let step: IndexedRun[] = []
  for (const run of runs) {
    step.push(run)
    if (step.length < STEP) continue
    apply(step)
    step = []
  }
  if (step.length > 0) apply(step)
  index.finish(HUB, '2026-11-26T00:00:00.000Z', () => false)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

// The last runs of one project come later: what a night brings.
const LATE = `project-${String(PROJECTS - 2).padStart(3, '0')}`
const isNew = (() => {
  let earlier = Math.ceil(RUNS / PROJECTS / MONTHS) - NEW_RUNS
  return ({ document, month }: IndexedRun): boolean =>
    document.project_id === LATE && month === `2026-${String(MONTHS)}` && earlier-- <= 0
})()

const build = async (): Promise<Awaited<ReturnType<typeof writeDashboard>>> =>
  writeDashboard(openProject(root), { folder: site, force: false, sharedOnly: false })

const inBrowser = async (): Promise<void> => {
  const browser = await chromium
    .launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    .catch(() => null)
  if (browser === null) return say('table of all runs', 'no Chromium here')
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`file://${site}/runs.html`, { waitUntil: 'commit' })
  await page.waitForSelector('[data-ready="yes"]', { timeout: 120_000 })
  const ready = await page.evaluate<number>('performance.now()')
  say('table of all runs usable', `${ready.toFixed(0)} ms (at most 1000 ms)`)
  // As text: this project is not compiled with the types of a browser.
  const timed = (selector: string): Promise<number> =>
    page.evaluate<number>(`{
      const button = document.querySelector('${selector}')
      const before = performance.now()
      button.click()
      document.body.getBoundingClientRect()
      performance.now() - before
    }`)
  say('sort by a number', `${(await timed('th[data-key="f1_score@gene"] button')).toFixed(0)} ms (at most 100 ms)`)
  say('sort by a text', `${(await timed('th[data-key="pipeline"] button')).toFixed(0)} ms (at most 100 ms)`)
  const filter = await page.evaluate<number>(`new Promise((resolve) => {
    const search = document.querySelector('input[type="search"]')
    search.value = 'kraken2 project-02'
    const before = performance.now()
    new MutationObserver(() => resolve(performance.now() - before - 120)).observe(
      document.querySelector('#runs [role="status"]'), { childList: true, characterData: true, subtree: true })
    search.dispatchEvent(new Event('input'))
  })`)
  say('filter, beyond the pause in typing', `${filter.toFixed(0)} ms (at most 100 ms)`)
  await browser.close()
}

try {
  mkdirSync(join(root, '.benchmark'), { recursive: true })
  writeFileSync(
    join(root, '.benchmark', 'config.yaml'),
    `benchmark:\n  project: {name: bench, type: amr-detection}\n  central_hub: {url: '${HUB}'}\n`,
  )
  const later: IndexedRun[] = []
  const first = function* (): Generator<IndexedRun> {
    for (const run of sharedRuns({ runs: RUNS, projects: PROJECTS, months: MONTHS }))
      if (isNew(run)) later.push(run)
      else yield run
  }
  take(first(), 'a')
  const db = openDatabaseForReading(file)
  let read = 0
  const reading = await cpuSeconds(() => {
    const reads = createDashboardReads(db, { hub: HUB, withOwn: true })
    for (const folder of reads.folders()) read += reads.runs(folder).length
  })
  db.close()
  say('runs', String(read))
  say('reading them', `${reading.toFixed(1)} s CPU`)
  let report = await build()
  rmSync(site, { recursive: true })
  const full = await cpuSeconds(async () => (report = await build()))
  say('build', `${full.toFixed(1)} s CPU, ${(full - reading).toFixed(1)} s beyond reading (at most 20 s)`)
  say(
    'site',
    `${(report.bytes / 1e6).toFixed(1)} MB in ${String(report.files)} files (at most 40 MB), ${String(report.pages)} pages`,
  )
  const again = await cpuSeconds(async () => (report = await build()))
  say('again, nothing new', `${again.toFixed(1)} s CPU, ${String(report.written)} files written`)
  take(later, 'b')
  const renewed = await cpuSeconds(async () => (report = await build()))
  say(
    `after ${String(later.length)} new runs`,
    `${renewed.toFixed(1)} s CPU, ${((100 * renewed) / full).toFixed(0)} % of the build (at most 20 %), ${String(report.written)} files written`,
  )
  await inBrowser()
} finally {
  rmSync(root, { recursive: true, force: true })
}
