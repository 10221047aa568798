/** `.benchmark/config.yaml` of the dataset's folder: benchmarks real tools on it, all of them with its own database. */
export const REAL_TOOLS_CONFIG = `# Made by scripts/make-amr-dataset.ts. \`benchmark run\` in this folder runs it.
benchmark:
  project: { name: real-tools, type: amr-detection }
  input: samples.csv
  truth: truth.tsv
  pipelines:
    # Two pipelines of the catalogue: reads straight to the genes, and the whole ResFinder on contigs.
    - kma: { databases: { resfinder: database } }
    - resfinder: { databases: { resfinder: database } }
    # One of our own, at two cut-offs: plain blastn, best hit of each place, whatever part of the gene it covers.
    - name: plain_blastn
      command: >-
        blastn -query {fasta} -subject {db:genes} -perc_identity {min_identity} -culling_limit 1
        -outfmt '6 std qlen slen'
      stdout: hits.tsv
      databases: { genes: database/genes.fasta }
      params: { min_identity: [80, 98] }
      version_probe: { command: blastn -version, pattern: 'blastn: (\\S+)' }
      outputs: [{ format: blast6, path: hits.tsv, columns: { outfmt: std qlen slen } }]
  evaluation:
    metrics: [sensitivity, precision, f1_score, specificity]
`
