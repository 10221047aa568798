/** Fetching over git's stateless protocol, version 2 and, for old servers, version 0. */
import type { FetchReport, Oid } from '../../app/hub/git-ports.ts'
import type { Mirror } from '../git/mirror.ts'
import { isOid, MAIN } from '../git/object.ts'
import { type Advertisement, readAdvertisement, refusedBy } from './advertisement.ts'
import type { Answer, Channel } from './channel.ts'
import { DELIMITER, FLUSH, PacketReader, pktLine } from './pkt-line.ts'
import { type HubLimits, TooLarge } from './transport.ts'

export const AGENT = 'agent=benchmark-hub\n'
const HEADS_BYTES = 1024 * 1024

/** Answer to a question about heads, and what it cost. */
export interface Heads {
  readonly advertisement: Advertisement
  readonly head: Oid | null
  readonly bytesReceived: number
}

/** Asks for the head of `main`: what is offered once, then only the one branch. */
export const askHead = async (channel: Channel, known: Advertisement | null): Promise<Heads> => {
  let bytesReceived = 0
  let advertisement = known
  if (advertisement === null || advertisement.version === 0) {
    const answer = await channel.discover('git-upload-pack')
    advertisement = await readAdvertisement(answer)
    bytesReceived += answer.received()
  }
  if (advertisement.version === 0) return { advertisement, head: advertisement.refs.get(MAIN) ?? null, bytesReceived }
  const body = [...command(advertisement, 'ls-refs'), DELIMITER, pktLine(`ref-prefix ${MAIN}\n`), FLUSH]
  const answer = await channel.call('git-upload-pack', body, HEADS_BYTES)
  const reader = new PacketReader(answer.chunks)
  let head: Oid | null = null
  for (let line = await reader.text(); line !== null; line = await reader.text()) {
    if (typeof line !== 'string') continue
    if (line.startsWith('ERR ')) throw refusedBy(line.slice(4))
    const [oid = '', name] = line.split(' ')
    if (name === MAIN && isOid(oid)) head = oid
  }
  return { advertisement, head, bytesReceived: bytesReceived + answer.received() }
}

/** Fetches `want` into the mirror. */
export const fetchPack = async (
  channel: Channel,
  mirror: Mirror,
  { advertisement, head }: { readonly advertisement: Advertisement; readonly head: Oid },
  have: Oid | null,
  limits: HubLimits,
  progress: (receivedBytes: number) => void,
): Promise<FetchReport> => {
  // Only git can add what a thin pack leaves out.
  const question = { want: head, shallow: mirror.shallow(), isThin: mirror.git !== null && have !== null }
  const { attempt, received } = attempts(channel, mirror, advertisement, question, progress)
  await fetchBy(attempt, advertisement, have, limits)
  return { head, bytesReceived: received() }
}

/**
 * Fetches what came after a commit that was read once and is not in the mirror any more: the server is told that it is.
 * Nothing thin may come then, and where the history ends stays as it is noted: the rest of it is still not there.
 */
export const fetchHistory = async (
  channel: Channel,
  mirror: Mirror,
  { advertisement, head }: { readonly advertisement: Advertisement; readonly head: Oid },
  since: Oid,
  { rewriteBytes }: HubLimits,
): Promise<void> => {
  const question = { want: head, shallow: [], isThin: false }
  const { attempt } = attempts(channel, mirror, advertisement, question, () => undefined)
  try {
    await attempt({ have: since, depth: null, done: true }, rewriteBytes)
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
  }
}

type Attempt = (asked: Pick<Question, 'have' | 'depth' | 'done'>, maxBytes: number) => Promise<boolean>

/** Ways to ask the same thing again, and what all of them cost. */
const attempts = (
  channel: Channel,
  mirror: Mirror,
  advertisement: Advertisement,
  fixed: Pick<Question, 'want' | 'shallow' | 'isThin'>,
  progress: Progress,
): { readonly attempt: Attempt; readonly received: () => number } => {
  let before = 0
  const attempt: Attempt = async (asked, maxBytes) => {
    const question = { ...asked, ...fixed, isThin: fixed.isThin && asked.have !== null }
    const body = advertisement.version === 2 ? bodyOf2(advertisement, question) : bodyOf0(advertisement, question)
    const answer = await channel.call('git-upload-pack', body, maxBytes)
    const counted = { ...answer, received: () => before + answer.received() }
    try {
      return advertisement.version === 2
        ? await take2(mirror, counted, progress)
        : await take0(mirror, counted, question, advertisement, progress)
    } finally {
      before += answer.received()
    }
  }
  return { attempt, received: () => before }
}

/**
 * Asks so that only what is new comes. A server of version 2 says at once whether the new head goes on from ours (`ready`). If it
 * does not say so, that is no proof (it goes by the times of commits), so everything is asked for up to a bound; beyond it, or
 * when the server does not know our head at all, the new head comes without its history.
 */
