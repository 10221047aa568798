import type { Project } from '../compose.ts'
import { Problem } from '../core/problem.ts'
import { firstFew } from '../render/terminal/first-few.ts'

/**
 * Queues a finished run for the hub and tries to deliver it, where the configuration asks for that. The run is done:
 * whatever goes wrong here is told and waits for the next exchange.
 */
export const autoUpload = async (
  project: Project,
  run: { readonly runId: string; readonly project: string | null },
  tell: (text: string) => void,
): Promise<void> => {
  const { centralHub, sharing } = (await project.config()).load()
  if (centralHub?.autoUpload !== true) return
  if (sharing.visibility === 'private')
    return tell('Not shared: auto_upload is on, but sharing.visibility is private. Nothing left this machine.')
  try {
    const hub = await project.hub()
    const request = {
      runs: [run.runId],
      visibility: null,
      tags: [],
      branch: null,
      allowSmallGroup: false,
      deliver: true,
    }
    const { uploaded, queued, rejected, notes } = await hub.upload(request)
    if (uploaded.includes(run.runId)) tell(`Shared through ${centralHub.url}.`)
    if (queued.length > 0) tell(`Waiting for the hub: ${firstFew(queued)}. Nothing is lost.`)
    for (const { reason } of rejected) tell(`Not shared: ${reason}`)
    for (const note of notes) tell(note)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell(`Not shared yet: ${error.message}\n${error.hints.map((hint) => `  → ${hint}`).join('\n')}`)
  }
}
