import { describe, expect, test } from 'vitest'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'

const cwd = tempDir('leaderboard')

describe('leaderboard', () => {
  test('of a project without runs says so, in every format, and as JSON', async () => {
    for (const format of ['table', 'markdown', 'csv']) {
      const { exit } = await benchmark(['leaderboard', 'amr-detection', '--format', format], { cwd })
      expect(exit).toBe(0)
    }
    const { stdout } = await benchmark(['leaderboard', 'amr-detection', '--json'], { cwd })
    const document = JSON.parse(stdout) as unknown
    expect(documentErrors(document)).toEqual([])
    expect(document).toMatchObject({ category: 'amr-detection', entries: [], unranked: [], hub: null })
    const json = await benchmark(['leaderboard', '--format', 'json'], { cwd })
    expect(JSON.parse(json.stdout)).toEqual(document)
  })

  test('an unknown type or dataset is a wrong request', async () => {
    const type = await benchmark(['leaderboard', 'amr-detecton'], { cwd })
    expect(type).toMatchObject({ exit: 2 })
    expect(type.stderr).toContain('Did you mean "amr-detection"?')
    const dataset = await benchmark(['leaderboard', '--dataset', 'nowhere'], { cwd })
    expect(dataset.stderr).toContain('There are no results on nowhere.')
  })
})
