import { spawnSync } from 'node:child_process'
import { type ToolProbe } from '../app/ports.ts'
import { findProgram } from './find-program.ts'
export const createToolProbe = (env: NodeJS.ProcessEnv): ToolProbe => ({
  which: (program) => { const f = findProgram(program, env['PATH'] ?? '', '/'); return 'program' in f ? (f.program as string | null) : null },
  version: (words, pattern) => { const r = spawnSync(words[0] ?? '', words.slice(1), { encoding: 'utf8', timeout: 5000 }); return Promise.resolve(new RegExp(pattern).exec(`${r.stdout}${r.stderr}`)?.[1] ?? null) },
})
