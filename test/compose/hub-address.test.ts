import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { hubAddress } from '../../src/compose/hub-address.ts'

test.each(['https://h.example/hub.git', 'ssh://h/hub.git', 'file:///nas/hub.git', 'me@h:hub.git', 'host:hubs/hub.git'])(
  '%s stays as it is written',
  (given) => expect(hubAddress(given, '/project')).toBe(given),
)

test('a folder starts at the given one, also where its name has odd letters', () => {
  expect(hubAddress('hubs/hub.git', '/project')).toBe(resolve('/project', 'hubs/hub.git'))
  expect(hubAddress('../my hub', '/project')).toBe(resolve('/my hub'))
  expect(hubAddress('./a:b', '/project')).toBe(resolve('/project', 'a:b'))
})

test('a helper of git is left for whoever refuses it, and is no folder', () => {
  expect(hubAddress('ext::sh -c true', '/project')).toBe('ext::sh -c true')
})
