/** A push of exactly the new objects: one request, one answer. Nothing of the tree is walked. */
import type { PushReport } from '../../app/hub/git-ports.ts'
import { MAIN, NO_OID } from '../git/object.ts'
import { packOf } from '../git/pack-writer.ts'
import { safeLine } from '../safe-text.ts'
import { type Advertisement, readAdvertisement } from './advertisement.ts'
import { type Channel, PushFailed } from './channel.ts'
import { FLUSH, type Packet, PacketReader, pktLine } from './pkt-line.ts'
import { isRace } from './race.ts'
import { AGENT, type Heads } from './smart-fetch.ts'
import type { PushOrder } from './transport.ts'

const ANSWER_BYTES = 4 * 1024 * 1024
const REMARK_CHARACTERS = 4096
/** For the end of an answer that has said everything. */
const END_MS = 200
// What the server says when the pack broke off on its way: no word about whether it may be pushed.
const CUT = /early EOF|unexpected disconnect/i

/** What may be pushed to, and the head of `main` as whoever may push sees it: one question instead of two. */
export const askToPush = async (channel: Channel): Promise<Heads> => {
  const answer = await channel.discover('git-receive-pack')
  const advertisement = await readAdvertisement(answer)
  return { advertisement, head: advertisement.refs.get(MAIN) ?? null, bytesReceived: answer.received() }
}

/** Moves `main` if it still is where the order says; when it is not, nothing is sent. Moves other branches in any case. */
export const pushPack = async (
  channel: Channel,
  { capabilities, refs }: Advertisement,
  { before: expected, commit, ref, objects }: PushOrder,
): Promise<PushReport> => {
  const before = refs.get(ref) ?? null
  if (ref === MAIN && before !== expected)
    return { answer: 'moved', message: 'The head of the hub has moved.', bytesSent: 0 }
  const used = ['report-status', 'side-band-64k', 'object-format=sha1'].filter((each) => capabilities.has(each))
  const order = pktLine(`${before ?? NO_OID} ${commit} ${ref}\0 ${[...used, AGENT.trim()].join(' ')}`)
  const body: Buffer[] = [order, FLUSH]
  for await (const part of packOf(objects.length, objects)) body.push(part)
  const bytesSent = body.reduce((sum, part) => sum + part.length, 0)
  try {
    const answer = await channel.call('git-receive-pack', body, ANSWER_BYTES)
    const reader = new PacketReader(answer.chunks)
    const report = await readReport(reader, used, ref)
    await readOn(reader)
    return { ...report, bytesSent }
  } catch (error) {
    // The order is out: whatever goes wrong now proves nothing.
    const reason = error instanceof Error ? safeLine(error.message) : null
    return { answer: error instanceof PushFailed ? error.answer : 'unknown', message: reason, bytesSent }
  }
}

// A connection whose answer was read to its end serves the next question. Everything has been said, so the end is not waited for
// long.
const readOn = async (reader: PacketReader): Promise<void> => {
  const end = async (): Promise<void> => {
    while ((await reader.next()) !== null);
  }
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, END_MS)
  })
  await Promise.race([end().catch(() => undefined), enough])
  clearTimeout(timer)
}

const readReport = async (
  reader: PacketReader,
  used: readonly string[],
  ref: string,
): Promise<Pick<PushReport, 'answer' | 'message'>> => {
  const heard: Heard = { remarks: '', fatal: null }
  const isBanded = used.includes('side-band-64k')
  const lines = new PacketReader(isBanded ? unbanded(reader, heard) : reader.rest())
  let unpacked: string | null = null
  let moved: string | null = null
  for (let line = await lines.text(); line !== null; line = await lines.text()) {
    if (typeof line !== 'string') continue
    if (line.startsWith('unpack ')) unpacked = line.slice('unpack '.length)
    else if (line === `ok ${ref}`) moved = 'ok'
    else if (line.startsWith(`ng ${ref}`)) moved = line.slice(`ng ${ref} `.length)
  }
  const reasons = [moved, unpacked].filter((each) => each !== null && each !== 'ok')
  const message = safeLine([...reasons, heard.fatal ?? '', heard.remarks].join(' '))
  const refusal = isRace(message) ? 'moved' : CUT.test(message ?? '') ? 'unknown' : 'refused'
  if (heard.fatal !== null || unpacked === null || moved === null)
    return { answer: reasons.length > 0 ? refusal : 'unknown', message }
  return { answer: reasons.length === 0 ? 'accepted' : refusal, message }
}

interface Heard {
  remarks: string
  fatal: string | null
}

async function* unbanded(reader: PacketReader, heard: Heard): AsyncGenerator<Buffer> {
  for (
    let packet: Packet | null = await reader.next();
    packet !== null && packet !== 'flush';
    packet = await reader.next()
  ) {
    if (typeof packet === 'string') continue
    const text = packet.subarray(1)
    if (packet[0] === 1) yield text
    else if (packet[0] === 3) heard.fatal = text.toString('utf8').slice(0, REMARK_CHARACTERS)
    else if (heard.remarks.length < REMARK_CHARACTERS)
      heard.remarks += text.toString('utf8').slice(0, REMARK_CHARACTERS)
  }
}
