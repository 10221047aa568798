// AssemblyScript: the rows of src/parse/repeated-rows.ts that only repeat what others say. Whatever is unusual about a row is
// left to be read like any other, so that nothing here has to know why. `npm run generate:wasm` compiles it.

import { firstOnes, isPlainPosition, isSame, plainDecimal } from './bytes'
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
/** So many lines at most are gathered at once. */
const MOST_GATHERED: usize = 512
const FEED: u8 = 10
const RETURN: u8 = 13

// What rows are told by: what they say of the gene, and their sample. A group is both together.
const GENE: usize = 0
const SAMPLE: usize = 1
const GROUP: usize = 2

// A record of a gene or sample: whose it is; of a gene, the group its last row was in; then what the row says, run by run.
const LAST_AT: usize = 4
const KEY_AT: usize = 8

// A record of a group: its highest identity, then what stands at these offsets, and its surest line.
const ROWS_AT: usize = 8
const LINE_AT: usize = 12
const LENGTH_AT: usize = 16
const ROOM_AT: usize = 20
const GENE_AT: usize = 24
const SAMPLE_AT: usize = 28
const NEXT_AT: usize = 32
const TEXT_AT: usize = 48

// Lists of columns: how many, then their numbers. Those of genes come first, then as many of samples.
const LIST_BYTES: usize = 256
const lists = memory.data(8 * 256)
const RUN_FIRSTS: usize = 0
const RUN_LASTS: usize = 1
const TELLING: usize = 2
const LISTS_OF_KEY: usize = 3
const POSITIONS: usize = 6
const EMPTY: usize = 7

let width: usize = 0
let identity: usize = 0
let coverage: usize = 0
let text: usize = 0
/** Of genes, samples and groups: hash and record of each, alternating; 0 = free. */
let tables: usize = 0
let records: usize = 0
let used: usize = 0
/** Whether a record found no room. */
let isFull = false
/** Groups in the order in which they were opened, each with the address of the next. */
let firstGroup: usize = 0
let lastGroup: usize = 0

// The row looked at last, and where in it each of its cells begins, and one more behind its end: sixteen bits each.
const cells = memory.data(2 * (2048 + 3 * 32))
/** For each eight bits, places of those that are set, counted from 1; then from 9, 17 and 25. */
const placesOf = memory.data(4 * 256 * 8)
const facts = memory.data(512 * 12)
let rowStart: usize = 0
let rowEnd: usize = 0
let found: f64 = 0
let hash: u32 = 0
/** Where the row's gene and sample stand in their tables, or would go; 0 where there is no place. */
let geneSlot: usize = 0
let sampleSlot: usize = 0
/** Whether the row is a plain one of a gene or sample nobody has looked at, and there is a place for it. */
let openable = false
/** The sample of the last row: reports are sorted by it, or have only one. */
let lastSample: usize = 0
let nextLine: usize = 0
let counted: i32 = 0

