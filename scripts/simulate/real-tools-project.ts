/**
 * The configuration of a project that benchmarks Debian's KMA, ResFinder and blastn on the dataset beside it:
 * `.benchmark/config.yaml` of the folder. ResFinder cannot be used in folders with a blank in their path.
 */
export const REAL_TOOLS_CONFIG = `# Made by scripts/make-amr-dataset.ts: run \`benchmark run\` in this folder.
benchmark:
  project: { name: real-tools, type: amr-detection }
  input: samples.csv
  truth: truth.tsv
  pipelines:
    # Reads straight to the reference genes; a gene needs 80 % of its bases seen and equal.
    - name: kma_reads
      title: KMA on reads
      command: kma -ipe {reads_1} {reads_2} -t_db {db:resfinder} -o {outdir}/kma -1t1 -nc -na -nf -ID {param:min_identity}
      databases: { resfinder: database/resfinder }
      params: { min_identity: 80 }
      version_probe: { command: kma -v, pattern: 'KMA-(\\S+)' }
      outputs: [{ format: kma-res, path: kma.res }]
    # The whole tool, with its own thresholds: 80 % identity over 60 % of the gene.
    - name: resfinder_contigs
      title: ResFinder on contigs
      # Debian's Python by its full path, because the script asks for whatever python3 comes first.
      command: >-
        /usr/bin/python3 /usr/bin/run_resfinder.py -ifa {fasta} -o {outdir} -acq -l 0.6 -t 0.8 -s Other
        -db_res {db:resfinder_source}
      databases: { resfinder_source: /usr/share/resfinder/db }
      version_probe: { command: /usr/bin/python3 /usr/bin/run_resfinder.py --version, pattern: '(\\d+\\.\\d+\\.\\d+)' }
      outputs: [{ format: resfinder-tab, path: ResFinder_results_tab.txt }]
    # Plain blastn, best hit of each place, at two identity cut-offs; it asks for no coverage.
    - name: blastn_contigs
      title: blastn on contigs
      command: >-
        blastn -query {fasta} -subject {db:genes} -perc_identity {param:min_identity} -culling_limit 1
        -outfmt '6 std qlen slen'
      databases: { genes: database/resfinder.fasta }
      params: { min_identity: [80, 98] }
      version_probe: { command: blastn -version, pattern: 'blastn: (\\S+)' }
      stdout: hits.tsv
      outputs: [{ format: blast6, path: hits.tsv, columns: { outfmt: std qlen slen } }]
`
