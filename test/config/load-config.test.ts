import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createConfigSource } from '../../src/config/config-source.ts'
import type { MetricReference } from '../../src/config/evaluation.ts'
import { formatLocation, Problem } from '../../src/core/problem.ts'
import type { ProjectConfig } from '../../src/core/project-config.ts'
import { tempDir } from '../support/harness.ts'

const METRICS: Record<string, MetricReference> = {
  sensitivity: { metric: 'sensitivity', level: null, range: [0, 1] },
  amr_sensitivity: { metric: 'sensitivity', level: null, range: [0, 1] },
  specificity: { metric: 'specificity', level: null, range: [0, 1] },
  amr_specificity: { metric: 'specificity', level: null, range: [0, 1] },
  amr_gene_recall: { metric: 'sensitivity', level: 'gene', range: [0, 1] },
  runtime: { metric: 'wall_seconds', level: null, range: [0, null] },
  memory_usage: { metric: 'peak_rss_bytes', level: null, range: [0, null] },
}
const ENVIRONMENT = {
  BENCHMARK_API_KEY: 's3cret',
  WORKERS: '3',
  EMPTY: '',
  DATA: '/data/x',
  HOSTILE: '{sample} "; rm -rf $HOME',
}

let count = 0
const projectWith = (config: string | Buffer, files: Record<string, string> = {}) => {
  const root = join(tempDir(`config-${count++}`), 'my project')
  const all = { '.benchmark/config.yaml': config, 'nextflow.config': '', 'samples.csv': 'sample,fasta\n', ...files }
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  const source = createConfigSource({
    root,
    environment: ENVIRONMENT,
    metrics: {
      find: (name) => (Object.hasOwn(METRICS, name) ? METRICS[name] : undefined),
      names: Object.keys(METRICS),
    },
    formats: ['hamronization', 'kma-res', 'blast6', 'tsv'],
  })
  return { root, source }
}
const load = (config: string | Buffer, files?: Record<string, string>): ProjectConfig =>
  projectWith(config, files).source.load()

/** Every finding as `line:column message (hint)`. */
const findings = (config: string | Buffer, files?: Record<string, string>): string[] => {
  try {
    load(config, files)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error.code).toBe('E_CONFIG')
    return error.findings.map(({ location, message, hint }) => {
      const place = location ? formatLocation(location).replace('.benchmark/config.yaml', '').replace(/^:/, '') : '?'
      return `${place} ${message}${hint === undefined ? '' : ` (${hint})`}`
    })
  }
  return []
}

const FORM_1 = `
benchmark:
  project: {name: "resistance-tracker", type: "amr-detection", owner: "team-genomics"}
  central_hub: {url: "https://benchmark.metagenome.org", api_key: "\${BENCHMARK_API_KEY}", auto_upload: true}
  local: {cache_dir: ".benchmark/cache", results_dir: ".benchmark/results", max_parallel: 4}
  pipelines:
    - name: "nfcore_mag"
      version: "3.1.0"
      config: "./nextflow.config"
    - name: "nfcore_funcscan"
      version: "1.1.0"
      focus: "amr_genes"
  evaluation:
    metrics: [amr_sensitivity, amr_specificity, runtime, memory_usage]
    priority: {amr_sensitivity: 0.5, runtime: 0.3, memory_usage: 0.2}
`
const FORM_2 = `
benchmark:
  project:
    name: "resistance-tracker"
    focus: "antibiotic-resistance"
  pipelines:
    - nfcore_mag:
        version: "3.1.0"
        params:
          min_contig_size: [1500, 2500]
    - nfcore_funcscan:
        version: "1.1.0"
        databases: ["card", "resfinder"]
    - blastn
  evaluation:
    primary_metric: "amr_gene_recall"
    constraints:
      max_runtime: "24h"
      max_memory: 150GB
      min_sensitivity: 0.85
`

