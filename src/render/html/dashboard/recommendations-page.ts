import { projectFrame } from './project-frame.ts'
import type { Card, ProjectModel } from '../../../core/dashboard/project-model.ts'
import type { DotIntervalSpec } from '../charts/spec.ts'
import { type Block, cards, figure, type Section, text } from './blocks.ts'
import { candidateName, type PlannedPage, projectPath, type Site } from './site.ts'

/** `p/<project>/recommendations.html`. "None found" is an answer. */
export const recommendationsPage = (site: Site, project: ProjectModel): PlannedPage => {
  const path = projectPath(site, project.project, 'recommendations.html')
  const { nextSteps, optimizations, costSavings } = project.sections.recommendations
  return {
    path,
    inputs: [project.project, project.board, project.sections.recommendations],
    make: () => ({
      ...projectFrame(site, project, path, 'Recommendations'),
      lead:
        project.board === null
          ? 'Nothing of this project is on a leaderboard yet.'
          : `From the leaderboard ${project.board.category} on ${project.board.dataset}.`,
      sections: [
        cardSection(site, 'nextSteps', 'Next steps (nextSteps)', nextSteps, 'Nothing is open.'),
        cardSection(
          site,
          'optimizations',
          'Other parameters (optimizations)',
          optimizations,
          'None found: no other parameter set of the pipeline in use is nowhere worse and somewhere better, or as good and cheaper.',
        ),
        cardSection(
          site,
          'costSavings',
          'Lower costs (costSavings)',
          costSavings,
          'None found: nothing that is not shown to be worse costs at least 5 % less.',
        ),
      ],
    }),
  }
}

const cardSection = (site: Site, id: string, title: string, of: readonly Card[], none: string): Section => ({
  id,
  title,
  blocks:
    of.length === 0
      ? [text(none)]
      : [
          ...savedFigure(site, id, of),
          cards(
            of.map((card) => ({
              action: card.action,
              facts: [
                { name: 'Evidence', value: card.evidence },
                { name: 'Expected effect', value: card.effect ?? 'not a matter of costs' },
                { name: 'Assumptions', value: card.assumptions },
                { name: 'Confidence', value: card.confidence },
                { name: 'How to verify', value: card.verify },
              ],
            })),
          ),
        ],
})

/** What each of them saves, and how sure that is. */
const savedFigure = (site: Site, id: string, of: readonly Card[]): readonly Block[] => {
  const rows = of.flatMap(({ saved, candidate }) =>
    saved === null || candidate === null ? [] : [{ saved, candidate }],
  )
  if (rows.length === 0) return []
  const spec: DotIntervalSpec = {
    kind: 'dotInterval',
    key: `${id}-saved`,
    title: 'Share of the costs of a sample that is saved',
    method:
      '1 − mean costs there / mean costs now, over samples measured on both sides; 95 % interval of Fieller from six samples on. The surest come first.',
    x: { label: 'share saved', unit: 'ratio', direction: 'higher' },
    reference: 0,
    rows: rows.map(({ saved, candidate }) => ({
      label: candidateName(candidate, true),
      ...{ value: saved.share, low: saved.low, high: saved.high },
    })),
  }
  return [figure(site.chart(spec), spec.key)]
}
