/** OpenAPI of `benchmark serve`: its own routes, and the files of the dashboard as the dashboard describes them. */

type Node = Readonly<Record<string, unknown>>

/** Documents of `schemas/` that live routes answer with or take, and those these refer to. */
const DOCUMENTS = [
  ...['status', 'leaderboard', 'dashboard-comparison', 'run', 'run-started', 'run-request', 'error', 'score-values'],
] as const

/** `RunStartedDocument` of `run-started`; the dashboard's own schemas have other names. */
const componentName = (document: string): string =>
  `${document.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Document`

const text = (more: Node = {}): Node => ({ type: 'string', ...more })
const inPath = (name: string, description: string): Node => ({
  ...{ name, in: 'path', required: true, description, schema: text() },
})
const inQuery = (name: string, description: string, schema: Node, required = false): Node => ({
  ...{ name, in: 'query', required, description, schema },
})
const json = (document: string): Node => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${componentName(document)}` } } },
})
const answers = (ok: Readonly<Record<number, readonly [description: string, document: string]>>): Node => ({
  ...Object.fromEntries(
    Object.entries(ok).map(([status, [description, document]]) => [status, { description, ...json(document) }]),
  ),
  default: { description: 'What is wrong, and what to do.', ...json('error') },
})

const PATHS: Node = {
  '/api/v1/benchmark/run': {
    post: {
      summary: 'Start a run; it goes on when the server ends or the client goes away',
      description: 'Takes the token `benchmark serve` printed when it started.',
      security: [{ token: [] }],
      requestBody: { required: true, ...json('run-request') },
      responses: answers({
        200: ['With `async_mode: false`: the run, when it is over.', 'run'],
        202: ['The run has started.', 'run-started'],
      }),
    },
  },
  '/api/v1/benchmark/status/{run_id}': {
    get: {
      summary: 'How far a run is',
      parameters: [inPath('run_id', 'Run id, its beginning, a label, latest or latest~1.')],
      responses: answers({ 200: ['Its status.', 'status'] }),
    },
  },
  '/api/v1/benchmark/compare': {
    get: {
      summary: 'The best of two projects on a dataset both have results on',
      parameters: [
        inQuery('project_a', 'What is compared with.', text(), true),
        inQuery('project_b', 'What is held against it.', text(), true),
        inQuery('metric', 'Only this metric, with a match level or rank after a colon.', text()),
      ],
      responses: answers({ 200: ['The comparison.', 'dashboard-comparison'] }),
    },
  },
  '/api/v1/leaderboard/{category}': {
    get: {
      summary: 'Leaderboard of a benchmark type',
      parameters: [
        inPath('category', 'Benchmark type.'),
        inQuery('limit', 'At most so many entries; 0 shows all.', { type: 'integer', minimum: 0, default: 10 }),
      ],
      responses: answers({ 200: ['The leaderboard.', 'leaderboard'] }),
    },
  },
  '/api/v1/openapi.json': {
    get: {
      summary: 'This description',
      responses: {
        200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
      },
    },
  },
}

/**
 * `site`: the description that stands in the dashboard's folder, or null where there is none yet. `schema`: a document of
 * `schemas/` by name.
 */
export const liveOpenApi = (site: unknown, schema: (name: string) => unknown, version: string): object => {
  const files = (site ?? {}) as { paths?: Node; components?: { schemas?: Node } }
  const documents = Object.fromEntries(
    DOCUMENTS.map((name) => [componentName(name), withinOneFile(name, schema(name))]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'benchmark serve',
      version,
      description: 'Live answers over one project, and the JSON files of its dashboard.',
    },
    servers: [{ url: '/' }],
    paths: { ...PATHS, ...files.paths },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { ...files.components?.schemas, ...documents },
    },
  }
}

/** Its references lead to components instead of files. */
const withinOneFile = (name: string, node: unknown): unknown => {
  if (Array.isArray(node)) return node.map((item) => withinOneFile(name, item))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).filter(([key]) => key !== '$id' && key !== '$schema')
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? referenceOf(name, value) : withinOneFile(name, value),
    ]),
  )
}

const referenceOf = (name: string, reference: string): string => {
  const [file = '', place = ''] = reference.split('#')
  const document = file === '' ? name : file.replace(/\.schema\.json$/, '')
  return `#/components/schemas/${componentName(document)}${place}`
}
