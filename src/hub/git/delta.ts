/** Deltas of packs: an object as pieces of another one and new bytes. */

/** Sizes a delta states, and where its instructions begin. */
export const deltaSizes = (delta: Buffer): { readonly base: number; readonly result: number; readonly at: number } => {
  let at = 0
  const size = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = delta.readUInt8(at++)
      value += (byte & 0x7f) * scale
      if ((byte & 0x80) === 0) return value
    }
  }
  const base = size()
  return { base, result: size(), at }
}

/** Makes the object. Throws a `RangeError` when the delta does not fit its base. */
export const applyDelta = (delta: Buffer, base: Buffer): Buffer => {
  const sizes = deltaSizes(delta)
  if (sizes.base !== base.length) throw new RangeError('a delta for another base')
  const made = Buffer.allocUnsafe(sizes.result)
  let at = sizes.at
  let filled = 0
  const put = (from: Buffer, start: number, length: number): void => {
    if (start + length > from.length || filled + length > made.length) throw new RangeError('a delta that does not fit')
    from.copy(made, filled, start, start + length)
    filled += length
  }
  while (at < delta.length) {
    const instruction = delta.readUInt8(at++)
    if (instruction === 0) throw new RangeError('an unknown instruction in a delta')
    if ((instruction & 0x80) === 0) {
      put(delta, at, instruction)
      at += instruction
      continue
    }
    let start = 0
    let length = 0
    for (let bit = 0; bit < 4; bit++) if (instruction & (1 << bit)) start += delta.readUInt8(at++) * 256 ** bit
    for (let bit = 0; bit < 3; bit++) if (instruction & (16 << bit)) length += delta.readUInt8(at++) * 256 ** bit
    put(base, start, length === 0 ? 0x10000 : length)
  }
  if (filled !== made.length) throw new RangeError('a delta that ends early')
  return made
}
