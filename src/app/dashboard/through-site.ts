import type { SiteWriter } from '../hub/dashboard-ports.ts'

/** A document of the site that is also what its pages are made of: read back where it is still right, else made. */
export const throughSite = (site: SiteWriter, path: string, inputs: string, make: () => string): string => {
  const earlier = site.earlier(path)
  const text = earlier?.inputs === inputs ? earlier.text : make()
  site.write({ path, inputs, text: () => text })
  return text
}

export const toJson = (value: unknown): string => `${JSON.stringify(value)}\n`
