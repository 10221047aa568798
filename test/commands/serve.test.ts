import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import type { StatusDocument } from '../../src/generated/status.ts'
import { fillDashboardProject, sceneRuns } from '../support/dashboard-scene.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'
import { ask, post, serve, type Serving, stopServers } from '../support/serving.ts'

afterAll(stopServers)

const newProject = (theme: string): string => {
  const cwd = tempDir(theme)
  mkdirSync(join(cwd, '.benchmark'))
  writeFileSync(join(cwd, '.benchmark', 'config.yaml'), 'benchmark:\n  project: {name: served, type: amr-detection}\n')
  return cwd
}

const errorOf = (answer: { document: () => Record<string, unknown> }) =>
  answer.document()['error'] as { code: string; message: string; hints: string[]; findings: { message: string }[] }

const json = async (argv: readonly string[], cwd: string): Promise<unknown> => {
  const result = await benchmark([...argv, '--json'], { cwd })
  expect(result.exit, result.stdout + result.stderr).toBe(0)
  return result.json()
}

describe('a project with runs', () => {
  const cwd = newProject('serve runs')
  let to: Serving
  beforeAll(async () => {
    await json(['test', '--quick', '--label', 'feature/a b'], cwd)
    to = await serve(cwd)
  })

  test('shows the dashboard as the command writes it, with validators and types', async () => {
    const first = await ask(to, '/')
    expect(first.status).toBe(200)
    expect(first.text).toBe(readFileSync(join(cwd, '.benchmark', 'serve', 'index.html'), 'utf8'))
    expect(first.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    })
    expect(first.headers['access-control-allow-origin']).toBeUndefined()
    const { etag = '', 'last-modified': modified = '' } = first.headers
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
      { 'if-modified-since': modified },
    ] as const) {
      const again = await ask(to, '/', { headers })
      expect([again.status, again.text]).toEqual([304, ''])
    }
    expect(
      (await ask(to, '/', { headers: { 'if-none-match': '"other"', 'if-modified-since': modified } })).status,
    ).toBe(200)

    const head = await ask(to, '/index.html', { method: 'HEAD' })
    expect([head.status, head.text, head.headers['content-length']]).toEqual([
      200,
      '',
      String(Buffer.byteLength(first.text)),
    ])
    const folder = await ask(to, '/p/served')
    expect([folder.status, folder.headers.location]).toEqual([301, '/p/served/'])
    expect((await ask(to, '/p/served/')).text).toContain('served')

    const types = new Map<string, string>()
    const { files } = JSON.parse(readFileSync(join(cwd, '.benchmark', 'serve', 'manifest.json'), 'utf8')) as {
      files: Record<string, { file: string; bytes: number }>
    }
    for (const { file, bytes } of Object.values(files)) {
      if (file === 'api/v1/openapi.json') continue
      const answer = await ask(to, `/${file}`)
      expect([file, answer.status, Number(answer.headers['content-length'])]).toEqual([file, 200, bytes])
      types.set(/\.([a-z]+)$/.exec(file)?.[1] ?? '', answer.headers['content-type'] ?? '')
    }
    expect(Object.fromEntries(types)).toEqual({
      html: 'text/html; charset=utf-8',
      css: 'text/css; charset=utf-8',
      js: 'text/javascript; charset=utf-8',
      json: 'application/json; charset=utf-8',
      tsv: 'text/tab-separated-values; charset=utf-8',
      xml: 'application/xml; charset=utf-8',
    })
  })

  test('answers with the documents of the commands', async () => {
    const status = (await json(['status', 'latest'], cwd)) as StatusDocument
    const names = ['latest', status.run_id, status.run_id.slice(0, 20), 'feature%2Fa%20b']
    for (const name of names) {
      const answer = await ask(to, `/api/v1/benchmark/status/${name}`)
      expect([answer.status, answer.document()]).toEqual([200, status])
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
      })
    }
    const head = await ask(to, '/api/v1/benchmark/status/latest', { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    const board = await json(['leaderboard', 'amr-detection', '--limit', '1'], cwd)
    expect((await ask(to, '/api/v1/leaderboard/amr-detection?limit=1')).document()).toEqual(board)
  })

  test('says what is wrong, all of it at once, and what was meant', async () => {
    const refusals: [string, number, string, ...RegExp[]][] = [
      ['/api/v1/benchmark/status/nightly', 404, 'E_NOT_FOUND', /nightly/],
      ['/api/v1/benchmark/status/%ff', 400, 'E_USAGE', /encoded/],
      ['/api/v1/leaderboard/amr-detecton', 404, 'E_NOT_FOUND', /Did you mean \\"amr-detection/],
      [
        '/api/v1/leaderboard/amr-detection?limt=3&limit=-1&x=1',
        400,
        'E_USAGE',
        /\\"limit\\"\?/,
        /whole number/,
        /\\"x\\"/,
      ],
      ['/api/v1/leaderboard/amr-detection?limit=1&limit=2', 400, 'E_USAGE', /more than once/],
      [
        '/api/v1/benchmark/compare?projekt_a=a',
        400,
        'E_USAGE',
        /project_a\\" is missing/,
        /project_b\\" is missing/,
        /Did you mean/,
      ],
      ['/api/v1/benchmark/compare?project_a=served&project_b=served', 400, 'E_USAGE', /same project/],
      ['/api/v1/benchmark/compare?project_a=served&project_b=servd', 404, 'E_NOT_FOUND', /Did you mean \\"served\\"/],
      ['/api/v1/nothing', 404, 'E_NOT_FOUND', /openapi\.json/],
      ['/api/v1/projects/nobody.json', 404, 'E_NOT_FOUND', /openapi\.json/],
    ]
    for (const [path, status, code, ...words] of refusals) {
      const answer = await ask(to, path)
      expect([path, answer.status, errorOf(answer).code]).toEqual([path, status, code])
      for (const word of words) expect(answer.text).toMatch(word)
    }
    const page = await ask(to, '/nothing.html')
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8'])
  })

  test('describes itself: every live route is in it, answers, and answers as it says', async () => {
    const { paths, components } = JSON.parse((await ask(to, '/api/v1/openapi.json')).text) as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
      components: { schemas: Record<string, unknown> }
    }
    const text = JSON.stringify({ paths, components })
    for (const [, reference = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = reference.split('/').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], {
        components,
      })
      expect(found, reference).toBeTypeOf('object')
    }
    expect(text).not.toMatch(/"\$ref":"[^#]/)
    const live = Object.keys(paths).filter((path) => !/\{[a-z]+\}\.json$/.test(path))
    expect(live.sort()).toEqual([
      '/api/v1/benchmark/compare',
      '/api/v1/benchmark/run',
      '/api/v1/benchmark/status/{run_id}',
      '/api/v1/leaderboard/{category}',
      '/api/v1/openapi.json',
    ])
    const asked = ['/api/v1/benchmark/status/latest', '/api/v1/leaderboard/amr-detection']
    for (const path of asked) expect((await ask(to, path)).document()).toHaveProperty('schema')
    // The files, too, with the values the description has for them.
    for (const path of ['projects/served', 'leaderboard/amr-detection'])
      expect((await ask(to, `/api/v1/${path}.json`)).status).toBe(200)
    // The site itself says nothing of routes it does not have.
    const own = readFileSync(join(cwd, '.benchmark', 'serve', 'api', 'v1', 'openapi.json'), 'utf8')
    expect(own).not.toContain('/benchmark/')
  })

  test('is renewed after a new run, and answers meanwhile', async () => {
    const before = (await ask(to, '/runs.html')).text
    await json(['test', '--quick', '--label', 'a-new-one'], cwd)
    await delay(1100)
    const pages = await Promise.all(Array.from({ length: 20 }, () => ask(to, '/')))
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]))
    const newest = (await json(['status', 'latest'], cwd)) as StatusDocument
    await expect
      .poll(async () => (await ask(to, '/api/v1/projects/served.json')).text, { timeout: 30_000, interval: 300 })
      .toContain(newest.run_id)
    expect((await ask(to, '/runs.html')).text).not.toBe(before)
    expect(to.stderr()).toBe('')
  })

  test('two at once on one project, each under its own port; a taken port is told', async () => {
    const other = await serve(cwd, ['--host', 'localhost'])
    expect(other.port).not.toBe(to.port)
    expect(other.token).not.toBe(to.token)
    const [one, two] = await Promise.all([ask(to, '/'), ask(other, '/')])
    expect([one.status, two.status, one.text === two.text]).toEqual([200, 200, true])
    const taken = await benchmark(['serve', '--port', String(to.port), '--json'], { cwd })
    expect(taken.exit).toBe(6)
    expect(taken.json()).toMatchObject({ error: { code: 'E_BUSY', hints: [expect.stringContaining('--port')] } })
    expect(await other.stop('SIGINT')).toBe(0)
    expect((await ask(to, '/')).status).toBe(200)
  })

  test('Ctrl-C and SIGTERM end it at once with status 0, also with a connection that stays open', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const other = await serve(cwd)
      const waiting = ask(other, '/api/v1/benchmark/run', {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', authorization: `Bearer ${other.token}` },
          'content-length': '100',
        },
        body: '{',
      }).catch(() => null)
      await delay(300)
      const started = performance.now()
      expect(await other.stop(signal)).toBe(0)
      expect(performance.now() - started).toBeLessThan(5000)
      await waiting
      expect(other.stderr()).toBe('')
    }
  })
})

