import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { VocabularyFile } from '../../app/ports.ts'
import { Problem } from '../../core/problem.ts'
import { collectFindings } from '../findings.ts'
import { openTextFile, type TextFile } from '../text-file.ts'
import { isMappingHeader, openMapping } from './mapping.ts'
import { openObo } from './obo.ts'

/**
 * Reads an ontology (OBO) or a mapping table, whichever the content is. Throws one `E_INPUT` with every fault, each
 * with its line.
 */
export const readVocabularyFile = async (file: string): Promise<VocabularyFile> => {
  const text = await openTextFile(file)
  try {
    const content = await readContent(file, text)
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    return { ...content, sha256 }
  } finally {
    await text.close()
  }
}

type Content = VocabularyFile extends infer File ? (File extends unknown ? Omit<File, 'sha256'> : never) : never

const readContent = async (file: string, text: TextFile): Promise<Content> => {
  const first = text.head.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
  if (isMappingHeader(first)) {
    const findings = collectFindings(file, 'a table of database entries and ontology terms')
    const reader = openMapping(findings)
    await text.each((block, line) => reader.block(block, line))
    const table = reader.end()
    findings.finish()
    return { kind: 'mapping', ...table }
  }
  if (/^format-version:/m.test(text.head) || /^\[(?:Term|Typedef)\]/m.test(text.head)) {
    const findings = collectFindings(file, 'an ontology in OBO format')
    const reader = openObo(findings)
    await eachWholeLine(text, (block, line) => reader.block(block, line))
    const content = reader.end()
    findings.finish()
    return { kind: 'ontology', ...content }
  }
  throw new Problem('E_INPUT', `${file} is neither an ontology nor a mapping table.`, {
    location: { file, line: 1, column: 1 },
    hints: [
      'An ontology is a file in OBO format, such as aro.obo of CARD.',
      'A mapping table has the columns Original ID, ARO, Cut_Off and Database, separated by tabs, as argNorm’s have.',
    ],
  })
}

// A text that begins with a bracket is taken for JSON and handed over in blocks that end anywhere.
const eachWholeLine = async (text: TextFile, take: (block: Buffer, firstLine: number) => number): Promise<void> => {
  let rest: Buffer | null = null
  let line = 1
  await text.each((block) => {
    const joined: Buffer = rest === null ? block : Buffer.concat([rest, block])
    const cut = joined.lastIndexOf(LINE_FEED) + 1
    const lines = cut === 0 ? 0 : take(joined.subarray(0, cut), line)
    // The block is gone when this returns.
    rest = cut < joined.length ? Buffer.from(joined.subarray(cut)) : null
    line += lines
    return lines
  })
  if (rest !== null) take(rest, line)
}

const LINE_FEED = 10