describe('both shapes of the design', () => {
  test('the first: names, a hub key from the environment, priorities by metric id', () => {
    const { root, source } = projectWith(FORM_1)
    const config = source.load()
    expect(config.project).toEqual({
      name: 'resistance-tracker',
      type: 'amr-detection',
      owner: 'team-genomics',
      focus: null,
    })
    expect(config.centralHub).toEqual({ url: 'https://benchmark.metagenome.org', apiKey: 's3cret', autoUpload: true })
    expect(config.local.maxParallel).toBe(4)
    expect(config.local.resultsDir).toBe(join(root, '.benchmark/results'))
    expect(config.pipelines.map(({ name, version, focus }) => [name, version, focus])).toEqual([
      ['nfcore_mag', '3.1.0', null],
      ['nfcore_funcscan', '1.1.0', 'amr_genes'],
    ])
    expect(config.pipelines[0]?.configFile).toBe(join(root, 'nextflow.config'))
    expect(config.evaluation.priority).toEqual({ sensitivity: 0.5, wall_seconds: 0.3, peak_rss_bytes: 0.2 })
  })

  test('the second: sweeps over parameters and databases, constraints with units', () => {
    const config = load(FORM_2)
    expect(config.pipelines.map(({ name, parameterSets }) => [name, parameterSets])).toEqual([
      [
        'nfcore_mag',
        [
          { profile: 'docker', min_contig_size: 1500 },
          { profile: 'docker', min_contig_size: 2500 },
        ],
      ],
      [
        'nfcore_funcscan',
        [
          { profile: 'docker', database: 'card' },
          { profile: 'docker', database: 'resfinder' },
        ],
      ],
      ['blastn', [{ min_identity: 90, min_coverage: 60 }]],
    ])
    expect(config.evaluation.primary).toEqual({ metric: 'sensitivity', level: 'gene' })
    expect(config.evaluation.constraints).toEqual({
      maxRuntimeSeconds: 86_400,
      maxMemoryBytes: 150e9,
      minimums: { sensitivity: 0.85 },
      maximums: {},
    })
  })

  test('the gate lets the undecided pass unless it says otherwise', () => {
    const gate = (text: string) => load(`benchmark:\n  evaluation: {${text}}\n`).evaluation.gate
    expect([gate(''), gate('gate: {inconclusive: fail}'), gate('gate: {inconclusive: pass}')]).toEqual([
      ...[undefined, { inconclusive: 'fail' }],
      { inconclusive: 'pass' },
    ])
    expect(() => gate('gate: {inconclusive: maybe}')).toThrow()
  })

  test('a pipeline of its own needs nothing but a command', () => {
    const config = load(`
benchmark:
  pipelines:
    - name: my-kma
      command: "kma -ipe {reads_1} {reads_2} -t_db {db:resfinder} -o {outdir}/kma -1t1"
      outputs: [{format: kma-res, path: "kma.res"}]
      databases: {resfinder: nextflow.config}
      timeout: 1h30m
      resources: {cpus: 4, memory: 8GiB}
`)
    expect(config.pipelines[0]).toMatchObject({
      name: 'my-kma',
      scope: 'sample',
      needs: ['reads_1', 'reads_2'],
      requires: ['kma'],
      benchmarkTypes: ['amr-detection'],
      timeoutMs: 5_400_000,
      resources: { cpus: 4, memoryBytes: 8 * 2 ** 30 },
      parameterSets: [{}],
    })
    expect(config.pipelines[0]?.databases['resfinder']).toMatch(/my project\/nextflow\.config$/)
  })

  test('one name can stand twice with other settings, but not twice with the same', () => {
    expect(
      load(
        'benchmark:\n  pipelines:\n    - {name: nfcore_mag, version: "3.1.0"}\n    - nfcore_mag: {version: "5.5.0"}\n',
      ).pipelines.map(({ version }) => version),
    ).toEqual(['3.1.0', '5.5.0'])
    expect(findings('benchmark:\n  pipelines:\n    - kma\n    - blastn\n    - kma: {}\n')).toEqual([
      '5:12 "kma" is listed twice with the same settings. (remove one, or change its version or params)',
    ])
  })

  test('`uses` runs a pipeline of the catalogue under another name; `enabled: false` keeps it out', () => {
    const config = load(`
benchmark:
  pipelines:
    - {name: blastn_strict, uses: blastn, params: {min_identity: 99}}
    - {name: kma, enabled: false}
`)
    expect(config.pipelines.map(({ name, parameterSets }) => [name, parameterSets])).toEqual([
      ['blastn_strict', [{ min_identity: 99, min_coverage: 60 }]],
    ])
  })

  test('without a file there are defaults; a named file that is missing is not found', () => {
    const { source } = projectWith(FORM_1)
    expect(() => source.load('other.yaml')).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }) as Error)
    const empty = createConfigSource({
      root: tempDir('none'),
      environment: {},
      metrics: { find: () => undefined, names: [] },
      formats: [],
    })
    expect(empty.load()).toMatchObject({
      file: null,
      pipelines: [],
      run: { repeats: 1, warmup: 0, maxLogBytes: 64 * 2 ** 20 },
    })
  })

  test('sections whose keys are all commented out say nothing', () => {
    expect(
      load('benchmark:\n  project:\n    name: x\n    owner:\n  run:\n  pipelines:\n  evaluation:\n    constraints:\n')
        .project.name,
    ).toBe('x')
  })
})

