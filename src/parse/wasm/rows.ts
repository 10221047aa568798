// AssemblyScript: the rows of src/parse/repeated-rows.ts that only repeat what others say. Whatever is unusual about a row is
// left to be read like any other, so that nothing here has to know why. `npm run generate:wasm` compiles it.

import { feedsAt, freeMemory, tabsAt } from './cells'

const STEP: usize = 32
/** So much text at once stays in the processor's nearest caches. */
const TEXT_BYTES: usize = 1 << 17
/** A longer line is read like any other. */
const LONGEST_LINE: usize = 2048
const TABLE_SLOTS: u32 = 1 << 17
const MOST_PROBES: i32 = 16
const MOST_RECORD_BYTES: usize = 1 << 26
/** A kept line may give way to one that is so much longer. */
const SPARE_BYTES: usize = 32
const RETURN: u8 = 13
const POINT: i32 = 46
const ZERO: i32 = 48

// A record of a group: its highest identity, then what stands at these offsets, its key run by run, and its surest line.
const ROWS_AT: usize = 8
const LINE_AT: usize = 12
const LENGTH_AT: usize = 16
const ROOM_AT: usize = 20
const TEXT_AT: usize = 24
const KEY_AT: usize = 32

// Lists of columns: how many, then their numbers.
const LIST_BYTES: usize = 256
const lists = memory.data(5 * 256)
const RUN_FIRSTS: usize = 0
const RUN_LASTS: usize = 1
const TELLING: usize = 2
const POSITIONS: usize = 3
const EMPTY: usize = 4
const TENS = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15])

let width: usize = 0
let identity: usize = 0
let coverage: usize = 0
let text: usize = 0
/** Hash and record of each group, alternating; 0 = free. */
let table: usize = 0
let records: usize = 0
let used: usize = 0

// The row looked at last, and where in it each of its cells begins, and one more behind its end: sixteen bits each.
const cells = memory.data(2 * (2048 + 3 * 32))
/** For each eight bits, places of those that are set, counted from 1. */
const placesOf = memory.data(256 * 8)
let rowStart: usize = 0
let rowEnd: usize = 0
let found: f64 = 0
let hash: u32 = 0
/** Where in the table its group would go; 0 where it must not have one. */
let freeSlot: usize = 0
let nextLine: usize = 0
let counted: i32 = 0

/** Sets everything up but the lists; answers where text goes, of which there is room for `roomForText()`; 0 for no memory. */
export function start(columns: usize, identityColumn: usize, coverageColumn: usize): usize {
  width = columns
  identity = identityColumn
  coverage = coverageColumn
  text = freeMemory()
  table = text + TEXT_BYTES + STEP
  records = table + (TABLE_SLOTS << 3)
  used = records
  for (let bits: u32 = 0; bits < 256; bits++) {
    let place = placesOf + (bits << 3)
    for (let left = bits; left != 0; left &= left - 1) store<u8>(place++, ctz(left) + 1)
  }
  return makeRoom(records) ? text : 0
}

export function roomForText(): usize {
  return TEXT_BYTES
}

/** Adds a column to one of the lists, which are numbered as above. */
export function addColumn(list: usize, column: u32): void {
  const at = lists + list * LIST_BYTES
  const many = load<u32>(at)
  store<u32>(at + 4 + (many << 2), column)
  store<u32>(at, many + 1)
}

/** Of the last call of `count`: how many rows were counted. */
export function rowsCounted(): i32 {
  return counted
}

/** Of the last call of `count`: the offset behind the line that was not counted; 0 if the text ends within it. */
export function afterLine(): usize {
  return nextLine
}

/**
 * Counts rows from an offset on, the first of which has number `line`, up to one that has no group, or anything unusual;
 * answers the offset of that one, or of what lacks a line feed. A step of anything but line feeds follows the text.
 */
