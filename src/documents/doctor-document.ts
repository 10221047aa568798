import type { DoctorDocument } from '../generated/doctor.ts'
import { toSnakeCase } from './key-case.ts'

/** The shape of `app/doctor.ts`'s answer, as far as this document needs it. */
interface Diagnosed {
  readonly isReady: boolean
  readonly checks: readonly object[]
  readonly pipelines: readonly object[]
  readonly selfTest: object | null
}

/** `benchmark.doctor/1`. */
export const toDoctorDocument = (diagnosis: Diagnosed): DoctorDocument => ({
  schema: 'benchmark.doctor/1',
  ...(toSnakeCase(diagnosis, new Set()) as Omit<DoctorDocument, 'schema'>),
})
