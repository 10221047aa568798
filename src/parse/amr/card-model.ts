import type { AmrCall } from '../../core/amr/call.ts'

/** What a CARD detection model detects: `rRNA gene variant model` and `protein variant model` are for mutations. */
export const variationOfModel = (model: string | null): AmrCall['variationType'] => {
  if (model?.includes('variant') !== true) return 'gene_presence'
  return /rrna/i.test(model) ? 'nucleotide_variant' : 'protein_variant'
}
