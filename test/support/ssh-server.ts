import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const SSHD = '/usr/sbin/sshd'

/** Whether this machine can run a server of its own. */
export const hasSshServer = existsSync(SSHD)

/**
 * What the server does instead of serving, to whoever is let in: nothing at all (also only when something is pushed), refusing
 * pushes as forges do, or ending the connection in the middle of a push.
 */
type Mischief = 'hang' | 'hang-push' | 'read-only' | 'cut-push'

export interface SshServer {
  /** URL of a folder on this machine. */
  url(folder: string): string
  /** What git starts to reach it, with keys and known hosts of its own. */
  readonly command: string
  /** Null: it is well. */
  misbehave(mischief: Mischief | null): void
  /** Whether it lets our key in. */
  letIn(allowed: boolean): void
  /** What we know of its key: the right one, none, or another. */
  know(key: 'right' | 'none' | 'another'): void
  start(): Promise<void>
  close(): void
}

/** Shell function that ends the connection it is run in. */
export const CUT_CONNECTION = [
  'cut() {',
  '  at=$$',
  '  while [ "$at" -gt 1 ]; do',
  '    if [ "$(cat /proc/$at/comm)" = sshd ]; then kill -9 "$at"; return; fi',
  "    at=$(awk '{print $4}' /proc/$at/stat)",
  '  done',
  '}',
].join('\n')

const GATE = `${CUT_CONNECTION}
case "$(cat "$1"):$SSH_ORIGINAL_COMMAND" in
hang:*|hang-push:git-receive-pack*) exec sleep 60 ;;
read-only:git-receive-pack*) echo 'ERROR: You have read access only to this repository.' >&2; exit 1 ;;
cut-push:git-receive-pack*) head -c 400 | sh -c "$SSH_ORIGINAL_COMMAND"; cut ;;
*) exec sh -c "$SSH_ORIGINAL_COMMAND" ;;
esac
`

/** `sshd` on loopback with its own host key and one user: us. `isOld`: it does not hear which version of git's protocol is asked for. */
export const startSshServer = async (dir: string, { isOld = false } = {}): Promise<SshServer> => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const port = await freePort()
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(dir, name)])
  const inDir = (name: string): string => join(dir, name)
  writeFileSync(inDir('gate'), GATE)
  const server: Omit<SshServer, 'start' | 'close'> = {
    url: (folder) => `ssh://${userInfo().username}@127.0.0.1:${port}${encodeURI(folder)}`,
    command: [
      'ssh -F /dev/null',
      ...['BatchMode=yes', 'IdentitiesOnly=yes', `UserKnownHostsFile="${inDir('known')}"`].map(
        (each) => `-o '${each}'`,
      ),
      `-i '${inDir('user')}'`,
    ].join(' '),
    misbehave: (mischief) => writeFileSync(inDir('mischief'), mischief ?? ''),
    letIn: (allowed) => {
      const gate = `command="sh '${inDir('gate')}' '${inDir('mischief')}'" `
      writeFileSync(inDir('authorized'), allowed ? `${gate}${readFileSync(inDir('user.pub'), 'utf8')}` : '', {
        mode: 0o600,
      })
    },
    know: (key) => {
      const file = inDir(key === 'right' ? 'host.pub' : 'user.pub')
      const line = `[127.0.0.1]:${port} ${readFileSync(file, 'utf8').split(' ').slice(0, 2).join(' ')}\n`
      writeFileSync(inDir('known'), key === 'none' ? '' : line)
    },
  }
  server.misbehave(null)
  server.letIn(true)
  server.know('right')
  chmodSync(inDir('host'), 0o600)
  const config = inDir('config')
  writeFileSync(
    config,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey "${inDir('host')}"`,
      `AuthorizedKeysFile "${inDir('authorized')}"`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PidFile none',
      'PermitRootLogin yes',
      ...(isOld ? [] : ['AcceptEnv GIT_PROTOCOL']),
      '',
    ].join('\n'),
  )
  mkdirSync('/run/sshd', { recursive: true }) // where it wants to be locked in; made by its package's service
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    child = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: 'ignore' })
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 100 || child.exitCode !== null) throw new Error('sshd does not start')
      await sleep(50)
    }
  }
  await start()
  return { ...server, start, close: () => void child?.kill() }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
