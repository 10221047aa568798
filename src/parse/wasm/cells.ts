// AssemblyScript: the cells of tab-separated tables, found thirty-two bytes at a time, which JavaScript cannot do.
// `npm run generate:wasm` compiles it. A usize is an address in memory, or a number of bytes.

const STEP: usize = 32
const TAB: i8 = 9
const FEED: i8 = 10

/** From here on memory is free. */
export function freeMemory(): usize {
  return (__heap_base + 15) & ~15
}

/** Of the thirty-two bytes at an address, which ones are line feeds. */
export function feedsAt(at: usize): u32 {
  return equalsAt(at, FEED)
}

/** Of the thirty-two bytes at an address, which ones are tabs. */
export function tabsAt(at: usize): u32 {
  return equalsAt(at, TAB)
}

function equalsAt(at: usize, byte: i8): u32 {
  const wanted = i8x16.splat(byte)
  const left = i8x16.bitmask(i8x16.eq(v128.load(at), wanted))
  return left | (i8x16.bitmask(i8x16.eq(v128.load(at, 16), wanted)) << 16)
}

/**
 * Writes the place of each bit of `found`, counted from `at`; answers where the next one goes. Eight at once, whether there
 * are so many or not: cheaper than a branch for each. What is too much is overwritten.
 */
export function putPlaces(found: u32, at: u32, to: usize): usize {
  const next = to + (popcnt(found) << 2)
  do {
    store<u32>(to, at + ctz(found))
    found &= found - 1
    store<u32>(to, at + ctz(found), 4)
    found &= found - 1
    store<u32>(to, at + ctz(found), 8)
    found &= found - 1
    store<u32>(to, at + ctz(found), 12)
    found &= found - 1
    store<u32>(to, at + ctz(found), 16)
    found &= found - 1
    store<u32>(to, at + ctz(found), 20)
    found &= found - 1
    store<u32>(to, at + ctz(found), 24)
    found &= found - 1
    store<u32>(to, at + ctz(found), 28)
    found &= found - 1
    to += 32
  } while (found != 0)
  return next
}

/**
 * Finds the tabs and line feeds of `length` bytes, which a step of zeros follows. Their offsets go to `ends`; which of these
 * are line feeds, as indices of `ends`, to `lasts`. Answers how many line feeds there are.
 */
export function findEnds(text: usize, length: usize, ends: usize, lasts: usize): u32 {
  let end = ends
  let last = lasts
  for (let offset: usize = 0; offset < length; offset += STEP) {
    let feeds = feedsAt(text + offset)
    const found = feeds | tabsAt(text + offset)
    for (; feeds != 0; feeds &= feeds - 1) {
      store<u32>(last, ((end - ends) >> 2) + popcnt(found & ((feeds & -feeds) - 1)))
      last += 4
    }
    end = putPlaces(found, <u32>offset, end)
  }
  return <u32>((last - lasts) >> 2)
}
