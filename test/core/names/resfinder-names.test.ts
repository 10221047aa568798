import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { drugClasses } from '../../../src/core/names/drug-class.ts'
import { geneOfSymbol } from '../../../src/core/names/series.ts'
import { normaliseSymbol } from '../../../src/core/names/symbol.ts'

// The ResFinder database as Debian installs it; skipped where it is not.
const database = '/usr/share/resfinder/db'

describe.skipIf(!existsSync(database))('all names of the installed ResFinder database', () => {
  const entries = (): readonly string[] =>
    readdirSync(database)
      .filter((file) => file.endsWith('.fsa'))
      .flatMap((file) => readFileSync(`${database}/${file}`, 'latin1').split('\n'))
      .filter((line) => line.startsWith('>'))
      .map((line) => line.slice(1).trim())
  const symbolOf = (entry: string): string => entry.replace(/_\d+_.*$/, '')
  const collisions = (key: (entry: string) => string): readonly (readonly string[])[] => {
    const groups = new Map<string, Set<string>>()
    for (const entry of entries()) groups.set(key(entry), (groups.get(key(entry)) ?? new Set()).add(symbolOf(entry)))
    return [...groups.values()].filter(({ size }) => size > 1).map((symbols) => [...symbols].sort())
  }

  test('running number and accession are recognised in every entry', () => {
    expect(entries().length).toBeGreaterThan(3000)
    expect(entries().filter((entry) => normaliseSymbol(entry) !== normaliseSymbol(symbolOf(entry)))).toEqual([])
  })

  test('no two alleles share a key, but for one gene spelled in two ways', () => {
    expect(collisions(normaliseSymbol)).toEqual([["aac(6')-Ib-cr", "aac(6')Ib-cr"]])
  })

  test('genes join only letters of one protein and point numbers of mcr', () => {
    const joined = collisions((entry) => geneOfSymbol(normaliseSymbol(entry)))
    const explained = joined.filter(
      (symbols) =>
        new Set(symbols.map((symbol) => /^(mcr-\d+)\.\d+$/.exec(symbol)?.[1])).size === 1 ||
        new Set(symbols.map((symbol) => symbol.replace(/(\d)[A-Za-z]$/, '$1'))).size === 1 ||
        symbols.every((symbol) => symbol.endsWith('Ib-cr')),
    )
    expect(joined.filter((symbols) => !explained.includes(symbols))).toEqual([])
    expect(joined.length).toBeGreaterThan(5)
  })

  test('every class and drug of its phenotype table is known, temperature apart', () => {
    const unknown = new Set<string>()
    const rows = readFileSync(`${database}/phenotypes.txt`, 'latin1').split('\n').slice(1)
    for (const row of rows) {
      const [entry = '', classes = '', drugs = ''] = row.split('\t')
      for (const text of [classes, drugs])
        for (const { id, known } of drugClasses(text, normaliseSymbol(entry))) if (!known) unknown.add(id)
    }
    expect([...unknown].sort()).toEqual(['heat', 'temperature'])
  })
})
