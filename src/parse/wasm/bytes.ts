// AssemblyScript: bytes compared and read as numbers, without asking how many there are where that is different each time.
// `npm run generate:wasm` compiles it.

const STEP: usize = 32
const POINT: i32 = 46
const ZERO: i32 = 48
const TENS = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15])
/** A step of ones, then one of zeros: what is read `length` bytes before its middle leaves so many bytes of others. */
const mask = memory.data<i64>([-1, -1, -1, -1, 0, 0, 0, 0])

/** The number of up to 15 digits with a point among them; -1 for any other text. As `parseDecimal` reads it. */
export function plainDecimal(from: usize, to: usize): f64 {
  if (to <= from || to - from > 15) return -1
  let mantissa: i64 = 0
  let point: usize = 0
  for (let at = from; at < to; at++) {
    const byte = <i32>load<u8>(at)
    const digit = byte - ZERO
    if (<u32>digit <= 9) mantissa = mantissa * 10 + digit
    else if (byte == POINT && point == 0) point = at
    else return -1
  }
  if (point == 0) return <f64>mantissa
  return to - from == 1 ? -1 : <f64>mantissa / load<f64>(TENS + ((to - point - 1) << 3))
}

/** Up to 15 digits, not all of them 0. */
export function isPlainPosition(from: usize, to: usize): bool {
  if (to - from > 15) return false
  const digits = v128.and(i8x16.sub(v128.load(from), i8x16.splat(<i8>ZERO)), firstOnes(to - from))
  return v128.any_true(digits) && !v128.any_true(i8x16.gt_u(digits, i8x16.splat(9)))
}

/** As many bytes of ones, up to 16, then zeros. */
export function firstOnes(many: usize): v128 {
  return v128.load(mask + STEP - many)
}

/** Whether so many bytes at two places are the same. */
export function isSame(one: usize, other: usize, length: usize): bool {
  let at: usize = 0
  for (; at + STEP < length; at += STEP)
    if (v128.any_true(v128.or(differenceAt(one + at, other + at), differenceAt(one + at + 16, other + at + 16))))
      return false
  // The last ones, up to a step, without asking how many: that is different each time.
  const rest = mask + STEP - (length - at)
  const first = v128.and(differenceAt(one + at, other + at), v128.load(rest))
  const second = v128.and(differenceAt(one + at + 16, other + at + 16), v128.load(rest, 16))
  return !v128.any_true(v128.or(first, second))
}

function differenceAt(one: usize, other: usize): v128 {
  return v128.xor(v128.load(one), v128.load(other))
}
