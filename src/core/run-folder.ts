/** Names of the documents in a run's folder. */
export const RUN_FILES = { metadata: 'metadata.json', metrics: 'metrics.json', plan: 'plan.json' } as const