export function count(offset: usize, length: usize, line: i32): usize {
  counted = 0
  const stop = text + length
  let at = text + offset
  rowStart = at
  let next = cells + 2
  while (at < stop) {
    const feeds = feedsAt(at)
    // Of what lies behind the first line feed nothing counts.
    const wanted = (tabsAt(at) | feeds) & (feeds ^ (feeds - 1))
    if (at - rowStart <= LONGEST_LINE) next = putStarts(wanted, <u32>(at - rowStart), next)
    at += STEP
    if (feeds == 0) continue
    rowEnd = at - STEP + ctz(feeds)
    at = rowEnd + 1
    if (!countRow(next, line + counted)) {
      nextLine = at - text
      return rowStart - text
    }
    counted++
    rowStart = at
    next = cells + 2
  }
  nextLine = 0
  freeSlot = 0
  return rowStart - text
}

// Writes where a cell begins behind each bit of `found`, counted from `at`; answers where the next one goes. Eight bits at
// once, by what is known of them: no branches, and no waiting for one after the other.
function putStarts(found: u32, at: u32, to: usize): usize {
  const here = i16x8.splat(<i16>at)
  for (let bit: u32 = 0; bit < 32; bit += 8) {
    const bits = (found >> bit) & 255
    const places = v128.load_ext<u8>(placesOf + (bits << 3))
    v128.store(to, i16x8.add(i16x8.add(here, i16x8.splat(<i16>bit)), places))
    to += popcnt(bits) << 1
  }
  return to
}

// `behind` is where the start of a cell after the last one would go.
function countRow(behind: usize, line: i32): bool {
  freeSlot = 0
  if (behind - cells != (width + 1) << 1 || rowEnd - rowStart > LONGEST_LINE) return false
  if (rowEnd > rowStart && load<u8>(rowEnd - 1) == RETURN) {
    rowEnd--
    store<u16>(behind - 2, <u16>(rowEnd + 1 - rowStart))
  }
  if (!isPlain()) return false
  const record = recordOfRow()
  if (record == 0) return false
  if (found > load<f64>(record) && !keepLine(record, line)) return false
  store<u32>(record, load<u32>(record, ROWS_AT) + 1, ROWS_AT)
  return true
}

function startOf(column: usize): usize {
  return rowStart + load<u16>(cells + (column << 1))
}

function endOf(column: usize): usize {
  return rowStart + load<u16>(cells + (column << 1), 2) - 1
}

// Whether the row's numbers are plain and in range, so that reading them would find no fault.
function isPlain(): bool {
  found = plainDecimal(startOf(identity), endOf(identity))
  const covered = plainDecimal(startOf(coverage), endOf(coverage))
  if (!(found >= 0 && found <= 100 && covered >= 0 && covered <= 100)) return false
  const places = lists + POSITIONS * LIST_BYTES
  for (let index = load<u32>(places); index > 0; index--) {
    const column = load<u32>(places + (index << 2))
    if (!isPlainPosition(startOf(column), endOf(column))) return false
  }
  const nothing = lists + EMPTY * LIST_BYTES
  for (let index = load<u32>(nothing); index > 0; index--) {
    const column = load<u32>(nothing + (index << 2))
    if (startOf(column) != endOf(column)) return false
  }
  return true
}

// The number of up to 15 digits with a point among them; -1 for any other text. As `parseDecimal` reads it.
function plainDecimal(from: usize, to: usize): f64 {
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

// Up to 15 digits, not all of them 0.
function isPlainPosition(from: usize, to: usize): bool {
  if (to - from > 15) return false
  let any = 0
  for (let at = from; at < to; at++) {
    const digit = <i32>load<u8>(at) - ZERO
    if (<u32>digit > 9) return false
    any |= digit
  }
  return any != 0
}

// The record of the row's group, or 0.
function recordOfRow(): usize {
  hash = hashOfRow()
  let slot = hash % TABLE_SLOTS
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const at = table + (slot << 3)
    const record = load<u32>(at, 4)
    if (record == 0) {
      freeSlot = at
      return 0
    }
    if (load<u32>(at) == hash && isOf(record)) return record
    slot = (slot + 1) % TABLE_SLOTS
  }
  return 0
}

