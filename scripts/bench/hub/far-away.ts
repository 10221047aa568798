import { type AddressInfo, createServer, type Socket, connect } from 'node:net'

/** Of a connection within a continent. */
export const ROUND_TRIP_MS = 20

/**
 * A way to a server of this machine that takes as long as one over a network: half a round trip for whatever is sent, and a whole
 * one more before the first bytes, for the handshake of TCP. Bandwidth is not limited. Resolves with the port.
 */
export const startFarAway = async (port: number): Promise<number> => {
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true })
    carry(near, far, ROUND_TRIP_MS)
    carry(far, near, 0)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const carry = (from: Socket, to: Socket, handshakeMs: number): void => {
  const openAt = performance.now() + handshakeMs
  const way: { readonly at: number; readonly arrive: () => void }[] = []
  // One timer at a time: two that end together need not end in their order.
  const next = (): void => {
    const first = way[0]
    if (first === undefined) return
    setTimeout(() => {
      way.shift()?.arrive()
      next()
    }, first.at - performance.now())
  }
  const send = (arrive: () => void): void => {
    way.push({ at: Math.max(openAt, performance.now()) + ROUND_TRIP_MS / 2, arrive })
    if (way.length === 1) next()
  }
  from.on('data', (bytes) => send(() => to.write(bytes)))
  from.on('end', () => send(() => to.end()))
  from.on('error', () => to.destroy())
}
