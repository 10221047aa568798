import { MAIN } from '../git/object.ts'
import type { Advertisement } from './advertisement.ts'
import type { Channel } from './channel.ts'
import { askHead, fetchHistory, fetchPack } from './smart-fetch.ts'
import { askToPush, pushPack } from './smart-push.ts'
import type { HubLimits, Transport } from './transport.ts'

/** A way to a hub that speaks git's stateless protocol, whatever carries it. */
export const smartTransport = (channel: Channel, limits: HubLimits): Transport => {
  let known: Advertisement | null = null
  // Of the question before a push: asked for once, it serves that push alone.
  let toPush: Advertisement | null = null
  const ask = async () => {
    const heads = await askHead(channel, known)
    known = heads.advertisement
    return heads
  }
  return {
    head: async (purpose) => {
      const { advertisement, head, bytesReceived } = purpose === 'push' ? await askToPush(channel) : await ask()
      toPush = purpose === 'push' ? advertisement : null
      return { head, bytesReceived }
    },
    fetch: async (mirror, have, progress) => {
      const { advertisement, head, bytesReceived } = await ask()
      if (head === null || head === have) return { head, bytesReceived }
      const fetched = await fetchPack(channel, mirror, { advertisement, head }, have, limits, progress)
      return { head, bytesReceived: bytesReceived + fetched.bytesReceived }
    },
    history: async (mirror, head, since) => {
      const { advertisement } = await ask()
      await fetchHistory(channel, mirror, { advertisement, head }, since, limits)
    },
    push: async (order) => {
      // The head may have been read once more since, and be another one.
      const isStill = order.ref === MAIN && toPush !== null && (toPush.refs.get(MAIN) ?? null) === order.before
      const offered = isStill && toPush !== null ? toPush : (await askToPush(channel)).advertisement
      toPush = null
      return pushPack(channel, offered, order)
    },
    close: () => channel.close?.(),
  }
}
