import type { ReadingContext } from '../contract.ts'
import type { JsonNode } from '../json-document.ts'
import type { JsonFields } from '../json-fields.ts'
import { draftCall, place, sequenceId } from './draft-call.ts'

/** The hits of ResFinder 3 and 4.0: `resfinder.results`, by class of drugs and database; a text is `No hit found`. */
export const readResFinder3 = (results: JsonNode, fields: JsonFields, context: ReadingContext): void => {
  for (const [drugClass, databases] of fields.entries(results))
    for (const hits of databases.type === 'object' ? databases.entries.values() : [])
      if (hits.type !== 'text') for (const [, hit] of fields.entries(hits)) readHit(drugClass, hit, fields, context)
}

const readHit = (drugClass: string, hit: JsonNode, fields: JsonFields, context: ReadingContext): void => {
  const before = context.findings.count
  const symbol = fields.text(fields.required(hit, ['resistance_gene'])) ?? ''
  const call = draftCall(fields.placeOf(hit).line, 'resfinder', symbol)
  call.accession = fields.text(fields.get(hit, 'accession'))
  call.database = 'resfinder'
  call.identity = fields.number(fields.get(hit, 'identity'), 0, 100)
  const coverage = fields.number(fields.get(hit, 'coverage'), 0, 1000)
  call.coverage = coverage === null ? null : Math.min(100, coverage)
  call.contig = sequenceId(fields.text(fields.get(hit, 'contig_name')))
  const span = /^(\d+)\.\.(\d+)$/.exec(fields.text(fields.get(hit, 'positions_in_contig')) ?? '')
  if (span !== null) place(call, Number(span[1]), Number(span[2]))
  call.drugClasses = [drugClass]
  if (context.findings.count === before) context.emit(call)
}
