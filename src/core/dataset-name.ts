/** What names a dataset; null: own data nobody named. */
type Named = { readonly id: string; readonly version: string } | null

/** What people read: `zymo-d6300 1.2`. */
export const datasetText = (dataset: Named): string =>
  dataset === null ? 'data without a name' : [dataset.id, dataset.version].filter((part) => part !== '').join(' ')

/** What a dataset is known by whatever its version: its id; what data without a name is called. */
export const datasetId = (dataset: Named): string => dataset?.id ?? datasetText(dataset)
