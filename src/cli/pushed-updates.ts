import { Problem } from '../core/problem.ts'

/** One ref as a push changes it; `base` null: the ref is new. */
export interface PushedUpdate {
  readonly base: string | null
  readonly head: string
  readonly ref: string
}

const LINE = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S+)$/

/** Reads `old new ref` lines, as git hands them to a pre-receive hook. Deletions come with a head of zeros. */
export const pushedUpdates = async (stream: NodeJS.ReadStream): Promise<readonly PushedUpdate[]> => {
  if (stream.isTTY)
    throw new Problem('E_USAGE', 'Say what to check.', {
      hints: ['benchmark hub check --base origin/main --head HEAD', 'As a pre-receive hook it reads standard input.'],
    })
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, base = '', head = '', ref = ''] = LINE.exec(line) ?? []
      if (ref === '')
        throw new Problem('E_USAGE', 'Standard input does not hold the updates of a push.', {
          hints: ['Expected lines “old new ref”; or give --base and --head.'],
        })
      return { base: /^0+$/.test(base) ? null : base, head, ref }
    })
}
