import { createHash, randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanSecrets } from '../../../src/core/hub/secret-scan.ts'
import { sharedPayload } from '../../support/hub-documents.ts'

const kindsIn = (text: string): readonly string[] => scanSecrets({ label: text }).map(({ kind }) => kind)

// Put together here, so that no scanner of somebody's repository takes the test for a leak.
test.each([
  ['ghp' + '_0123456789abcdefghijABCDEFGHIJ012345', 'a GitHub token'],
  ['github' + '_pat_11ABCDEFG0123456789_abcdefghijk', 'a GitHub token'],
  ['glpat' + '-ABCDEFGHIJ0123456789', 'a GitLab token'],
  ['xoxb' + '-1234567890-abcdef', 'a Slack token'],
  ['AKIA' + 'IOSFODNN7EXAMPLE', 'an AWS key'],
  ['sk-' + 'proj-abcdefghijklmnopqrstuvwx', 'an API key'],
  ['-----BEGIN ' + 'OPENSSH PRIVATE KEY-----', 'a private key'],
  ['eyJ' + 'hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc', 'a JSON web token'],
  ['https://me:' + 'hunter2@example.org/x.git', 'a password in an address'],
  ['https://' + 'me@example.org/x.git', 'a user name in an address'],
  ['run with password' + '=hunter2', 'a password or key by its name'],
  ['API_KEY: ' + 'abcd1234', 'a password or key by its name'],
  ['see /home/' + 'kim/data', 'a home folder'],
  ['/Users/' + 'kim', 'a home folder'],
  [String.raw`C:\Users\kim`, 'a home folder'],
  ['~kim/data', 'a home folder'],
  ['ask kim' + '@example.org', 'an e-mail address'],
  ['host 192.168.1.17', 'an address of a private network'],
  ['10.1.2.3', 'an address of a private network'],
  ['172.20.0.4:8080', 'an address of a private network'],
  ['q7Zx2LmP9vRt4KwB8nYc3HsD6fGj1Ae5', 'what looks like a random key'],
])('%s is %s', (text, kind) => {
  expect(kindsIn(text)).toEqual([kind])
})

test.each([
  'nightly run of 2026-11-23, 12 samples',
  'ERR4796171_subsampled_10x_R1_R2_trimmed.fastq.gz',
  'release/1.4.11-rc2',
  'AMD EPYC 7763 64-Core Processor',
  'https://example.org/a/b?c=d',
  '172.32.0.1',
  'blaTEM-1_NC_010410_and_other_names_of_genes',
  'nfcore_funcscan_with_deeparg_and_rgi_2',
  createHash('sha256').update('x').digest('hex'),
  createHash('sha1').update('x').digest('hex'),
  '20261123t101502z-k3f9x2',
])('%s is nothing', (text) => {
  expect(kindsIn(text)).toEqual([])
})

test('what is kept under the name of a secret is one, however short', () => {
  const params = { db_password: 'hunter2', 'api-key': 'x', tokenizer: 'bpe', max_tokens: '5', token: '', secret: 3 }
  expect(scanSecrets({ pipelines: [{ params }] }).map(({ field }) => field)).toEqual([
    'pipelines/0/params/db_password',
    'pipelines/0/params/api-key',
  ])
})

test('versions with four parts are no addresses', () => {
  expect(scanSecrets({ pipelines: [{ version: '10.0.1.2' }] })).toEqual([])
})

test('a shared run holds nothing, whatever its digests are', () => {
  expect(scanSecrets(sharedPayload())).toEqual([])
  fc.assert(
    fc.property(fc.noBias(fc.uint8Array({ minLength: 32, maxLength: 32 })), (bytes) => {
      expect(scanSecrets({ comparability: { truth: Buffer.from(bytes).toString('hex') } })).toEqual([])
    }),
  )
})

test('names the field, and not the value; keys are looked at too', () => {
  const secret = 'ghp' + '_0123456789abcdefghijABCDEFGHIJ012345'
  const findings = scanSecrets(
    sharedPayload({ tags: ['fine', secret], pipelines: [{ name: 'x', version: null, params: { [secret]: 1 } }] }),
  )
  expect(findings.map(({ field }) => field)).toEqual(['tags/1', 'pipelines/0/params (the name of a key)'])
  expect(JSON.stringify(findings)).not.toContain(secret)
})

test('random keys are found wherever they stand', () => {
  const found = Array.from({ length: 50 }, () => kindsIn(`token is ${randomBytes(32).toString('base64url')} ok`).length)
  expect(found.filter((count) => count === 0).length).toBeLessThan(5)
})
