import { spawn } from 'node:child_process'

/** Asks the desktop to show a page; a machine without one shows nothing, and that is no error. */
export const openInBrowser = (url: string): void => {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? // `start` takes its first quoted argument for a window title.
          ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url]
  const child = spawn(program ?? '', args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
