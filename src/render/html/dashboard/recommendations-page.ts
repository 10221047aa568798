import { projectFrame } from './project-frame.ts'
import type { Card, ProjectModel } from '../../../core/dashboard/project-model.ts'
import { cards, type Section, text } from './blocks.ts'
import { type PlannedPage, projectPath, type Site } from './site.ts'

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
        cardSection('nextSteps', 'Next steps (nextSteps)', nextSteps, 'Nothing is open.'),
        cardSection(
          'optimizations',
          'Other parameters (optimizations)',
          optimizations,
          'None found: no other parameter set of the pipeline in use is nowhere worse and somewhere better, or as good and cheaper.',
        ),
        cardSection(
          'costSavings',
          'Lower costs (costSavings)',
          costSavings,
          'None found: nothing that is not shown to be worse costs at least 5 % less.',
        ),
      ],
    }),
  }
}

const cardSection = (id: string, title: string, of: readonly Card[], none: string): Section => ({
  id,
  title,
  blocks:
    of.length === 0
      ? [text(none)]
      : [
          cards(
            [...of]
              .sort((left, right) => right.weight - left.weight)
              .map((card) => ({
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
