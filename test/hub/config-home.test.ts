import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configHome } from '../../src/hub/config-home.ts'

test('where a user keeps things; an empty variable is none', () => {
  expect(configHome({ BENCHMARK_CONFIG_HOME: '/a', XDG_CONFIG_HOME: '/b', HOME: '/c' })).toBe('/a')
  expect(configHome({ BENCHMARK_CONFIG_HOME: '', XDG_CONFIG_HOME: '/b', HOME: '/c' })).toBe(join('/b', 'benchmark'))
  expect(configHome({ XDG_CONFIG_HOME: '', HOME: '/c' })).toBe(join('/c', '.config', 'benchmark'))
  expect(configHome({})).toBe(join(homedir(), '.config', 'benchmark'))
})
