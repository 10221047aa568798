/** Arithmetic on edwards25519 (RFC 8032, 5.1) in a few lines, for signatures that no honest signer makes. Slow. */
import { createHash } from 'node:crypto'

const P = 2n ** 255n - 19n
/** Order of the base point. */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n

export type Point = readonly [bigint, bigint]

const mod = (value: bigint, modulus = P): bigint => ((value % modulus) + modulus) % modulus
const power = (base: bigint, exponent: bigint): bigint => {
  let [result, square] = [1n, mod(base)]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}
const inverse = (value: bigint): bigint => power(value, P - 2n)
const D = mod(-121665n * inverse(121666n))

export const add = ([x1, y1]: Point, [x2, y2]: Point): Point => {
  const product = mod(D * x1 * x2 * y1 * y2)
  return [mod((x1 * y2 + y1 * x2) * inverse(mod(1n + product))), mod((y1 * y2 + x1 * x2) * inverse(mod(1n - product)))]
}

export const times = (factor: bigint, point: Point): Point => {
  let [result, double]: [Point, Point] = [[0n, 1n], point]
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = add(result, double)
    double = add(double, double)
  }
  return result
}

const littleEndian = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse()
const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

/** 32 bytes; `y` may be written as `y + P`, where that fits. */
export const encode = ([x, y]: Point, beyond = false): Buffer => littleEndian((beyond ? y + P : y) | ((x & 1n) << 255n))

const decode = (bytes: Buffer): Point => {
  const y = number(bytes) & (2n ** 255n - 1n)
  const square = mod((y * y - 1n) * inverse(mod(D * y * y + 1n)))
  let x = power(square, (P + 3n) / 8n)
  if (mod(x * x - square) !== 0n) x = mod(x * power(2n, (P - 1n) / 4n))
  if (mod(x * x - square) !== 0n) throw new RangeError('no point of the curve')
  return [(x & 1n) === BigInt((bytes[31] ?? 0) >> 7) ? x : mod(-x), y]
}

export const BASE = decode(Buffer.from(`58${'66'.repeat(31)}`, 'hex'))
/** A point of order 8. */
export const TORSION = decode(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex'))

/** The factor that a key and the first half of a signature give a message. */
export const challenge = (first: Buffer, key: Buffer, message: Uint8Array): bigint =>
  mod(number(createHash('sha512').update(first).update(key).update(message).digest()), L)

/** Both halves of a signature. */
export const signature = (first: Buffer, second: bigint): string =>
  Buffer.concat([first, littleEndian(second)]).toString('base64url')
