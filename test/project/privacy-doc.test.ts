import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withPrivacyTable } from '../../scripts/privacy-table.ts'
import { packageRoot } from '../support/harness.ts'

test('docs/privacy.md lists the fields as the schema marks them: run `npm run generate:docs` after changing a mark', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'privacy.md'), 'utf8')
  expect(page).toBe(withPrivacyTable(page, packageRoot))
  expect(page.match(/^\| \w+ \| `/gm)?.length).toBeGreaterThan(60)
})
