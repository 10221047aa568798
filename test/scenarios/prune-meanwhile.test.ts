// Pruning that is killed, that is started twice, beside a run, on a full disk, or where it may not remove.
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PruneDocument } from '../../src/generated/prune.ts'
import type { RunDocument } from '../../src/generated/run.ts'
import { openSqlite } from '../../src/sqlite.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'
import { smallDisk, stepwise } from '../support/hub-scene.ts'
import { aProject, oldAndNew, states } from '../support/prune-project.ts'

describe('whatever happens meanwhile', () => {
  test('killed before any step, it leaves nothing half, and the next one finishes', async () => {
    const template = aProject()
    const { old, now } = await oldAndNew(template)
    const before = await template.show(old)
    const steps = join(template.dir, 'steps')
    // Plans name their folders: the project has to stand where it was made.
    const saved = join(tempDir('saved'), 'project')
    cpSync(join(template.dir, '.benchmark'), saved, { recursive: true })
    const restore = (): void => {
      rmSync(join(template.dir, '.benchmark'), { recursive: true })
      cpSync(saved, join(template.dir, '.benchmark'), { recursive: true })
    }
    await benchmark(['prune'], { cwd: template.dir, env: stepwise({ file: steps }) })
    const total = Number(readFileSync(steps, 'utf8'))
    expect(total).toBeGreaterThan(5)
    let unfinished = 0
    for (let killAt = 1; killAt <= total; killAt++) {
      restore()
      await benchmark(['prune'], { cwd: template.dir, env: stepwise({ killAt }) })
      const left = template.outputs(old)
      if (left.length > 0) unfinished++
      // Under its own name a folder is whole.
      for (const name of left.filter((each) => !each.startsWith('.')))
        expect(readdirSync(template.results(old, 'outputs', name)).sort()).toEqual(['hits.tsv', 'large.bam'])
      expect((await template.prune()).exit).toBe(0)
      expect(template.outputs(old)).toEqual([])
      expect(template.outputs(now)).toHaveLength(2)
      const after = await template.show(old)
      expect(after).toEqual({ ...before, outputs_pruned_at: after.outputs_pruned_at })
      expect(after.outputs_pruned_at).toMatch(/^20/)
    }
    expect(unfinished).toBeGreaterThan(3)
    expect((await template.call('audit', 'verify')).exit).toBe(0)
  }, 300_000)

  test('killed while it deletes, the rest goes the next time, whatever its age', async () => {
    const project = aProject('mkdir "$2/pipeline_info" && echo x > "$2/pipeline_info/execution_trace_1.txt"')
    const { run_id: runId } = await project.run(0)
    const [name = ''] = project.outputs(runId)
    renameSync(project.results(runId, 'outputs', name), project.results(runId, 'outputs', `.pruned-${name}`))
    rmSync(project.results(runId, 'outputs', `.pruned-${name}`, 'hits.tsv'))
    expect((await project.prune()).removed).toMatchObject([{ kind: 'outputs', run_id: runId, count: 1, files: 2 }])
    expect(project.outputs(runId)).toHaveLength(1)
    expect(readdirSync(project.results(runId, 'logs', name))).toContain('execution_trace_1.txt')
    expect((await project.show(runId)).outputs_pruned_at).toMatch(/^20/)
    // One is there and is reused, the other runs again.
    expect(states(await project.run(0)).sort()).toEqual(['cached', 'succeeded'])
  })

  test('two at once, and both with runs beside them, end well', async () => {
    const project = aProject()
    const olds: string[] = []
    for (let index = 0; index < 4; index++) olds.push((await project.run(100 + index, '--no-cache')).run_id)
    project.change()
    await project.run(1)
    project.restore()
    const [one, other, run] = await Promise.all([
      project.call('prune', '--json'),
      project.call('prune', '--json'),
      project.call('run', '--json'),
    ])
    for (const result of [one, other, run]) expect([result.exit, result.stderr.includes('bug')]).toEqual([0, false])
    const taken = new Set((run.json() as RunDocument).executions.map(({ cached_from }) => cached_from?.run_id))
    for (const runId of olds.filter((each) => !taken.has(each))) expect(project.outputs(runId)).toEqual([])
    const scores = (run.json() as RunDocument).summary.filter(({ unit }) => unit === 'ratio')
    const fresh = (await project.show(olds[0] ?? '')).summary.filter(({ unit }) => unit === 'ratio')
    expect(scores).toEqual(fresh)
    expect((await project.prune()).exit).toBe(0)
    const db = openSqlite(join(project.dir, '.benchmark', 'benchmark.db'), { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })

  test('works on a disk that is full to the last byte, and writes down what it did as soon as it can', async (context) => {
    const project = aProject()
    const { old } = await oldAndNew(project)
    const kept = join(tempDir('kept'), 'project')
    cpSync(join(project.dir, '.benchmark'), kept, { recursive: true })
    const disk = smallDisk(join(project.dir, '.benchmark'), '4m')
    if (disk === null) return context.skip('no small disk can be mounted here')
    try {
      cpSync(kept, join(project.dir, '.benchmark'), { recursive: true })
      const fill = join(project.dir, '.benchmark', 'fill')
      expect(() => writeFileSync(fill, Buffer.alloc(8_000_000, 1))).toThrow('ENOSPC')
      const preview = await project.prune('--dry-run')
      expect(preview.bytes_freed).toBeGreaterThan(400_000)
      expect(await project.prune()).toEqual({ ...preview, dry_run: false })
      expect(project.outputs(old)).toEqual([])
      expect((await project.show(old)).outputs_pruned_at).toMatch(/^20/)
      expect((await project.call('audit', 'list', '--json')).json()).toMatchObject({ entries: [{ action: 'prune' }] })
    } finally {
      disk.unmount()
    }
  })

  test('what cannot be emptied is named and left alone, the rest is done, and the status says so', async () => {
    const project = aProject()
    const { run_id: first } = await project.run(101)
    const { run_id: second } = await project.run(100, '--no-cache')
    project.change()
    await project.run(1)
    const [name = ''] = project.outputs(first)
    mkdirSync(project.results(first, 'outputs', name, 'locked'))
    writeFileSync(project.results(first, 'outputs', name, 'locked', 'file'), '')
    const asUser = (...argv: string[]): Promise<{ exit: number; stdout: string }> => {
      const isRoot = process.getuid?.() === 0
      // Root may remove everything: somebody else has to try.
      if (isRoot) execFileSync('chown', ['-R', '65534:65534', project.dir])
      chmodSync(project.results(first, 'outputs', name, 'locked'), 0o555)
      const child = spawn(process.execPath, [join(packageRoot, 'bin/run.js'), ...argv], {
        cwd: project.dir,
        stdio: ['ignore', 'pipe', 'inherit'],
        ...(isRoot ? { uid: 65534, gid: 65534 } : {}),
      })
      let stdout = ''
      child.stdout.on('data', (chunk) => (stdout += String(chunk)))
      return new Promise((resolve) => child.once('close', (code) => resolve({ exit: code ?? -1, stdout })))
    }
    if (process.getuid?.() === 0) chmodSync(project.dir, 0o755)
    const preview = await asUser('prune', '--dry-run', '--json')
    const result = await asUser('prune', '--json')
    expect([preview.exit, result.exit]).toEqual([6, 6])
    const document = JSON.parse(result.stdout) as PruneDocument
    expect(JSON.parse(preview.stdout)).toEqual({ ...document, dry_run: true })
    expect(documentErrors(document)).toEqual([])
    expect(document.problems).toMatchObject([{ code: 'E_STORE', message: expect.stringContaining('locked') as string }])
    expect(project.outputs(first)).toEqual([name])
    expect(existsSync(project.results(first, 'outputs', name, 'large.bam'))).toBe(true)
    expect(project.outputs(second)).toEqual([])
  })
})
