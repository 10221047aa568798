import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, connect } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const SSHD = '/usr/sbin/sshd'

/** Whether this machine can run a server of its own. */
export const hasSshServer = existsSync(SSHD)

export interface SshServer {
  /** URL of a folder on this machine. */
  url(folder: string): string
  /** What git starts to reach it, with keys and known hosts of its own. */
  readonly command: string
  close(): void
}

/** `sshd` on loopback with its own host key and one user: us. */
export const startSshServer = async (dir: string): Promise<SshServer> => {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const port = await freePort()
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(dir, name)])
  writeFileSync(join(dir, 'authorized'), readFileSync(join(dir, 'user.pub')), { mode: 0o600 })
  const hostKey = readFileSync(join(dir, 'host.pub'), 'utf8').split(' ').slice(0, 2).join(' ')
  writeFileSync(join(dir, 'known'), `[127.0.0.1]:${port} ${hostKey}\n`)
  chmodSync(join(dir, 'host'), 0o600)
  const config = join(dir, 'config')
  writeFileSync(
    config,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey "${join(dir, 'host')}"`,
      `AuthorizedKeysFile "${join(dir, 'authorized')}"`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PidFile none',
      'PermitRootLogin yes',
      '',
    ].join('\n'),
  )
  mkdirSync('/run/sshd', { recursive: true }) // where it wants to be locked in; made by its package's service
  const child = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: 'ignore' })
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error('sshd does not start')
    await sleep(50)
  }
  const options = ['BatchMode=yes', 'IdentitiesOnly=yes', `UserKnownHostsFile="${join(dir, 'known')}"`]
  return {
    url: (folder) => `ssh://${userInfo().username}@127.0.0.1:${port}${encodeURI(folder)}`,
    command: ['ssh -F /dev/null', ...options.map((each) => `-o '${each}'`), `-i '${join(dir, 'user')}'`].join(' '),
    close: () => void child.kill(),
  }
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