describe('environment variables', () => {
  test('fill texts and, unquoted, numbers; a default serves unset and empty ones; $${ stays', () => {
    const config = load(`
benchmark:
  project: {name: "\${NAME:-fallback}", owner: "$\${WORKERS} \${EMPTY:-nobody}"}
  local:
    max_parallel: \${WORKERS}
`)
    expect(config.project).toMatchObject({ name: 'fallback', owner: '${WORKERS} nobody' })
    expect(config.local.maxParallel).toBe(3)
  })

  test('an API key that is not set is a warning, for only the exchange needs it', () => {
    const config = load('benchmark:\n  central_hub:\n    url: x\n    api_key: ${NOPE}\n')
    expect(config.centralHub?.apiKey).toBeNull()
    expect(config.warnings).toMatchObject([
      { message: 'The environment variable NOPE is not set.', location: { line: 4, column: 14 } },
    ])
  })

  test('a value in a command is one word, whatever it holds, and never a placeholder', () => {
    const config = load('benchmark:\n  pipelines:\n    - {name: x, command: "tool ${HOSTILE} {fasta} $HOME"}\n')
    expect(config.pipelines[0]?.command).toEqual({
      kind: 'argv',
      words: ['tool', '{{sample}} "; rm -rf $HOME', '{fasta}', '$HOME'],
    })
  })

  test('a shell script keeps its own variables', () => {
    const config = load(
      'benchmark:\n  pipelines:\n    - {name: x, shell: bash, command: "x=1; echo ${x} ${NOPE:-} {fasta}"}\n',
    )
    expect(config.pipelines[0]?.command).toMatchObject({ kind: 'shell', script: 'x=1; echo ${x} ${NOPE:-} {fasta}' })
  })
})

