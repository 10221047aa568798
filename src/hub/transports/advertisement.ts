/** What a git server offers. */
import type { Oid } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import { isOid } from '../git/object.ts'
import { safeLine } from '../safe-text.ts'
import type { Answer } from './channel.ts'
import type { Mirror } from '../git/mirror.ts'
import { PacketReader } from './pkt-line.ts'

export interface Advertisement {
  readonly version: 0 | 2
  readonly capabilities: ReadonlySet<string>
  /** Version 0 only: branches and tags with their objects. */
  readonly refs: ReadonlyMap<string, Oid>
}

/** What a server of version 2 offered an earlier process. */
export interface Offers {
  read(): Advertisement | null
  keep(advertisement: Advertisement): Promise<void>
}

/** Kept in the mirror, which must be there to keep something. */
export const offersIn = (mirror: Mirror): Offers => ({
  read: () => {
    const lines = mirror.notes()
    return lines === null ? null : { version: 2, capabilities: new Set(lines.split('\n')), refs: new Map() }
  },
  keep: ({ capabilities }) => mirror.keepNotes([...capabilities].join('\n')),
})

/** Reads an advertisement to its end; throws `E_HUB` for servers whose repositories are not SHA-1. */
export const readAdvertisement = async (answer: Answer): Promise<Advertisement> => {
  const reader = new PacketReader(answer.chunks)
  let capabilities: string[] = []
  const refs = new Map<string, Oid>()
  let version: 0 | 2 = 0
  let lines = 0
  for (let line = await reader.text(); line !== null; line = await reader.text()) {
    if (typeof line !== 'string' || line.startsWith('# service=')) continue
    if (line.startsWith('ERR ')) throw refusedBy(line.slice(4))
    lines++
    if (line === 'version 2') version = 2
    else if (line === 'version 1') continue
    else if (version === 2) capabilities.push(line)
    else {
      const [ref = '', offered] = line.split('\0')
      if (offered !== undefined) capabilities = offered.split(' ')
      const [oid = '', name = ''] = ref.split(' ')
      if (isOid(oid) && name.startsWith('refs/')) refs.set(name, oid)
      else if (/^[0-9a-f]{64} /.test(ref)) throw notSha1()
    }
  }
  if (lines === 0 && answer.received() === 0) throw new Problem('E_HUB', 'The hub gave an empty answer.')
  const format = capabilities.find((each) => each.startsWith('object-format='))
  if (format !== undefined && format !== 'object-format=sha1') throw notSha1()
  return { version, capabilities: new Set(capabilities), refs }
}

const notSha1 = (): Problem =>
  new Problem('E_HUB', 'The hub is a git repository with SHA-256 names; only SHA-1 repositories can be hubs.', {
    hints: ['Make it again with `git init --bare --object-format=sha1`.'],
  })

/** A server's refusal in words of its own, made safe. */
export const refusedBy = (text: string): Problem =>
  new Problem('E_HUB', `The hub refused: ${safeLine(text) ?? 'without a word'}.`)
