import type { InitResult } from '../../app/init-project.ts'
import type { InitDocument } from '../../generated/init.ts'

/** The JSON of `benchmark init`. */
export const toInitDocument = ({ name, type, files }: InitResult): InitDocument => ({
  schema: 'benchmark.init/1',
  project: name,
  type,
  files: [...files],
})
