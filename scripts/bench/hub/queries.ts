// What the leaderboard and its neighbours ask; kept to look at times and plans when tables or indexes change.

/** Newest run of an owner for each project and variant in one benchmark type and dataset. */
const NEWEST = `
  SELECT variant_key, project_key, max(started_at) AS started_at, run_key, number
  FROM hub_run_variant INDEXED BY hub_run_variant_newest
  WHERE task_key IN (SELECT key FROM hub_task WHERE benchmark_type = @type AND dataset = @dataset) AND trust = 0
  GROUP BY task_key, variant_key, project_key`

const here = { type: 'amr-detection', dataset: 'standard-2' }

export const QUERIES: Readonly<
  Record<string, { readonly sql: string; readonly values: Readonly<Record<string, string>> }>
> = {
  'newest run of each project and variant': { sql: NEWEST, values: here },
  'leaderboard by type, dataset and metric': {
    sql: `
      WITH newest AS MATERIALIZED (${NEWEST})
      SELECT newest.project_key, newest.variant_key, score.run_key, execution.repeat, score.sample, score.value,
        score.reason
      FROM newest
        CROSS JOIN series
        CROSS JOIN hub_score AS score ON score.run_key = newest.run_key AND score.series_key = series.key
        CROSS JOIN hub_execution AS execution
          ON execution.run_key = score.run_key AND execution.number = score.execution
            AND execution.variant_key = newest.variant_key
      WHERE series.metric = @metric AND series.level = @level`,
    values: { ...here, metric: 'f1_score', level: 'gene' },
  },
  'summaries of the newest runs': {
    sql: `
      WITH newest AS MATERIALIZED (${NEWEST})
      SELECT newest.project_key, newest.variant_key, summary.series_key, summary.value, summary.reason
      FROM newest CROSS JOIN hub_summary AS summary
        ON summary.run_key = newest.run_key AND summary.variant_key = newest.variant_key`,
    values: here,
  },
  'history of a metric in a project': {
    sql: `
      SELECT run.started_at, variant.variant_key, score.sample, score.value
      FROM hub_project AS project
        CROSS JOIN hub_folder AS folder ON folder.project_key = project.key
        CROSS JOIN hub_run AS run ON run.folder_key = folder.key
        CROSS JOIN hub_run_variant AS variant ON variant.run_key = run.key
        CROSS JOIN series
        CROSS JOIN hub_score AS score ON score.run_key = run.key AND score.series_key = series.key
      WHERE project.name = @project AND series.metric = @metric AND series.level = @level`,
    values: { project: 'project-004', metric: 'f1_score', level: 'gene' },
  },
  'scores of a metric in every run of a type': {
    sql: `
      SELECT count(*), avg(score.value)
      FROM hub_task AS task
        CROSS JOIN hub_run_variant AS variant ON variant.task_key = task.key
        CROSS JOIN series
        CROSS JOIN hub_score AS score ON score.run_key = variant.run_key AND score.series_key = series.key
      WHERE task.benchmark_type = @type AND series.metric = @metric AND series.level = @level`,
    values: { type: 'amr-detection', metric: 'f1_score', level: 'gene' },
  },
}
