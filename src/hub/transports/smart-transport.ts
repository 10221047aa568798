import { Problem } from '../../core/problem.ts'
import { MAIN } from '../git/object.ts'
import type { Advertisement, Offers } from './advertisement.ts'
import type { Channel } from './channel.ts'
import { askHead, fetchHistory, fetchPack, type Heads } from './smart-fetch.ts'
import { askToPush, pushPack } from './smart-push.ts'
import type { HubLimits, Transport } from './transport.ts'

/** A way to a hub that speaks git's stateless protocol, whatever carries it. */
export const smartTransport = (channel: Channel, limits: HubLimits, offers: Offers): Transport => {
  let known: Advertisement | null = null
  // Of the question before a push: asked for once, it serves that push alone.
  let toPush: Advertisement | null = null
  // What was offered once most likely still is; where that leads nowhere, the server is asked from the start.
  const askAsBefore = async (): Promise<Heads | null> => {
    const before = offers.read()
    if (before === null) return null
    const heads = await askHead(channel, before).catch((error: unknown) => {
      // Nobody answered: asking in another way would only take as long once more.
      if (error instanceof Problem && error.code === 'E_OFFLINE' && error.cause !== undefined) throw error
      return null
    })
    return heads?.head == null ? null : heads
  }
  const ask = async (): Promise<Heads> => {
    if (known === null) {
      const heads = await askAsBefore()
      known = heads?.advertisement ?? null
      if (heads !== null) return heads
    }
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
    fetch: async (mirror, have, progress, told) => {
      const { advertisement, head, bytesReceived } =
        told !== undefined && known?.version === 2
          ? { advertisement: known, head: told, bytesReceived: 0 }
          : await ask()
      if (head === null || head === have) return { head, bytesReceived }
      if (advertisement.version === 2) await offers.keep(advertisement)
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
