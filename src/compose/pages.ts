/** Pages and charts with the templates of this package. */
import { readFileSync } from 'node:fs'
import { packageFile } from '../package-files.ts'
import { loadCharts } from '../render/html/charts/chart.ts'
import { createPages } from '../render/html/page/pages.ts'
import type { PageTools } from '../render/html/report/run-report-page.ts'

/** Reads a text of `templates/report`. */
export const readTemplate = (file: string): string => readFileSync(packageFile(`templates/report/${file}`), 'utf8')

/** Everything pages are made with; loads the drawing library. */
export const openPages = async (): Promise<PageTools> => ({
  pages: createPages(readTemplate),
  chart: await loadCharts(),
})