function hashOfRow(): u32 {
  let mixed: u64 = 0
  const list = lists + TELLING * LIST_BYTES
  for (let index = load<u32>(list); index > 0; index--) {
    const column = load<u32>(list + (index << 2))
    const to = endOf(column)
    let at = startOf(column)
    mixed = (mixed ^ (to - at)) * 0x9e3779b97f4a7c15
    for (; at + 8 <= to; at += 8) mixed = mix(mixed, load<u64>(at))
    // The last one to seven bytes.
    if (at < to) mixed = mix(mixed, load<u64>(at) & (((<u64>1) << ((to - at) << 3)) - 1))
  }
  return <u32>(mixed ^ (mixed >> 32))
}

function mix(mixed: u64, word: u64): u64 {
  return (mixed ^ (mixed >> 32) ^ word) * 0x9e3779b97f4a7c15
}

function isOf(record: usize): bool {
  const firsts = lists + RUN_FIRSTS * LIST_BYTES
  const lasts = lists + RUN_LASTS * LIST_BYTES
  let key = record + KEY_AT
  for (let index = load<u32>(firsts); index > 0; index--) {
    const from = startOf(load<u32>(firsts + (index << 2)))
    const length = endOf(load<u32>(lasts + (index << 2))) - from
    if (load<u32>(key) != <u32>length || !isSame(key + 4, from, length)) return false
    key += 4 + length
  }
  return true
}

function isSame(one: usize, other: usize, length: usize): bool {
  let at: usize = 0
  for (; at + 16 <= length; at += 16)
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false
  if (at + 8 <= length) {
    if (load<u64>(one + at) != load<u64>(other + at)) return false
    at += 8
  }
  const rest = ((<u64>1) << ((length - at) << 3)) - 1
  return ((load<u64>(one + at) ^ load<u64>(other + at)) & rest) == 0
}

// False where there is no room for it.
function keepLine(record: usize, line: i32): bool {
  const length = rowEnd - rowStart
  if (length > load<u32>(record, ROOM_AT)) return false
  memory.copy(load<u32>(record, TEXT_AT), rowStart, length)
  store<u32>(record, length, LENGTH_AT)
  store<i32>(record, line, LINE_AT)
  store<f64>(record, found)
  return true
}

/** Whether that line is a plain row that only lacks a group. */
export function canOpen(): bool {
  return freeSlot != 0
}

/** Opens a group with the row that was not counted, number `line`: its record, or 0 where it must be read like any other. */
export function open(line: i32): usize {
  const length = rowEnd - rowStart
  if (freeSlot == 0) return 0
  const firsts = lists + RUN_FIRSTS * LIST_BYTES
  const lasts = lists + RUN_LASTS * LIST_BYTES
  // Whatever is read together with a key's last bytes is there.
  const most = KEY_AT + (length + (load<u32>(firsts) << 2)) + length + SPARE_BYTES + 2 * STEP
  if (used + most > records + MOST_RECORD_BYTES || !makeRoom(used + most)) return 0
  const record = used
  let key = record + KEY_AT
  for (let index = load<u32>(firsts); index > 0; index--) {
    const from = startOf(load<u32>(firsts + (index << 2)))
    const many = endOf(load<u32>(lasts + (index << 2))) - from
    store<u32>(key, many)
    memory.copy(key + 4, from, many)
    key += 4 + many
  }
  store<u32>(record, key, TEXT_AT)
  store<u32>(record, length + SPARE_BYTES, ROOM_AT)
  store<u32>(record, 1, ROWS_AT)
  keepLine(record, line)
  used = (key + length + SPARE_BYTES + 15) & ~15
  store<u32>(freeSlot, hash)
  store<u32>(freeSlot, record, 4)
  freeSlot = 0
  return record
}

/** How many rows a group has. */
export function rowsOf(record: usize): u32 {
  return load<u32>(record, ROWS_AT)
}

/** The number of its surest line. */
export function lineOf(record: usize): i32 {
  return load<i32>(record, LINE_AT)
}

/** Where that line is kept. */
export function textOf(record: usize): usize {
  return load<u32>(record, TEXT_AT)
}

/** How long it is, without its end. */
export function lengthOf(record: usize): u32 {
  return load<u32>(record, LENGTH_AT)
}

function makeRoom(bytes: usize): bool {
  const missing = <i32>(bytes + STEP) - (memory.size() << 16)
  return missing <= 0 || memory.grow(max<i32>(64, (missing + 65_535) >> 16)) >= 0
}
