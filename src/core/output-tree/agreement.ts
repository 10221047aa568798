import type { TreePart, TreeReading } from './output-tree.ts'

/**
 * Tools of one pipeline taken together: what any of them reports (`union`), what all do (`intersection`), what more than
 * half do (`majority`). The last two ask every tool that ran, so a sample that one of them was not run on is not run.
 */
export const agreementParts = (tools: readonly TreePart[], samples: readonly string[]): TreeReading => {
  const active = tools.filter(({ notRun }) => notRun === null)
  const files = active.flatMap(({ alternatives }) => alternatives[0] ?? [])
  const ranOn = (sample: string): number => active.filter(({ ran }) => ran.includes(sample)).length
  const joined = (tool: string, atLeastTools: number | null, ranAtLeast: number): TreePart => ({
    params: { tool },
    alternatives: [files],
    ran: samples.filter((sample) => ranOn(sample) >= ranAtLeast),
    notRun: null,
    processes: null,
    atLeastTools,
  })
  if (active.length === 0) return { parts: [], warnings: [] }
  const union = joined('union', null, 1)
  if (active.length === 1) return { parts: [union], warnings: [] }
  const all = active.length
  const partly = samples.filter((sample) => ranOn(sample) > 0 && ranOn(sample) < all)
  return {
    parts: [union, joined('intersection', all, all), joined('majority', Math.floor(all / 2) + 1, all)],
    warnings:
      partly.length === 0
        ? []
        : [
            `intersection and majority ask all ${all} tools that ran: ${partly.slice(0, 5).join(', ')} count as not run there`,
          ],
  }
}