/** Sets everything up but the lists; answers where text goes, of which there is room for `roomForText()`; 0 for no memory. */
export function start(columns: usize, identityColumn: usize, coverageColumn: usize): usize {
  width = columns
  identity = identityColumn
  coverage = coverageColumn
  text = freeMemory()
  tables = text + TEXT_BYTES + STEP
  records = tables + 3 * (TABLE_SLOTS << 3)
  used = records
  for (let bits: u32 = 0; bits < 4 * 256; bits++) {
    let place = placesOf + (bits << 3)
    for (let left = bits & 255; left != 0; left &= left - 1) store<u8>(place++, ctz(left) + 1 + ((bits >> 8) << 3))
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
 * Counts rows from an offset on, the first of which has number `line`, up to one of a gene or sample that is not known, or
 * anything unusual; answers the offset of that one, or of what lacks a line feed. A step of anything but line feeds follows the text.
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
  openable = false
  return rowStart - text
}

// Writes where a cell begins behind each bit of `found`, counted from `at`; answers where the next one goes. Eight bits at
// once, by what is known of them: no branches, and no waiting for one after the other.
function putStarts(found: u32, at: u32, to: usize): usize {
  const here = i16x8.splat(<i16>at)
  putPlaces(found & 255, here, to)
  putPlaces(256 + ((found >> 8) & 255), here, to + (popcnt(found & 0xff) << 1))
  putPlaces(512 + ((found >> 16) & 255), here, to + (popcnt(found & 0xffff) << 1))
  putPlaces(768 + (found >> 24), here, to + (popcnt(found & 0xffffff) << 1))
  return to + (popcnt(found) << 1)
}

function putPlaces(bits: u32, here: v128, to: usize): void {
  v128.store(to, i16x8.add(here, v128.load_ext<u8>(placesOf + (bits << 3))))
}

// `behind` is where the start of a cell after the last one would go.
function countRow(behind: usize, line: i32): bool {
  openable = false
  if (behind - cells != (width + 1) << 1 || rowEnd - rowStart > LONGEST_LINE) return false
  if (rowEnd > rowStart && load<u8>(rowEnd - 1) == RETURN) {
    rowEnd--
    store<u16>(behind - 2, <u16>(rowEnd + 1 - rowStart))
  }
  if (!isPlain()) return false
  geneSlot = slotOfKey(GENE)
  if (lastSample == 0 || !isOf(lastSample, SAMPLE)) {
    sampleSlot = slotOfKey(SAMPLE)
    lastSample = recordAt(sampleSlot)
  }
  const gene = recordAt(geneSlot)
  if (gene != 0 && lastSample != 0) return countPlain(gene, lastSample, line)
  openable = !isFull && geneSlot != 0 && (lastSample != 0 || sampleSlot != 0)
  return false
}

function recordAt(slot: usize): usize {
  return slot == 0 ? 0 : load<u32>(slot, 4)
}

// False where there is no room for its group or line.
function countPlain(gene: usize, sample: usize, line: i32): bool {
  let group: usize = load<u32>(gene, LAST_AT)
  if (group == 0 || load<u32>(group, SAMPLE_AT) != sample) {
    const slot = slotOfGroup(gene, sample)
    group = recordAt(slot)
    if (group == 0) group = openGroup(gene, sample, slot)
    if (group == 0) return false
    store<u32>(gene, group, LAST_AT)
  }
  if (found > load<f64>(group) && !keepLine(group, line)) return false
  store<u32>(group, load<u32>(group, ROWS_AT) + 1, ROWS_AT)
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

// Where the row's gene or sample stands in its table, or would go; 0 for no place. Leaves its hash.
function slotOfKey(kind: usize): usize {
  hash = hashOfKey(kind)
  let slot = hash % TABLE_SLOTS
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const at = tableOf(kind) + (slot << 3)
    const record = load<u32>(at, 4)
    if (record == 0 || (load<u32>(at) == hash && isOf(record, kind))) return at
    slot = (slot + 1) % TABLE_SLOTS
  }
  return 0
}

function slotOfGroup(gene: usize, sample: usize): usize {
  const mixed = mix(mix(0, gene), sample)
  hash = <u32>(mixed ^ (mixed >> 32))
  let slot = hash % TABLE_SLOTS
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const at = tableOf(GROUP) + (slot << 3)
    const record = load<u32>(at, 4)
    if (record == 0 || (load<u32>(record, GENE_AT) == gene && load<u32>(record, SAMPLE_AT) == sample)) return at
    slot = (slot + 1) % TABLE_SLOTS
  }
  return 0
}

function tableOf(kind: usize): usize {
  return tables + kind * (TABLE_SLOTS << 3)
}

function listOf(kind: usize, list: usize): usize {
  return lists + (kind * LISTS_OF_KEY + list) * LIST_BYTES
}

function hashOfKey(kind: usize): u32 {
  let mixed: u64 = 0
  const list = listOf(kind, TELLING)
  for (let index = load<u32>(list); index > 0; index--) {
    const column = load<u32>(list + (index << 2))
    const to = endOf(column)
    mixed = (mixed ^ (to - startOf(column))) * 0x9e3779b97f4a7c15
    for (let at = startOf(column); at < to; at += 16) {
      const bytes = v128.and(v128.load(at), firstOnes(min<usize>(to - at, 16)))
      mixed = mix(mix(mixed, i64x2.extract_lane(bytes, 0)), i64x2.extract_lane(bytes, 1))
    }
  }
  return <u32>(mixed ^ (mixed >> 32))
}

function mix(mixed: u64, word: u64): u64 {
  return (mixed ^ (mixed >> 32) ^ word) * 0x9e3779b97f4a7c15
}

function isOf(record: usize, kind: usize): bool {
  const firsts = listOf(kind, RUN_FIRSTS)
  const lasts = listOf(kind, RUN_LASTS)
  let key = record + KEY_AT
  for (let index = load<u32>(firsts); index > 0; index--) {
    const from = startOf(load<u32>(firsts + (index << 2)))
    const length = endOf(load<u32>(lasts + (index << 2))) - from
    if (load<u32>(key) != <u32>length || !isSame(key + 4, from, length)) return false
    key += 4 + length
  }
  return true
}

