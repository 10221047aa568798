import type { ProjectModel } from '../../../core/dashboard/project-model.ts'
import { type Page, projectPath, projectTabs, type Site, upFrom } from './site.ts'

/** What the pages of a project have in common. */
export const projectFrame = (
  site: Site,
  { project }: ProjectModel,
  path: string,
  title: string,
): Omit<Page, 'lead' | 'sections'> => ({
  title: `${title}: ${project}`,
  crumbs: [
    { href: `${upFrom(path)}index.html`, text: 'Projects' },
    { href: `${upFrom(path)}${projectPath(site, project, 'index.html')}`, text: project },
    { href: null, text: title },
  ],
  links: projectTabs(site, project, path),
  data: null,
})