test('a page that is asked for while the server ends begins nothing', async () => {
  const cwd = newProject('serve ending')
  await json(['test', '--quick'], cwd)
  const to = await serve(cwd)
  const socket = connect(to.port, '127.0.0.1')
  let text = ''
  socket.on('data', (part: Buffer) => (text += part.toString()))
  socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${to.port}\r\n`)
  await delay(300)
  const ended = to.stop()
  await delay(300)
  socket.write('Connection: close\r\n\r\n')
  expect(await ended).toBe(0)
  expect(text).toMatch(/^HTTP\/1\.1 503 .*This server is ending/s)
  // A renewal would go on after the server.
  await delay(1500)
  expect(existsSync(join(cwd, '.benchmark', 'serve'))).toBe(false)
  expect(to.stderr()).toBe('')
})

test('hosts others could reach are refused, and what to do instead is said', async () => {
  const cwd = newProject('serve hosts')
  for (const host of ['0.0.0.0', '::', '192.168.0.1', 'example.org', '127.0.0.2', '']) {
    const result = await benchmark(['serve', '--host', host], { cwd })
    expect([host, result.exit]).toEqual([host, 2])
    expect(result.stderr).toMatch(/ssh -L/)
    expect(result.stderr).toMatch(/dashboard --output/)
  }
})

test('a folder that cannot be a dashboard is not the fault of who asks; the API goes on', async () => {
  const cwd = newProject('serve in the way')
  await json(['test', '--quick'], cwd)
  mkdirSync(join(cwd, '.benchmark', 'serve'))
  writeFileSync(join(cwd, '.benchmark', 'serve', 'thesis.html'), 'mine')
  const to = await serve(cwd)
  const page = await ask(to, '/')
  expect([page.status, page.text]).toEqual([503, expect.stringContaining('is not empty')])
  expect((await ask(to, '/api/v1/benchmark/status/latest')).status).toBe(200)
  expect(readFileSync(join(cwd, '.benchmark', 'serve', 'thesis.html'), 'utf8')).toBe('mine')
})

test('a dashboard in its default folder is left as it is', async () => {
  const cwd = newProject('serve beside')
  await json(['test', '--quick', '--label', 'first'], cwd)
  await json(['dashboard'], cwd)
  const manifest = join(cwd, '.benchmark', 'dashboard', 'manifest.json')
  const before = readFileSync(manifest, 'utf8')
  await json(['test', '--quick', '--label', 'second'], cwd)
  const to = await serve(cwd)
  expect((await ask(to, '/runs.html')).text).toContain('2 runs of 1 project')
  expect(readFileSync(manifest, 'utf8')).toBe(before)
})

test('two servers that begin at once have one dashboard', async () => {
  const cwd = newProject('serve two')
  await json(['test', '--quick'], cwd)
  const both = await Promise.all([serve(cwd), serve(cwd)])
  const pages = await Promise.all(both.map((to) => ask(to, '/')))
  expect(pages.map(({ status }) => status)).toEqual([200, 200])
  expect(pages[0]?.text).toBe(pages[1]?.text)
  for (const to of both) expect(to.stderr()).toBe('')
})

test('a project without runs says so, and shows what comes', async () => {
  const cwd = newProject('serve empty')
  const to = await serve(cwd, ['--verbose'])
  const empty = await ask(to, '/')
  expect([empty.status, empty.text]).toEqual([404, expect.stringMatching(/no runs.*benchmark run/s)])
  for (const path of ['benchmark/status/latest', 'benchmark/compare?project_a=a&project_b=b', 'projects/served.json']) {
    const answer = await ask(to, `/api/v1/${path}`)
    expect([path, answer.status, errorOf(answer).code]).toEqual([path, 404, 'E_NOT_FOUND'])
    expect(answer.text).toContain('benchmark run')
  }
  expect((await ask(to, '/api/v1/openapi.json')).status).toBe(200)
  await json(['test', '--quick'], cwd)
  await delay(1100)
  expect((await ask(to, '/')).status).toBe(200)
  expect((await ask(to, '/api/v1/benchmark/status/latest')).status).toBe(200)
  await to.stop()
  expect(to.stderr()).toMatch(/^404 GET \/ \d+ ms$/m)
  expect(to.stderr()).not.toContain(to.token)
})

describe('runs that are started over http', () => {
  const cwd = newProject('serve post')
  const body = { project_id: 'served', dataset: 'amr-embedded', pipelines: ['embedded_contigs'] }
  let to: Serving
  beforeAll(async () => {
    to = await serve(cwd)
  })

  // Outputs of equal commands are reused: each test sleeps for a time of its own.
  const configureSleep = (seconds: number): void =>
    writeFileSync(
      join(cwd, '.benchmark', 'config.yaml'),
      `benchmark:\n  project: {name: served, type: amr-detection}\n  pipelines:\n    - {name: slow, version: "1", command: "sleep ${seconds}"}\n`,
    )

  test('are answered at once and go on', async () => {
    const answer = await post(to, { ...body, label: 'over-http', tags: ['x'], repeats: 2 })
    expect(answer.status).toBe(202)
    const { run_id: runId, status, status_url: url } = answer.document() as Record<string, string>
    expect(['queued', 'running', 'completed']).toContain(status)
    expect(answer.headers.location).toBe(url)
    await expect
      .poll(async () => (await ask(to, url ?? '')).document()['state'], { timeout: 60_000, interval: 200 })
      .toBe('completed')
    const run = (await json(['show', 'over-http'], cwd)) as RunDocument
    expect(run).toMatchObject({ run_id: runId, tags: ['x'], label: 'over-http' })
    expect(
      run.executions.every(({ pipeline, state }) => pipeline === 'embedded_contigs' && state === 'succeeded'),
    ).toBe(true)
    expect(Math.max(...run.executions.map(({ repeat }) => repeat))).toBe(2)
  })

  test('with async_mode false are answered when they are over', async () => {
    const answer = await post(to, { ...body, async_mode: false, samples: [] })
    // An empty list of samples is a mistake, told as such.
    expect([answer.status, errorOf(answer).findings.map(({ message }) => message)]).toEqual([
      400,
      [expect.stringContaining('"samples"')],
    ])
    const waited = await post(to, { ...body, async_mode: false, label: 'waited' })
    expect(waited.status).toBe(200)
    expect(waited.document()).toEqual(await json(['show', 'waited'], cwd))
    expect(waited.document()).toMatchObject({ schema: 'benchmark.run/1', state: 'completed' })
  })

  test('go on when the client goes away, and when the server ends; one at a time', async () => {
    configureSleep(3)
    writeFileSync(join(cwd, 'samples.csv'), 'sample,fastq_1,fastq_2\ns1,a.fastq,\n')
    writeFileSync(join(cwd, 'a.fastq'), '@a\nA\n+\nI\n')
    const other = await serve(cwd)
    const waiting = post(other, { input_data: 'samples.csv', async_mode: false, label: 'left-alone' }).catch(() => null)
    await expect
      .poll(async () => (await ask(other, '/api/v1/benchmark/status/left-alone')).text, { timeout: 20_000 })
      .toContain('"state":"running"')
    const busy = await post(to, { input_data: 'samples.csv' })
    expect(busy.text).toContain('benchmark status')
    expect([busy.status, errorOf(busy).code]).toEqual([409, 'E_BUSY'])
    expect(await other.stop()).toBe(0)
    expect(await waiting).toBeNull()
    await expect
      .poll(async () => (await ask(to, '/api/v1/benchmark/status/left-alone')).document()['state'], { timeout: 30_000 })
      .toBe('completed')
  })

  test('that come at once: the second is refused and leaves nothing behind', async () => {
    configureSleep(60)
    const before = (await json(['list'], cwd)) as { runs: unknown[] }
    const both = await Promise.all([1, 2].map(() => post(to, { input_data: 'samples.csv' })))
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409])
    const after = (await json(['list'], cwd)) as { runs: unknown[] }
    expect(after.runs).toHaveLength(before.runs.length + 1)
    await json(['cancel', 'latest'], cwd)
    await expect
      .poll(async () => (await ask(to, '/api/v1/benchmark/status/latest')).document()['state'], { timeout: 30_000 })
      .toBe('cancelled')
  })

  test('are refused with everything that is wrong', async () => {
    const before = (await json(['list'], cwd)) as { runs: unknown[] }
    const refusals: [object | string, number, string, ...RegExp[]][] = [
      [
        { piplines: ['x'], repeats: '3', async_mode: 1 },
        400,
        'E_USAGE',
        /\\"pipelines\\"\?/,
        /repeats\\" must be/,
        /async_mode\\" must/,
      ],
      [{ ...body, repeats: 1_000_000_000 }, 400, 'E_USAGE', /from 1 to 10000/],
      ['{"__proto__": 1}', 400, 'E_USAGE', /__proto__/],
      ['[1]', 400, 'E_USAGE', /JSON object/],
      ['{"a"', 400, 'E_USAGE', /no JSON/],
      ['', 400, 'E_USAGE', /no JSON/],
      [{ ...body, project_id: 'serve' }, 404, 'E_NOT_FOUND', /served/],
      [{ ...body, dataset: 'amr-embeded' }, 404, 'E_NOT_FOUND', /amr-embedded/],
      [{ ...body, pipelines: ['embedded_contig'] }, 404, 'E_NOT_FOUND', /embedded_contigs/],
      [{ input_data: 'nowhere.csv' }, 422, 'E_INPUT', /no sample sheet \/.*\/nowhere\.csv.*relative to the project/s],
    ]
    for (const [wrong, status, code, ...words] of refusals) {
      const answer = await post(to, wrong)
      expect([wrong, answer.status, errorOf(answer).code, answer.text]).toEqual([wrong, status, code, answer.text])
      for (const word of words) expect(answer.text).toMatch(word)
    }
    expect((await json(['list'], cwd)) as { runs: unknown[] }).toEqual(before)
    // What is taken is what the schema has.
    const { properties } = JSON.parse(
      readFileSync(join(packageRoot, 'schemas', 'run-request.schema.json'), 'utf8'),
    ) as {
      properties: object
    }
    expect(errorOf(await post(to, '[]')).hints).toEqual([`Its keys: ${Object.keys(properties).join(', ')}.`])
    writeFileSync(join(cwd, '.benchmark', 'config.yaml'), 'benchmark:\n  projekt: 1\n')
    const broken = await post(to, { dataset: 'amr-embedded' })
    expect([broken.status, errorOf(broken).code]).toEqual([500, 'E_CONFIG'])
    // The same for pages: there is no dashboard yet.
    const page = await ask(to, '/')
    expect([page.status, page.text]).toEqual([500, expect.stringContaining('config.yaml:2')])
  })
})

describe('projects of a hub', () => {
  const cwd = tempDir('serve hub')
  let to: Serving
  beforeAll(async () => {
    fillDashboardProject(cwd, sceneRuns({ runs: 4 }))
    to = await serve(cwd)
  })

  test('are compared by name, in any order, all of them', async () => {
    const compare = (a: string, b: string, metric = '') =>
      ask(to, `/api/v1/benchmark/compare?project_a=${a}&project_b=${b}${metric && `&metric=${metric}`}`)
    const one = await compare('lab-1', 'lab-2')
    const file = await ask(to, '/api/v1/compare/lab-1/lab-2.json')
    expect([one.status, one.document()]).toEqual([200, file.document()])
    const turned = (await compare('lab-2', 'lab-1')).document() as {
      a: unknown
      b: unknown
      changes: { a: number; b: number }[]
    }
    expect(turned).toMatchObject({ a: one.document()['b'], b: one.document()['a'] })
    // The sixth of a leaderboard of six is on no page.
    const last = JSON.parse((await ask(to, '/api/v1/leaderboard/amr-detection.json')).text) as {
      entries: { project: string }[]
    }
    const sixth = last.entries.at(-1)?.project ?? ''
    const first = last.entries[0]?.project ?? ''
    const pages = [first, sixth].sort()
    expect((await ask(to, `/api/v1/compare/${pages.join('/')}.json`)).status).toBe(404)
    expect((await compare(sixth, first)).document()).toMatchObject({ a: { project: sixth }, b: { project: first } })

    for (const metric of ['sensitivity:gene', 'amr_gene_recall']) {
      const part = (await compare('lab-1', 'lab-2', metric)).document() as {
        changes: { metric: string; level: string }[]
      }
      expect(part.changes.map(({ metric: name, level }) => [name, level])).toEqual([['sensitivity', 'gene']])
    }
    const misspelt = await compare('lab-1', 'lab-2', 'sensitivty')
    expect([misspelt.status, misspelt.text]).toEqual([404, expect.stringContaining('sensitivity')])
    const without = await compare('lab-1', 'lab-2', 'n50')
    expect([without.status, errorOf(without).code]).toEqual([404, 'E_NOT_FOUND'])
    expect(documentErrors(JSON.parse(file.text))).toEqual([])
  })
})

test('results that have just come count in a comparison, without a wrong 404 before', async () => {
  const cwd = tempDir('serve fresh')
  const runs = sceneRuns({ runs: 4 })
  fillDashboardProject(cwd, runs.slice(0, 1))
  const to = await serve(cwd)
  const compare = () => ask(to, '/api/v1/benchmark/compare?project_a=lab-1&project_b=lab-2')
  expect((await compare()).status).toBe(404)
  // It is looked at no more than once a second for who only looks.
  expect((await compare()).status).toBe(404)
  fillDashboardProject(cwd, runs.slice(1), 'b')
  const answers = await Promise.all([compare(), compare()])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
})
