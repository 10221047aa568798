// The program as a git submodule of somebody's repository, used from there and from folders below.
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunDocument } from '../../src/generated/run.ts'
import { git } from '../support/ci-project.ts'
import { packageRoot, tempDir } from '../support/harness.ts'

test.skipIf(!existsSync(join(packageRoot, '.git')))(
  'runs belong to the repository around the submodule, and neither is changed',
  () => {
    const project = join(tempDir('submodule'), 'resistance tracker')
    mkdirSync(project)
    git(project, 'init', '--quiet', '--initial-branch', 'study')
    git(project, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', packageRoot, 'benchmark')
    git(project, 'commit', '--quiet', '--message', 'the benchmark')
    const submodule = join(project, 'benchmark')
    // What `npm ci` and `npm run build` leave there.
    cpSync(join(packageRoot, 'dist'), join(submodule, 'dist'), { recursive: true, preserveTimestamps: true })
    symlinkSync(join(packageRoot, 'node_modules'), join(submodule, 'node_modules'))

    const benchmark = (cwd: string, ...argv: string[]): string =>
      execFileSync(join(submodule, 'bin', 'run.js'), argv, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    benchmark(project, 'init', '--project-type', 'amr-detection')
    git(project, 'add', '.')
    git(project, 'commit', '--quiet', '--message', 'configuration')
    const folder = join(project, 'analysis', '2026')
    mkdirSync(folder, { recursive: true })
    const request = ['--dataset', 'amr-embedded', '--pipelines', 'embedded_reads', '--json']
    const run = JSON.parse(benchmark(folder, 'run', ...request)) as RunDocument

    expect(run).toMatchObject({ state: 'completed', branch: 'study', commit: git(project, 'rev-parse', 'HEAD').trim() })
    expect(run.commit).not.toBe(git(submodule, 'rev-parse', 'HEAD').trim())
    expect(benchmark(submodule, 'list')).toContain(run.run_id)
    expect(git(project, 'status', '--porcelain')).toBe('')
    expect(git(submodule, 'status', '--porcelain')).toBe('')
  },
)
