import { writeFileSync } from 'node:fs'
import { readVocabularyFile } from '../src/parse/vocabulary/index.ts'
const term = (id: number, ...lines: string[]): string =>
  [`[Term]`, `id: ARO:${String(id).padStart(7, '0')}`, `name: n${String(id)}`, ...lines, '', ''].join('\n')
const isA = (id: number): string => `is_a: ARO:${String(id).padStart(7, '0')} ! parent`
const chain = Array.from({ length:20000 }, (_, index) => term(index + 1, ...(index > 0 ? [isA(index)] : [])))
writeFileSync('/tmp/chain.obo', chain.reverse().join(''))
try { await readVocabularyFile('/tmp/chain.obo') } catch (e:any) { console.log(e.findings) }