describe('a broken configuration names every mistake with its place', () => {
  const cases: Record<string, [string | Buffer, string[]]> = {
    'unknown keys at every depth': [
      'benchmark:\n  projct: {name: x}\n  local:\n    max_paralel: 2\n  pipelines:\n    - name: kma\n      parms: {}\n    - blastn: {versoin: "1"}\n  evaluation: {constraints: {max_tim: 5}}\n',
      [
        '2:3 Unknown key "projct". (did you mean "project"?)',
        '4:5 Unknown key "max_paralel". (did you mean "max_parallel"?)',
        '7:7 Unknown key "parms". (did you mean "params"?)',
        '8:16 Unknown key "versoin". (did you mean "version"?)',
        '9:30 There is no metric "tim". (benchmark metric list shows every metric)',
      ],
    ],
    'unset and malformed variables': [
      'benchmark:\n  project: {name: "${NOPE}", owner: "${WORKER}"}\n  input: "${1x}"\n  pipelines:\n    - {name: a, command: "t ${UNSET_X} {fasta}"}\n',
      [
        '2:19 The environment variable NOPE is not set. (export NOPE=…, or give a default: ${NOPE:-default})',
        '2:19 "name" cannot be "". (Id of the project: letters, digits, dot, dash, underscore.)',
        '2:37 The environment variable WORKER is not set. (did you mean ${WORKERS}? Or export WORKER=…, or give a default: ${WORKER:-default})',
        '3:10 "${" does not begin a variable here. (write ${NAME} or ${NAME:-default}; $${ for a literal ${)',
        '3:10 There is no file ${1x}. (paths start at the project folder)',
        '5:26 The environment variable UNSET_X is not set. (export UNSET_X=…, or give a default: ${UNSET_X:-default})',
      ],
    ],
    'bad units': [
      'benchmark:\n  run: {timeout: 24, max_log: 64}\n  evaluation:\n    constraints: {max_runtime: 24 hours, max_memory: 150G}\n  pipelines:\n    - {name: kma, timeout: 1:30, resources: {memory: 8gb, cpus: 0}}\n',
      [
        '2:18 "timeout" must be text, not 24. (write a unit, such as 24h)',
        '2:31 "max_log" must be text, not 64. (write a unit, such as 64MiB)',
        '4:32 "24 hours" is not a duration. (write 24h, 90m, 30s or 1h30m)',
        '4:54 "150G" is not a size. (write 150GB (decimal, 10^9 bytes) or 150GiB (binary, 2^30 bytes))',
        '6:28 "1:30" is not a duration. (write 24h, 90m, 30s or 1h30m)',
        '6:54 "8gb" is not a size. (write 150GB (decimal, 10^9 bytes) or 150GiB (binary, 2^30 bytes))',
        '6:65 "cpus" must be at least 1, not 0.',
      ],
    ],
    'missing files': [
      'benchmark:\n  input: nope.csv\n  truth: truth.tsv\n  pipelines:\n    - name: nfcore_mag\n      config: ./missing.config\n',
      [
        '2:10 There is no file nope.csv. (paths start at the project folder)',
        '3:10 There is no file truth.tsv. (paths start at the project folder)',
        '6:15 There is no file ./missing.config. (looked for ROOT/missing.config)',
      ],
    ],
    'wrong types': [
      'benchmark:\n  project: [a]\n  local: {max_parallel: "4"}\n  pipelines: kma\n  run: {repeats: 2.5, warmup: -1}\n  central_hub: {auto_upload: "yes", url: x}\n',
      [
        '2:12 "project" must be a map of keys and values, not a list.',
        '3:25 "max_parallel" must be a whole number, not "4".',
        '4:14 "pipelines" must be a list, not "kma". (for example ["nfcore_mag",{"name":"kma","version":"1.4.11"},{"blastn":{"params":{"min_identity":[80,95]}}}])',
        '5:18 "repeats" must be a whole number, not 2.5.',
        '5:31 "warmup" must be at least 0, not -1.',
        '6:30 "auto_upload" must be true or false, not "yes".',
      ],
    ],
    'a secret in the address of a hub': [
      'benchmark:\n  central_hub: {url: "https://evil.example/${BENCHMARK_API_KEY}"}\n',
      [
        '2:22 A variable must be the whole text here. (put the whole URL into the variable: a part of the environment must not end up in the address of a host)',
      ],
    ],
    'a version that YAML reads as a number': [
      'benchmark:\n  pipelines:\n    - {name: nfcore_mag, version: 3.10}\n',
      ['3:35 "version" must be text, not 3.1. (quote it: "3.10")'],
    ],
    'unknown values': [
      'benchmark:\n  project: {type: amr_detection, name: "a b"}\n  sharing: {visibility: pubic}\n  pipelines:\n    - {name: kma, scope: samples}\n',
      [
        '2:19 "type" must be one of amr-detection, diversity-analysis, assembly-quality, binning, pathogen-detection, not "amr_detection". (did you mean "amr-detection"?)',
        '2:40 "name" cannot be "a b". (Id of the project: letters, digits, dot, dash, underscore.)',
        '3:25 "visibility" must be one of private, community, public, not "pubic". (did you mean "public"?)',
        '5:26 "scope" must be one of sample, dataset, not "samples". (did you mean "sample"?)',
      ],
    ],
    'unknown pipelines': [
      'benchmark:\n  pipelines:\n    - nfcore_mga\n    - name: kmaa\n    - zzzzzzzz: {version: "1"}\n    - {name: x, uses: blast}\n    - {command: "t {fasta}"}\n',
      [
        '3:7 There is no pipeline "nfcore_mga" in the catalogue. (did you mean "nfcore_mag"?)',
        '4:13 There is no pipeline "kmaa" in the catalogue. (did you mean "kma"?)',
        '5:7 There is no pipeline "zzzzzzzz" in the catalogue. (give it a command of its own, or choose one of benchmark pipeline list)',
        '6:23 There is no pipeline "blast" in the catalogue. (did you mean "blastn"?)',
        '7:7 A pipeline with a command of its own needs a name. (add name: my-pipeline)',
      ],
    ],
    'pipelines that are indented wrongly': [
      'benchmark:\n  pipelines:\n    - nfcore_mag:\n      version: "3.1.0"\n    - kma: {}\n      blastn: {}\n',
      [
        '4:7 "version" stands beside "nfcore_mag:" instead of under it. (indent it further than "nfcore_mag")',
        '6:7 This item names two pipelines, "kma" and "blastn". (begin each with its own "- ")',
      ],
    ],
    'commands that cannot work': [
      'benchmark:\n  pipelines:\n    - {name: a, command: "t {fasta} > out.txt"}\n    - {name: b, command: "t {fsata} {param:q}"}\n    - {name: c, command: "t \'x"}\n    - {name: d, command: "t {fasta}", params: {unused: 1}}\n    - {name: e, command: [t], shell: bash}\n    - {name: f, shell: sh, command: "t \'{fasta}\'"}\n    - {name: g, command: ""}\n',
      [
        '3:26 ">" means something to a shell only, and this command runs without one. It is at character 11 of the command in .benchmark/config.yaml. (to keep the standard output write `stdout: FILE`; or say `shell: bash`; or quote it)',
        '4:26 There is nothing to fill {fsata} with. (did you mean {fasta}? Or for literal braces write {{fsata}})',
        '4:26 There is nothing to fill {param:q} with. (declare it under params, or for literal braces write {{param:q}})',
        `5:26 ' is never closed. It is at character 3 of the command in .benchmark/config.yaml. (close the quotation mark)`,
        '6:48 The parameter "unused" is used nowhere in the command. (put {unused} where it belongs)',
        '7:26 With `shell` the command is one text, the script. (write command: |)',
        `8:37 {fasta} stands in '…', where a shell fills nothing. (use "…")`,
        '9:26 The command is empty. It is at character 1 of the command in .benchmark/config.yaml. (write the program and its arguments)',
      ],
    ],
    'a parameter misspelt for a pipeline of the catalogue': [
      'benchmark:\n  pipelines:\n    - blastn: {params: {min_idntity: [80, 90]}}\n',
      ['3:25 The parameter "min_idntity" is used nowhere in the command. (did you mean "min_identity"?)'],
    ],
    'outputs and databases that cannot work': [
      'benchmark:\n  pipelines:\n    - name: a\n      command: t {db:card} {fasta}\n      outputs:\n        - {format: kma_res, path: ../x.res}\n        - {format: tsv, path: x.tsv}\n        - {path: y}\n      stdout: /tmp/x\n      databases: [card, resfinder]\n    - {name: kma, databases: {resfindr: /x}}\n',
      [
        '6:20 There is no output format "kma_res". (did you mean "kma-res"?)',
        '6:35 "../x.res" leads out of the output folder. (give a path inside {outdir}, without {outdir})',
        '7:11 The format tsv needs to know its columns. (for example columns: {gene_symbol: Gene})',
        '8:11 "2" lacks the key "format".',
        '9:15 "/tmp/x" leads out of the output folder. (give a path inside {outdir}, without {outdir})',
        '10:18 This pipeline has no {database} to be filled from a list of names. (say where they are: databases: {card: /path})',
        '11:41 No {db:resfindr} in the command uses this database. (the command uses: resfinder)',
      ],
    ],
    'a version probe that cannot tell a version': [
      'benchmark:\n  pipelines:\n    - name: a\n      command: t {fasta}\n      version_probe: {command: t --version, pattern: "v\\\\d+"}\n    - name: b\n      command: t {fasta}\n      version_probe: {command: "t \'", pattern: "(("}\n',
      [
        '5:54 The pattern must be a regular expression with one group. (for example v(\\d\\S*))',
        `8:32 ' is never closed. It is at character 3 of the command in .benchmark/config.yaml. (close the quotation mark)`,
        '8:48 The pattern must be a regular expression with one group. (for example v(\\d\\S*))',
      ],
    ],
    'a sweep nobody can want': [
      `benchmark:\n  pipelines:\n    - blastn: {params: {min_identity: [${Array.from({ length: 40 }, (_, index) => index).join()}], min_coverage: [${Array.from({ length: 40 }, (_, index) => index).join()}]}}\n`,
      ['3:15 The lists make 1600 parameter sets; 1000 is the most. (shorten the lists)'],
    ],
    'evaluations that cannot be met': [
      'benchmark:\n  evaluation:\n    metrics: [amr_sensitivty, runtime, 5]\n    priority: {amr_sensitivity: 0, sensitivity: 0, speed: 1}\n    primary_metric: f1\n    constraints: {min_sensitivity: 85, max_specificity: "0.9", min_foo: 1, max_runtime: -1h}\n',
      [
        '3:15 There is no metric "amr_sensitivty". (did you mean "amr_sensitivity"?)',
        '3:40 "2" must be text, not 5. (quote it: "5")',
        '4:36 "sensitivity" names the metric sensitivity a second time. (keep one of the two)',
        '4:52 There is no metric "speed". (benchmark metric list shows every metric)',
        '5:21 There is no metric "f1". (benchmark metric list shows every metric)',
        '6:36 sensitivity goes from 0 to 1; 85 can never be reached. (for 85 % write 0.85)',
        '6:57 "max_specificity" must be a number, not "0.9".',
        '6:64 There is no metric "foo". (benchmark metric list shows every metric)',
        '6:89 "-1h" is not a duration. (write 24h, 90m, 30s or 1h30m)',
      ],
    ],
    'duplicate keys': [
      'benchmark:\n  project: {name: a}\n  project: {name: b}\n',
      ['3:3 This is not valid YAML: Map keys must be unique.'],
    ],
    'broken YAML': [
      'benchmark:\n  project: {name: a\n  local: 5\n',
      ['3:3 This is not valid YAML: Flow map in block collection must be sufficiently indented and end with a }.'],
    ],
    tabs: ['benchmark:\n\tproject: {}\n', ['2:1 This is not valid YAML: Tabs are not allowed as indentation.']],
    'two documents': [
      'benchmark: {}\n---\nbenchmark: {}\n',
      ['2:1 A second YAML document begins here; the file must hold one.'],
    ],
    'an alias bomb': [
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]!}`).join()}]`)
        .join('\n')}\nbenchmark: *i\n`,
      ['1:4 The YAML repeats itself too often through aliases (&name, *name).'],
    ],
    'an unknown tag': [
      'benchmark: !!js/function "x"\n',
      ['1:12 This is not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function.'],
    ],
    'an empty file': ['', ['1:1 The configuration is empty. (benchmark init writes one)']],
    'a file of comments': ['# nothing\n', ['1:1 The configuration is empty. (benchmark init writes one)']],
    'no root key': [
      'project: {name: x}\npipelines: []\n',
      ['1:1 The root key `benchmark:` is missing. (put everything under benchmark:, indented)'],
    ],
    'nothing under the root key': [
      'benchmark:\nproject: {}\n',
      ['1:1 Nothing stands under `benchmark:`. (indent what belongs there)'],
    ],
    'a list instead of a map': ['- a\n', ['1:1 The file must be a map of keys and values, not a list.']],
    'UTF-16': [Buffer.from('\ufeffbenchmark: {}\n', 'utf16le'), ['1:1 The file is UTF-16. (save it as UTF-8)']],
    'Latin-1': [
      Buffer.from('benchmark:\n  project: {owner: Müller}\n', 'latin1'),
      ['2:21 The file is not UTF-8 here. (save it as UTF-8)'],
    ],
    'control characters and prototype keys': [
      'benchmark:\n  __proto__: {a: 1}\n  constructor: 5\n',
      [
        expect.stringMatching(/^2:3 Unknown key "__proto__"\. \(known here: project, /),
        expect.stringMatching(/^3:3 Unknown key "constructor"\./),
      ],
    ],
  }

  test.each(Object.entries(cases))('%s', (_, [config, expected]) => {
    expect(findings(config).map((finding) => finding.replace(/looked for .*\/my project/, 'looked for ROOT'))).toEqual(
      expected,
    )
  })

  test('lines and columns are right behind a byte order mark and with CRLF', () => {
    expect(findings('\ufeffbenchmark:\r\n  project:\r\n    nam: x\r\n')).toEqual([
      '3:5 Unknown key "nam". (did you mean "name"?)',
    ])
    expect(load('\ufeffbenchmark:\r\n  project:\r\n    name: x\r\n').project.name).toBe('x')
  })

  test('10,000 brackets do not crash the reader', () => {
    expect(findings(`benchmark: ${'['.repeat(10_000)}`).length).toBeGreaterThan(0)
  })

  test('mistakes in pipelines of the project are found in their own files, together with those of the configuration', () => {
    expect(
      findings('benchmark:\n  run: {repeats: 0}\n', {
        '.benchmark/pipelines/mine.yaml': 'name: mine\ncommand: t {fasta}\noutputs:\n  - {format: nope, path: x}\n',
        '.benchmark/pipelines/other.yml': 'titel: x\n',
      }),
    ).toEqual([
      '2:18 "repeats" must be at least 1, not 0.',
      '.benchmark/pipelines/other.yml:1:1 Unknown key "titel". (did you mean "title"?)',
      '.benchmark/pipelines/other.yml:1:1 There is no pipeline "other" in the catalogue. (give it a command of its own, or choose one of benchmark pipeline list)',
    ])
  })
})

describe('the catalogue of a project', () => {
  test('holds built-in pipelines, those of .benchmark/pipelines, and those of the configuration on top', () => {
    const { source } = projectWith(
      'benchmark:\n  pipelines:\n    - blastn: {params: {min_identity: 95}}\n    - {name: own, command: "t {fasta}"}\n',
      {
        '.benchmark/pipelines/mine.yaml': 'command: t {fasta}\noutputs: [{format: kma-res, path: x}]\n',
        '.benchmark/pipelines/kma.yaml': 'params: {min_identity: 70}\n',
      },
    )
    const catalogue = source.catalogue()
    expect(catalogue.get('mine')?.source).toBe('.benchmark/pipelines/mine.yaml')
    expect(catalogue.get('own')?.requires).toEqual(['t'])
    expect(catalogue.get('blastn')?.parameterSets).toEqual([{ min_identity: 95, min_coverage: 60 }])
    expect(catalogue.get('kma')?.parameterSets).toEqual([{ min_identity: 70 }])
    expect(catalogue.get('nfcore_mag')?.version).toBe('5.5.0')
  })

  test('databases come from the project, then the environment; those found nowhere are named with the places tried', () => {
    const root = tempDir('databases')
    mkdirSync(join(root, 'mine'))
    writeFileSync(join(root, 'pre.name'), '')
    const catalogue = (environment: Record<string, string>, config: string) => {
      mkdirSync(join(root, '.benchmark'), { recursive: true })
      writeFileSync(join(root, '.benchmark/config.yaml'), config)
      return createConfigSource({
        root,
        environment,
        metrics: { find: () => undefined, names: [] },
        formats: [],
      }).catalogue()
    }
    const own = 'benchmark:\n  pipelines:\n    - {name: a, command: "t {db:my-db}", databases: {my-db: PATH}}\n'
    expect(catalogue({ BENCHMARK_DB_MY_DB: '/nope' }, own.replace('PATH', 'mine')).get('a')?.databases).toEqual({
      'my-db': join(root, 'mine'),
    })
    expect(catalogue({}, own.replace('PATH', '[nope, ./pre]')).get('a')?.databases).toEqual({
      'my-db': join(root, 'pre'),
    })
    const bare = catalogue({ BENCHMARK_DB_MY_DB: join(root, 'mine') }, own.replace(', databases: {my-db: PATH}', ''))
    expect(bare.get('a')?.databases).toEqual({ 'my-db': join(root, 'mine') })
    const nowhere = catalogue({}, own.replace('PATH', 'gone')).get('a')
    expect(nowhere?.databases).toEqual({})
    expect(nowhere?.databasesTried).toEqual({ 'my-db': [join(root, 'gone')] })
  })
})
