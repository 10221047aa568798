import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isSeq, parseDocument } from 'yaml'
import type { BlessingFile } from '../app/history/history-ports.ts'
import type { Blessing } from '../core/history/blessing.ts'
import { type Finding, problemOf } from '../core/problem.ts'
import type { BlessingEntry, BlessingsFile } from '../generated/blessings.ts'
import { validateBlessings } from '../generated/validators.ts'
import { schemaFindings } from './schema-findings.ts'
import { readTextFile } from './text-file.ts'
import { parseYaml } from './yaml-source.ts'

const NAME = '.benchmark/blessings.yaml'
const HEAD = `# Levels of the history that were accepted as the new normal (benchmark history bless).
# Commit this file: CI and everybody else then judge by it.
`

/** `.benchmark/blessings.yaml` of a project. Comments and order are the user's and stay. */
export const createBlessingFile = (root: string): BlessingFile => {
  const path = join(root, NAME)
  const read = (): readonly Blessing[] => (existsSync(path) ? parseBlessings(path) : [])
  const write = (text: string): void => {
    mkdirSync(dirname(path), { recursive: true })
    const temporary = `${path}.${String(process.pid)}.tmp`
    writeFileSync(temporary, text)
    renameSync(temporary, path)
  }
  return {
    name: NAME,
    read,
    add: (blessing) => {
      read() // refuses a file that is not right, instead of making it worse
      const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : `${HEAD}blessings: []\n`)
      const list = document.get('blessings')
      if (isSeq(list)) {
        list.flow = false
        list.add(document.createNode(toEntry(blessing)))
      }
      write(document.toString({ lineWidth: 0 }))
    },
    remove: (positions) => {
      if (positions.length === 0) return
      const document = parseDocument(readFileSync(path, 'utf8'))
      for (const position of [...positions].sort((left, right) => right - left))
        document.deleteIn(['blessings', position])
      write(document.toString({ lineWidth: 0 }))
    },
    isIgnored: () => {
      const ignore = join(root, '.benchmark', '.gitignore')
      if (!existsSync(ignore)) return false
      const lines = readFileSync(ignore, 'utf8').split(/\r?\n/)
      return lines.some((line) => line === '*' || line === '/*') && !lines.includes('!blessings.yaml')
    },
  }
}

const parseBlessings = (path: string): readonly Blessing[] => {
  const refuse = (findings: readonly Finding[]): never => {
    throw problemOf('E_CONFIG', `The file of blessed shifts ${NAME} is not valid.`, findings)
  }
  const text = readTextFile(path, NAME)
  if ('finding' in text) return refuse([text.finding])
  const always = (): boolean => true
  const parsed = parseYaml(text.text, NAME, { environment: {}, isExempt: always, isOptional: always })
  if (parsed.source === null || parsed.findings.length > 0) return refuse(parsed.findings)
  const findings = schemaFindings(validateBlessings, parsed.source)
  if (findings.length > 0) return refuse(findings)
  return (parsed.source.value as BlessingsFile).blessings.map(fromEntry)
}

const fromEntry = ({ run, commit, metric, level, rank, pipeline, why, by, at }: BlessingEntry): Blessing => ({
  ...{ run, metric, why, by, at },
  ...{ commit: commit ?? null, level: level ?? null, rank: rank ?? null, pipeline: pipeline ?? null },
})

const toEntry = ({ run, commit, metric, level, rank, pipeline, why, by, at }: Blessing): BlessingEntry => ({
  run,
  ...(commit === null ? {} : { commit }),
  metric,
  ...(level === null ? {} : { level }),
  ...(rank === null ? {} : { rank }),
  ...(pipeline === null ? {} : { pipeline }),
  ...{ why, by, at },
})
