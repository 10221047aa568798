import type { SiteModel } from '../../../app/dashboard/site-pages.ts'

const object = (
  description: string,
  properties: Readonly<Record<string, object>>,
  required = Object.keys(properties),
) => ({
  ...{ type: 'object', description, required, properties },
})
const list = (items: object) => ({ type: 'array', items })
const TEXT = { type: 'string' }
const NUMBER = { type: 'number' }
const TEXT_OR_NULL = { type: ['string', 'null'] }
const NUMBER_OR_NULL = { type: ['number', 'null'] }
const ANY = { type: 'object', additionalProperties: true }
const OR_REASON = (what: string) => ({
  ...ANY,
  description: `${what}. \`reason\` is null where there is one, else it says why not.`,
  required: ['reason'],
})

const YES_OR_NO = { type: 'boolean' }
const ESTIMATE = {
  type: ['object', 'null'],
  description: 'Mean over samples with its 95 % interval; null: not measured.',
}
const SAVED = {
  type: ['object', 'null'],
  description:
    'Share of the costs of a sample that is saved, `low` and `high` its 95 % interval; null: nothing is saved.',
}
const CARD = object('What to do, on which evidence, and how to see whether it helped.', {
  ...{ action: TEXT, evidence: TEXT, effect: TEXT_OR_NULL, assumptions: TEXT, confidence: TEXT, verify: TEXT },
  ...{ saved: SAVED, candidate: { type: ['object', 'null'] } },
})
const NAME = { project: TEXT_OR_NULL, pipeline: TEXT, version: TEXT_OR_NULL, params: ANY }

const SCHEMAS = {
  Leaderboard: object('Everything comparable on one dataset, ranked.', {
    ...{
      schema: { const: 'benchmark.dashboard-leaderboard/1' },
      category: TEXT,
      dataset: { type: ['object', 'null'] },
    },
    ...{ as_of: TEXT_OR_NULL, definition_version: NUMBER_OR_NULL, total: NUMBER },
    weights_from: { enum: ['configuration', 'definition'], description: 'Whose weights the score has.' },
    prices: { type: ['object', 'null'], description: 'What costs were worked out with.' },
    warnings: list(TEXT),
    entries: list(
      object('A candidate with a place.', {
        ...NAME,
        ...{ rank: NUMBER, rank_low: NUMBER_OR_NULL, rank_high: NUMBER_OR_NULL },
        ...{ score: NUMBER, score_low: NUMBER_OR_NULL, score_high: NUMBER_OR_NULL },
        ...{ n_samples: NUMBER, coverage: NUMBER, run_id: TEXT, newest: TEXT, metrics: list(ANY) },
        ...{ key: TEXT, provisional: YES_OR_NO, tied_with_best: YES_OR_NO, pareto: TEXT, trust: TEXT, runs: NUMBER },
        ...{ machine: TEXT_OR_NULL, wall_seconds: ESTIMATE, peak_rss_bytes: ESTIMATE, cost: NUMBER_OR_NULL },
      }),
    ),
    unranked: list(
      object('A candidate without a place.', {
        ...{ ...NAME, reason: TEXT, coverage: NUMBER, n_samples: NUMBER, missing: NUMBER },
      }),
    ),
    community: list(ANY),
    group_size: NUMBER,
  }),
  Project: object('A project with the three sections of its dashboard.', {
    ...{
      schema: { const: 'benchmark.dashboard-project/1' },
      project: TEXT,
      benchmark_types: list(TEXT),
      ...{ owner: TEXT_OR_NULL, homepage: TEXT_OR_NULL, is_local: YES_OR_NO },
      ...{ first: TEXT_OR_NULL, newest: TEXT_OR_NULL },
      board: { type: ['object', 'null'], description: 'The leaderboard its places are on.' },
    },
    sections: object('The sections of the design.', {
      overview: object('Where the project stands.', {
        totalRuns: object('Runs, those that count, and why the others do not.', {
          ...{ all: NUMBER, valid: NUMBER, excluded: list(object('', { reason: TEXT, runs: NUMBER })) },
        }),
        bestPipeline: OR_REASON('The best pipeline with its rank interval and what it is level with'),
        avgPerformance: OR_REASON('Geometric mean of ratios to the baseline'),
        trend: OR_REASON('Slope over 90 days with its interval'),
      }),
      comparison: object('Held against others.', {
        vsBaseline: OR_REASON('The newest run against its baseline'),
        vsCommunity: OR_REASON('Place among everybody else; withheld below the group size'),
        vsHistory: object('Change points.', { series: list(ANY), left_out: NUMBER }),
      }),
      recommendations: object('What to do.', {
        nextSteps: list(CARD),
        optimizations: list(CARD),
        costSavings: list(CARD),
      }),
    }),
    regressions: list(ANY),
    coverage: list(ANY),
    recent: list(ANY),
  }),
  Comparison: object('The best of two projects on a dataset both have.', {
    ...{ schema: { const: 'benchmark.dashboard-comparison/1' }, category: TEXT, dataset: TEXT, a: ANY, b: ANY },
    verdict: TEXT,
    changes: list(
      object('One metric; `effect` is b - a, or b / a - 1 where relative.', {
        ...{ metric: TEXT, level: TEXT_OR_NULL, rank: TEXT_OR_NULL, unit: TEXT, direction: TEXT, n_common: NUMBER },
        ...{ a: NUMBER_OR_NULL, b: NUMBER_OR_NULL, effect: NUMBER_OR_NULL, effect_scale: TEXT },
        ...{ low: NUMBER_OR_NULL, high: NUMBER_OR_NULL, p_adjusted: NUMBER_OR_NULL, verdict: TEXT },
      }),
    ),
  }),
}

const answer = (schema: string) => ({
  200: {
    description: 'The file.',
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
  },
  404: { description: 'There is no such file.' },
})

const parameter = (name: string, values: readonly string[]) => ({
  ...{ name, in: 'path', required: true, schema: values.length === 0 ? TEXT : { type: 'string', enum: values } },
})

/** `api/v1/openapi.json`: OpenAPI 3.1 of the JSON files, relative to where the site is. */
export const openApi = (model: SiteModel, slug: (name: string) => string): object => {
  const categories = [...new Set(model.boards.map(({ category }) => category))]
  const datasets = [...new Set(model.boards.map(({ dataset }) => slug(dataset?.id ?? '')))]
  const projects = model.projects.map(({ project }) => slug(project))
  const get = (summary: string, schema: string, parameters: readonly object[]) => ({
    get: { summary, parameters, responses: answer(schema) },
  })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Benchmark dashboard',
      version: '1',
      description: 'Files of a static site: every answer is a file, so that any static host is the server.',
    },
    servers: [{ url: '../..' }],
    paths: {
      '/api/v1/leaderboard/{category}.json': get(
        'Leaderboard of a benchmark type on its largest dataset',
        'Leaderboard',
        [parameter('category', categories)],
      ),
      '/api/v1/leaderboard/{category}/{dataset}.json': get(
        'Leaderboard of a benchmark type on one dataset',
        'Leaderboard',
        [parameter('category', categories), parameter('dataset', datasets)],
      ),
      '/api/v1/projects/{project}.json': get('Dashboard of a project', 'Project', [parameter('project', projects)]),
      '/api/v1/compare/{a}/{b}.json': get(
        'Two projects, a before b in the alphabet; the first five of each leaderboard',
        'Comparison',
        [parameter('a', projects), parameter('b', projects)],
      ),
    },
    components: { schemas: SCHEMAS },
  }
}