const fetchBy = async (
  attempt: Attempt,
  { version }: Advertisement,
  have: Oid | null,
  { fetchBytes, rewriteBytes }: HubLimits,
): Promise<void> => {
  if (have === null) {
    await attempt({ have, depth: 1, done: true }, fetchBytes)
    return
  }
  if (version === 2 && (await attempt({ have, depth: null, done: false }, fetchBytes))) return
  try {
    await attempt({ have, depth: null, done: true }, version === 2 ? rewriteBytes : fetchBytes)
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    await attempt({ have, depth: 1, done: true }, fetchBytes)
  }
}

interface Question {
  readonly want: Oid
  readonly have: Oid | null
  readonly shallow: readonly Oid[]
  readonly depth: number | null
  readonly done: boolean
  readonly isThin: boolean
}

const command = ({ capabilities }: Advertisement, name: string): Buffer[] => [
  pktLine(`command=${name}\n`),
  pktLine(AGENT),
  ...(capabilities.has('object-format=sha1') ? [pktLine('object-format=sha1\n')] : []),
]

const bodyOf2 = (advertisement: Advertisement, { want, have, shallow, depth, done, isThin }: Question): Buffer[] => [
  ...command(advertisement, 'fetch'),
  DELIMITER,
  ...[...(isThin ? ['thin-pack\n'] : []), 'no-progress\n', 'ofs-delta\n', `want ${want}\n`].map(pktLine),
  ...shallow.map((oid) => pktLine(`shallow ${oid}\n`)),
  ...(depth === null ? [] : [pktLine(`deepen ${depth}\n`)]),
  ...(have === null ? [] : [pktLine(`have ${have}\n`)]),
  ...(done ? [pktLine('done\n')] : []),
  FLUSH,
]

const bodyOf0 = ({ capabilities }: Advertisement, { want, have, shallow, depth, isThin }: Question): Buffer[] => {
  const used = [...(isThin ? ['thin-pack'] : []), 'side-band-64k', 'ofs-delta', 'no-progress'].filter((each) =>
    capabilities.has(each),
  )
  return [
    pktLine(`want ${want} ${[...used, AGENT.trim()].join(' ')}\n`),
    ...(capabilities.has('shallow') ? shallow.map((oid) => pktLine(`shallow ${oid}\n`)) : []),
    ...(depth !== null && capabilities.has('shallow') ? [pktLine(`deepen ${depth}\n`)] : []),
    FLUSH,
    ...(have === null ? [] : [pktLine(`have ${have}\n`)]),
    pktLine('done\n'),
  ]
}

type Progress = (receivedBytes: number) => void

/** Sections, the pack last. False: the server does not see that we have anything in common, and sent none. */
const take2 = async (mirror: Mirror, answer: Answer, progress: Progress): Promise<boolean> => {
  const reader = new PacketReader(answer.chunks)
  const ends = { added: [] as Oid[], removed: [] as Oid[] }
  try {
    for (let line = await reader.text(); line !== null; line = await reader.text()) {
      if (typeof line !== 'string') continue
      if (line.startsWith('ERR ')) throw refusedBy(line.slice(4))
      noteEnd(line, ends)
      if (line !== 'packfile') continue
      await mirror.receive(unbanded(reader, answer, progress), ends)
      return true
    }
    return false
  } finally {
    await reader.close()
  }
}

const take0 = async (
  mirror: Mirror,
  answer: Answer,
  { depth }: Question,
  { capabilities }: Advertisement,
  progress: Progress,
): Promise<boolean> => {
  const reader = new PacketReader(answer.chunks)
  const ends = { added: [] as Oid[], removed: [] as Oid[] }
  const isDeepened = depth !== null && capabilities.has('shallow')
  try {
    for (let flushed = !isDeepened; ;) {
      const line = await reader.text()
      if (line === null) throw refusedBy('no pack came')
      if (typeof line !== 'string') flushed = true
      else if (line.startsWith('ERR ')) throw refusedBy(line.slice(4))
      else if (flushed && (line === 'NAK' || line.startsWith('ACK '))) break
      else noteEnd(line, ends)
    }
    const pack = capabilities.has('side-band-64k') ? unbanded(reader, answer, progress) : reader.rest()
    await mirror.receive(pack, ends)
    return true
  } finally {
    await reader.close()
  }
}

const noteEnd = (line: string, ends: { readonly added: Oid[]; readonly removed: Oid[] }): void => {
  const [word, oid = ''] = line.split(' ')
  if (!isOid(oid)) return
  if (word === 'shallow') ends.added.push(oid)
  if (word === 'unshallow') ends.removed.push(oid)
}

// Each line's first byte says what the rest is: 1 the pack, 2 remarks, 3 the reason why it ends here.
async function* unbanded(reader: PacketReader, answer: Answer, progress: Progress): AsyncGenerator<Buffer> {
  for (let packet = await reader.next(); packet !== null && packet !== 'flush'; packet = await reader.next()) {
    if (typeof packet === 'string') continue
    if (packet[0] === 3) throw refusedBy(packet.toString('utf8', 1))
    if (packet[0] !== 1) continue
    progress(answer.received())
    yield packet.subarray(1)
  }
}
