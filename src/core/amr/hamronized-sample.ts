const FASTA = String.raw`(?:\.(?:fa|fna|fasta|ffn|contigs)(?:\.gz)?)?`

/** What nf-core/funcscan's file names append to the sample, by analysis_software_name. */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  abricate: new RegExp(String.raw`${FASTA}(?:\.(?:txt|tsv))?(?:\.abricate)?$`),
  amrfinderplus: /(?:\.tsv)?(?:\.amrfinderplus)?$/,
  deeparg: /(?:(?:\.align\.daa)?(?:\.mapping)?(?:\.potential)?\.ARG)?(?:\.deeparg)?$/,
  rgi: /(?:\.txt)?(?:\.rgi)?$/,
  fargene: /(?:_retrieved-genes-.*-hmmsearched\.out)?(?:\.fargene)?$/,
}

/**
 * The sample an `input_file_name` of a hAMRonization report stands for: its last path component without the ending
 * that nf-core/funcscan's files of this tool have. Names of other tools are only freed of their folder. A sample may
 * bear such a name itself, so compare the unchanged name with the sample list first.
 */
export const sampleOfHamronizedFile = (inputFileName: string, tool: string | null): string => {
  const name = inputFileName.slice(inputFileName.lastIndexOf('/') + 1)
  const ending = ENDINGS[tool?.toLowerCase() ?? '']
  const sample = ending === undefined ? name : name.replace(ending, '')
  return sample === '' ? name : sample
}
