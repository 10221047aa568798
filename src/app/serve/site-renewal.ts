/** Keeps a written dashboard up to date for those who look at it: nothing is done while nobody asks. */
import type { Problem } from '../../core/problem.ts'
import type { Clock } from '../ports.ts'

/** How often it is looked whether results changed. */
const CHECK_MS = 1000
/** Who has an older site to look at waits no longer than this for the newer one. */
const WAIT_MS = 5000

interface RenewalDeps {
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>
  /** Changes whenever what the site is made of does. */
  readonly sources: () => Promise<string>
  /** Changes whenever somebody writes the site; null: there is none. */
  readonly site: () => string | null
  /** Writes the site; resolves with what prevented it, or null. */
  readonly build: () => Promise<Problem | null>
  /** Told about a failure while an older site goes on being shown. */
  readonly onStale: (problem: Problem) => void
}

/** How a site is kept up to date; at most one renewal goes on at a time. */
interface SiteRenewal {
  /** For who looks: waits a moment at most where there is an older site. Rejects with a `Problem` only where there is none. */
  readonly renew: () => Promise<void>
  /** For who counts on it: resolves when the site shows the results of now; rejects with what prevents that. */
  readonly renewFully: () => Promise<void>
}

export const createSiteRenewal = (deps: RenewalDeps): SiteRenewal => {
  let building: Promise<void> | null = null
  let last: { readonly stamp: string; readonly problem: Problem | null } | null = null
  let checkedAt = -Infinity
  const stampOf = (sources: string): string => JSON.stringify([sources, deps.site()])

  const renewIfChanged = async (): Promise<void> => {
    const sources = await deps.sources()
    if (last?.stamp === stampOf(sources)) return
    let problem = await deps.build()
    // Somebody else is writing it: to be tried again, and waited for where there is nothing else to show.
    while (problem?.code === 'E_BUSY' && deps.site() === null) {
      await deps.clock.sleep(CHECK_MS)
      problem = await deps.build()
    }
    last = problem?.code === 'E_BUSY' ? null : { stamp: stampOf(sources), problem }
    if (last !== null && problem !== null && deps.site() !== null) deps.onStale(problem)
  }
  const begin = (): Promise<void> => {
    checkedAt = deps.clock.monotonic()
    return (building ??= renewIfChanged().finally(() => (building = null)))
  }
  const renew = async (): Promise<void> => {
    if (building === null && deps.clock.monotonic() - checkedAt >= CHECK_MS) void begin()
    if (building !== null) {
      const waited = new AbortController()
      const patience = deps.site() === null ? [] : [deps.clock.sleep(WAIT_MS, waited.signal)]
      await Promise.race([building, ...patience]).finally(() => waited.abort())
    }
    const problem = last?.problem ?? null
    if (problem !== null && deps.site() === null) throw problem
  }
  const renewFully = async (): Promise<void> => {
    // What is being written may have been begun before the results of now.
    await building?.catch(() => undefined)
    await begin()
    while (last === null) {
      await deps.clock.sleep(CHECK_MS)
      await begin()
    }
    if (last.problem !== null) throw last.problem
  }
  return { renew, renewFully }
}