// False where there is no room for it.
function keepLine(group: usize, line: i32): bool {
  const length = rowEnd - rowStart
  if (length > load<u32>(group, ROOM_AT)) return false
  copyText(rowStart, group + TEXT_AT, length)
  store<u32>(group, length, LENGTH_AT)
  store<i32>(group, line, LINE_AT)
  store<f64>(group, found)
  return true
}

// Sixteen bytes at a time, so up to fifteen too many.
function copyText(from: usize, to: usize, length: usize): void {
  for (let at: usize = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at))
}

/** Whether that line is a plain row that only lacks a gene or sample. */
export function canOpen(): bool {
  return openable
}

/**
 * Takes the gene and sample of the row that was not counted, number `line`, for good ones, and counts it. A gene nobody has
 * looked at before is called `owner`. False where the row must be read like any other.
 */
export function open(line: i32, owner: u32): bool {
  if (!openable) return false
  openable = false
  const gene = knownKey(GENE, owner)
  const sample = knownKey(SAMPLE, 0)
  return gene != 0 && sample != 0 && countPlain(gene, sample, line)
}

// The record of the row's gene or sample, made where there is none; 0 for no room.
function knownKey(kind: usize, owner: u32): usize {
  const slot = slotOfKey(kind)
  const known = recordAt(slot)
  if (slot == 0 || known != 0) return known
  const firsts = listOf(kind, RUN_FIRSTS)
  const lasts = listOf(kind, RUN_LASTS)
  const record = newRecord(KEY_AT + (rowEnd - rowStart) + (load<u32>(firsts) << 2), slot)
  if (record == 0) return 0
  store<u32>(record, owner)
  let key = record + KEY_AT
  for (let index = load<u32>(firsts); index > 0; index--) {
    const from = startOf(load<u32>(firsts + (index << 2)))
    const length = endOf(load<u32>(lasts + (index << 2))) - from
    store<u32>(key, length)
    copyText(from, key + 4, length)
    key += 4 + length
  }
  return record
}

function openGroup(gene: usize, sample: usize, slot: usize): usize {
  const room = rowEnd - rowStart + SPARE_BYTES
  const group = newRecord(TEXT_AT + room, slot)
  if (group == 0) return 0
  store<f64>(group, -1)
  store<u32>(group, room, ROOM_AT)
  store<u32>(group, gene, GENE_AT)
  store<u32>(group, sample, SAMPLE_AT)
  if (firstGroup == 0) firstGroup = group
  else store<u32>(lastGroup, group, NEXT_AT)
  lastGroup = group
  return group
}

// Of zeros, with the hash left last; 0 for no room. Whatever is read or written together with its last bytes is there.
function newRecord(bytes: usize, slot: usize): usize {
  const record = used
  const end = (record + bytes + STEP + 15) & ~15
  if (slot == 0) return 0
  isFull = isFull || end > records + MOST_RECORD_BYTES || !makeRoom(end)
  if (isFull) return 0
  used = end
  store<u32>(slot, hash)
  store<u32>(slot, record, 4)
  return record
}

/** Of each line gathered last: whose it is, its number, and for how many rows it stands. */
export function factsOfGathered(): usize {
  return facts
}

/**
 * Puts the surest lines of groups, as many as there is room for, where text goes, each with a line feed; answers how many
 * bytes these are, 0 at the end. The next call goes on with the next groups.
 */
export function gather(): usize {
  let at = text
  let fact = facts
  while (firstGroup != 0 && fact < facts + MOST_GATHERED * 12) {
    const length = load<u32>(firstGroup, LENGTH_AT)
    if (at + length + 1 > text + TEXT_BYTES) break
    copyText(firstGroup + TEXT_AT, at, length)
    store<u8>(at + length, FEED)
    at += length + 1
    store<u32>(fact, load<u32>(load<u32>(firstGroup, GENE_AT)))
    store<u32>(fact, load<u32>(firstGroup, LINE_AT), 4)
    store<u32>(fact, load<u32>(firstGroup, ROWS_AT), 8)
    fact += 12
    firstGroup = load<u32>(firstGroup, NEXT_AT)
  }
  return at - text
}

function makeRoom(bytes: usize): bool {
  const missing = <i32>(bytes + STEP) - (memory.size() << 16)
  return missing <= 0 || memory.grow(max<i32>(64, (missing + 65_535) >> 16)) >= 0
}
