/** What a run in CI leaves for the system around it: comment, comparison and test report. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../compose.ts'
import type { RunPlan } from '../core/plan.ts'
import type { CommentSubject } from '../render/comment/comment.ts'

export interface CiPlaces {
  /** Default: `junit.xml` and `comparison.md` in the folder of the run. */
  readonly junit?: string | undefined
  readonly markdown?: string | undefined
  /** Where GitHub shows a summary of the job; null elsewhere. */
  readonly stepSummary: string | null
}

/** Writes `comparison.md`, `comparison.json` (where something was compared) and `junit.xml`; returns their paths. */
export const writeCiFiles = async (
  project: Project,
  subject: CommentSubject,
  { resultsDir, dataset, benchmarkType }: Pick<RunPlan, 'resultsDir' | 'dataset' | 'benchmarkType'>,
  places: CiPlaces,
): Promise<readonly string[]> => {
  const [files, { renderComment }, { junitXml }, { toComparisonDocument }] = await Promise.all([
    project.files(),
    import('../render/comment/render-comment.ts'),
    import('../render/junit/junit-xml.ts'),
    import('../render/json/comparison-document.ts'),
  ])
  const { comparison, absent, gate, run } = subject
  const markdown = renderComment(subject, { format: 'markdown' })
  const junit = junitXml({
    ...{ runId: run.runId, dataset: dataset?.id ?? benchmarkType, comparison, gate },
    absent: absent?.why ?? null,
  })
  const written = [
    [places.markdown ?? join(resultsDir, 'comparison.md'), markdown],
    [places.junit ?? join(resultsDir, 'junit.xml'), junit],
    ...(comparison === null
      ? []
      : [
          [
            join(resultsDir, 'comparison.json'),
            `${JSON.stringify(toComparisonDocument(comparison), null, 2)}\n`,
          ] as const,
        ]),
  ] as const
  for (const [path, text] of written) files.writeAtomically(path, text)
  if (places.stepSummary !== null && places.stepSummary !== '') appendFileSync(places.stepSummary, markdown)
  return written.map(([path]) => path)
}
