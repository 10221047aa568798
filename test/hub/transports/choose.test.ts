import { describe, expect, it } from 'vitest'
import { hubPlace } from '../../../src/hub/transports/choose.ts'

describe('hubPlace', () => {
  it.each([
    ['https://example.org/org/hub.git', 'http', 'https://example.org/org/hub.git'],
    ['https://Example.org:443/hub/', 'http', 'https://example.org/hub'],
    ['http://127.0.0.1:8080/hub', 'http', 'http://127.0.0.1:8080/hub'],
    ['http://localhost/hub', 'http', 'http://localhost/hub'],
    ['ssh://git@example.org/hub.git', 'ssh', 'ssh://git@example.org/hub.git'],
    ['git@example.org:org/hub.git', 'ssh', 'git@example.org:org/hub.git'],
    ['/nas/hub.git/', 'path', '/nas/hub.git'],
    ['file:///nas/hub%20one.git', 'path', 'file:///nas/hub%20one.git'],
  ])('%s', (given, kind, url) => {
    expect(hubPlace(given)).toMatchObject({ kind, url })
  })

  it.each([
    ['', /not a URL/],
    ['hub', /not one of/],
    ['./hub.git', /not one of/],
    ['-oProxyCommand=id', /not a URL/],
    ['ext::sh -c id', /Helpers/],
    ['ext::https://example.org', /Helpers/],
    ['git@-oProxyCommand=id:x', /not one of/],
    ['git@example.org:-x', /not one of/],
    ['ssh://-oProxyCommand=id/x', /not a URL/],
    ['ssh://git:secret@example.org/x', /password/],
    ['https://token@example.org/x', /name or token/],
    ['https://a:b@example.org/x', /name or token/],
    ['http://example.org/x', /not safe/],
    ['git://example.org/x', /not one of/],
    ['file://server/share', /host/],
    ['https://example.org/x?y=z', /\?/],
    ['https://example.org/\nx', /not a URL/],
  ])('refuses %s', (given, why) => {
    expect(() => hubPlace(given)).toThrow(why)
    expect(() => hubPlace(given)).toThrow(expect.objectContaining({ code: 'E_HUB' }) as Error)
  })
})
