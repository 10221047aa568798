import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own list last of all, so an interrupted
 * installation has none; times of files are not asked, because a fresh clone makes every file new.
 */
export const packagesAreInstalled = () => {
  const list = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(list, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || link || present[path]?.version === version || (optional && present[path] === undefined),
  )
}

/** Runs npm with the terminal as its output; returns its exit status. */
export const npm = (words, env = {}) => {
  // The npm that started us, else the one on the PATH (a .cmd file on Windows, which needs a shell).
  const own = process.env.npm_execpath
  const [program, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []]
  const { status, error } = spawnSync(program, [...first, ...words], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: program === 'npm' && process.platform === 'win32',
  })
  if (error) console.error(`npm could not be started: ${error.message}`)
  return status ?? 1
}

/** `npm ci`, unless it would change nothing. */
export const installPackages = () => {
  if (packagesAreInstalled()) return 0
  return npm(['ci', '--no-audit', '--no-fund'])
}
