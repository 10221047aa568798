/** A hub in a folder whose own configuration means harm: whoever can write there must not decide what runs here. */
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { git, initBare } from '../../support/git-server.ts'
import { tempDir } from '../../support/harness.ts'
import { openHub, runFile, sync, upload } from '../../support/hub-repository.ts'

const dir = tempDir('hostile folder')
// Some settings go through a shell, which would stumble over a blank.
const traps = mkdtempSync(join(tmpdir(), 'traps-'))
const open: { close(): Promise<void> }[] = []
afterAll(async () => {
  for (const each of open) await each.close()
  rmSync(traps, { recursive: true })
})

const hubAt = (bare: string, who: string, environment = process.env) => {
  const hub = openHub(bare, `${bare}-${who}`, { environment })
  open.push(hub)
  return hub
}

/** A program that leaves a mark; what git asks of it, it does not do. */
const trap = (name: string): { readonly program: string; readonly mark: string } => {
  const [program, mark] = [join(traps, `${name}.sh`), join(traps, `${name}.mark`)]
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${mark}'\n`)
  chmodSync(program, 0o755)
  return { program, mark }
}

/** Everything in the configuration of a repository that names a program, and hooks of every name. */
const poison = (bare: string, program: string): void => {
  const settings = [
    ...['core.hooksPath', 'core.fsmonitor', 'core.sshCommand', 'core.gitProxy', 'core.editor', 'core.pager'],
    ...['core.askPass', 'core.alternateRefsCommand', 'credential.helper', 'gpg.program', 'diff.external'],
    ...['uploadpack.packObjectsHook', 'sequence.editor', 'filter.x.clean', 'filter.x.smudge', 'diff.x.textconv'],
    ...['merge.x.driver', 'alias.upload-pack', 'alias.receive-pack', 'remote.origin.uploadpack'],
  ]
  for (const setting of settings) git(bare, 'config', setting, setting.startsWith('alias.') ? `!${program}` : program)
  git(bare, 'config', 'core.hooksPath', join(bare, 'hooks'))
  git(bare, 'config', 'remote.origin.promisor', 'true')
  git(bare, 'config', 'remote.origin.url', `ext::${program}`)
  git(bare, 'config', 'extensions.partialClone', 'origin')
  // Tidied after every push, so that what tidying runs would run.
  git(bare, 'config', 'gc.auto', '1')
  const hooks = ['pre-receive', 'update', 'post-receive', 'post-update', 'reference-transaction', 'proc-receive']
  mkdirSync(join(bare, 'hooks'), { recursive: true })
  for (const name of [...hooks, 'pre-auto-gc', 'push-to-checkout', 'post-index-change']) {
    writeFileSync(join(bare, 'hooks', name), `#!/bin/sh\nexec '${program}' ${name}\n`)
    chmodSync(join(bare, 'hooks', name), 0o755)
  }
  // Repositories with alternates are asked for what those hold.
  const other = initBare(`${bare}-alternate.git`)
  writeFileSync(join(bare, 'objects', 'info', 'alternates'), `${join(other, 'objects')}\n`)
}

describe('the configuration of a hub in a folder', () => {
  test('runs nothing, whatever program it names', async () => {
    const { program, mark } = trap('quiet')
    const bare = initBare(join(dir, 'quiet.git'))
    const hub = hubAt(bare, 'one')
    await upload(hub, [runFile('alpha', 1)])
    poison(bare, program)
    const head = await upload(hub, [runFile('alpha', 2)])
    expect((await sync(hubAt(bare, 'two'))).head).toBe(head)
    expect(existsSync(mark)).toBe(false)
    // The traps are real: git run by hand falls into them.
    const clone = join(dir, 'by hand')
    git(dir, 'clone', '--quiet', bare, clone)
    git(clone, 'commit', '--quiet', '--allow-empty', '--message', 'by hand')
    expect(() => git(clone, 'push', '--quiet', 'origin', 'HEAD:main')).not.toThrow()
    expect(existsSync(mark)).toBe(true)
  })

  test('is refused where it is too long to be read', async () => {
    const bare = initBare(join(dir, 'long.git'))
    await upload(hubAt(bare, 'before'), [runFile('alpha', 1)])
    const section = 'x'.repeat(1000)
    appendFileSync(
      join(bare, 'config'),
      `[a "${section}"]\n${'\tb = 1\n'.repeat(17_000)}[hook "tidy"]\n\tcommand = true\n`,
    )
    await expect(sync(hubAt(bare, 'reader'))).rejects.toMatchObject({ code: 'E_HUB' })
  })

  test.each(['hook.tidy.command', 'gc.recentObjectsHook'])(
    'is refused where it sets %s, which cannot be taken back',
    async (setting) => {
      const { program, mark } = trap(setting)
      const bare = initBare(join(dir, `${setting}.git`))
      await upload(hubAt(bare, 'before'), [runFile('alpha', 1)])
      // Not in the file that everybody looks at.
      const included = join(dir, `${setting}.config`)
      git(bare, 'config', '--file', included, setting, program)
      git(bare, 'config', 'include.path', included)
      const problem = { code: 'E_HUB', message: expect.stringContaining(setting.toLowerCase()) as string }
      await expect(sync(hubAt(bare, 'reader'))).rejects.toMatchObject(problem)
      await expect(upload(hubAt(bare, 'writer'), [runFile('alpha', 2)])).rejects.toMatchObject(problem)
      expect(existsSync(mark)).toBe(false)
      const trusting = hubAt(bare, 'trusting', { ...process.env, BENCHMARK_HUB_TRUST_HOOKS: '1' })
      expect((await sync(trusting)).head).toBe(git(bare, 'rev-parse', 'main'))
    },
  )
})
