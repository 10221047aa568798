import { describe, expect, test } from 'vitest'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'

const cwd = tempDir('recommend')

describe('recommend', () => {
  test('without results there is no recommendation, and it says what to do', async () => {
    const limits = ['--max-runtime', '24h', '--max-memory', '150GB', '--min-sensitivity', '0.9']
    const { stdout, exit } = await benchmark(['recommend', ...limits], { cwd })
    expect(exit).toBe(0)
    expect(stdout).toContain('No recommendation for amr-detection: nobody has results here.')
    const json = await benchmark(['recommend', ...limits, '--json'], { cwd })
    const document = JSON.parse(json.stdout) as unknown
    expect(documentErrors(document)).toEqual([])
    expect(document).toMatchObject({ recommended: null, why: ['no_results'], next_steps: [{ code: 'share_results' }] })
  })

  test('limits that cannot be read are wrong requests', async () => {
    const wrong = async (...args: string[]) => (await benchmark(['recommend', ...args], { cwd })).stderr
    expect(await wrong('--max-runtime', 'soon')).toContain('--max-runtime soon cannot be read.')
    expect(await wrong('--min-sensitivity', '90')).toContain('For 90 % write 0.9.')
    expect(await wrong('--min', 'sensitivty=0.9')).toContain('Did you mean "sensitivity"')
  })
})
