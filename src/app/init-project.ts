import { Problem } from '../core/problem.ts'
import { folderOf, nameOf, pathInside } from '../core/relative-path.ts'
import { COMMUNITY, isHubName, suggestHubName } from '../core/hub/names.ts'
import { formatCommand } from '../core/split-command.ts'
import { knownBenchmarkType } from './known-benchmark-type.ts'
import type { Files } from './ports.ts'

/** What `benchmark init` was asked for; paths are absolute. */
export interface InitRequest {
  readonly root: string
  /** Benchmark type: decides the template. */
  readonly type: string
  /** Null = made from the name of the project folder. */
  readonly name: string | null
  /** The configuration file to write. */
  readonly output: string
  readonly centralHub: string | null
  readonly ci: 'github' | 'gitlab' | null
  readonly force: boolean
}

/** What became of each file. `kept`: it was there and is left as it is. */
export interface InitResult {
  readonly name: string
  readonly type: string
  readonly files: readonly { readonly path: string; readonly state: 'created' | 'replaced' | 'unchanged' | 'kept' }[]
}

export interface InitDeps {
  readonly files: Pick<Files, 'exists' | 'readText' | 'writeAtomically' | 'makeDir'>
  /** Folder with this program's templates. */
  readonly templates: string
  /** What editors check the configuration against. */
  readonly schemaUrl: string
  readonly version: string
}

/** Everything the runs of a project write stays out of git; what people write goes in. */
const GITIGNORE = `# Written by benchmark init: results, caches and the database stay on this machine.
*
!.gitignore
!config.yaml
!pipelines/
!pipelines/**
!datasets/
!datasets/**
!blessings.yaml
`

const CI_FILES = { github: '.github/workflows/benchmark.yml', gitlab: '.gitlab-ci.benchmark.yml' } as const
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Sets a project up. Either writes everything or, when something of the user's would be lost, nothing. */
export const initProject = (deps: InitDeps, request: InitRequest): InitResult => {
  const type = knownBenchmarkType(request.type)
  const name = projectName({ ...request, name: request.name ?? registeredName(deps.files, request.root) })
  const fill = (template: string): string =>
    deps.files
      .readText(`${deps.templates}/${template}`)
      .replaceAll('@SCHEMA@', () => deps.schemaUrl)
      .replaceAll('@NAME@', () => JSON.stringify(name))
      .replaceAll('@VERSION@', () => deps.version)
      .replaceAll('@CONFIG@', () => formatCommand([pathInside(request.root, request.output) ?? request.output]))
      .replaceAll('# @CENTRAL_HUB@\n', () => hubSection(request.centralHub))
  const wanted = [
    { path: request.output, text: fill(`projects/${type}.yaml`), mayDiffer: false },
    { path: `${request.root}/.benchmark/.gitignore`, text: GITIGNORE, mayDiffer: true },
    ...(request.ci === null
      ? []
      : [{ path: `${request.root}/${CI_FILES[request.ci]}`, text: fill(`ci/${request.ci}.yml`), mayDiffer: false }]),
  ].map((file) => ({ ...file, before: deps.files.exists(file.path) ? deps.files.readText(file.path) : null }))

  const lost = wanted.filter(({ before, text, mayDiffer }) => before !== null && before !== text && !mayDiffer)
  if (lost.length > 0 && !request.force)
    throw new Problem('E_USAGE', `There is already a file ${lost.map(({ path }) => path).join(' and ')}.`, {
      hints: ['Nothing was written. --force replaces it; --output writes the configuration elsewhere.'],
    })
  return {
    name,
    type,
    files: wanted.map(({ path, text, before, mayDiffer }) => {
      if (before === text) return { path, state: 'unchanged' }
      if (before !== null && mayDiffer && !request.force) return { path, state: 'kept' }
      deps.files.makeDir(folderOf(path))
      deps.files.writeAtomically(path, text)
      return { path, state: before === null ? 'created' : 'replaced' }
    }),
  }
}

/** Whoever registered before the first configuration has said what the project is called. */
const registeredName = (files: InitDeps['files'], root: string): string | null => {
  const file = `${root}/.benchmark/registration.json`
  if (!files.exists(file)) return null
  const name = /"name": "([^"]*)"/.exec(files.readText(file))?.[1]
  return name === undefined || !SAFE_NAME.test(name) ? null : name
}

const projectName = ({ name, root, centralHub }: InitRequest): string => {
  // A hub takes fewer names; better to hear it now than at the first upload.
  const isForHub = centralHub !== null
  if (name !== null) {
    if (isForHub && (!isHubName(name) || name === COMMUNITY)) throw notForHub(name)
    if (SAFE_NAME.test(name)) return name
    throw new Problem('E_USAGE', `"${name}" cannot be the name of a project.`, {
      hints: ['Use letters, digits, dot, dash and underscore, beginning with a letter or digit, at most 64.'],
    })
  }
  const made = nameOf(root)
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64)
  return (isForHub ? suggestHubName(made) : made) || 'my-project'
}

const notForHub = (name: string): Problem => {
  const suggestion = suggestHubName(name)
  return new Problem('E_USAGE', `"${name}" cannot be the name of a project in a hub.`, {
    hints: [
      'Names there are lower-case letters, digits and dashes, at most 63, and not "community".',
      ...(suggestion === null ? [] : [`Nothing was written. Try: --project-name ${suggestion}`]),
    ],
  })
}

const hubSection = (url: string | null): string =>
  url === null
    ? `  # central_hub:                          # the git repository results are shared through
  #   url: https://example.org/hub.git
  #   api_key: "\${BENCHMARK_API_KEY}"      # from the environment; never write a key here
  #   auto_upload: false
`
    : `  central_hub:                            # the git repository results are shared through
    url: ${JSON.stringify(url)}
    ${/^https?:/i.test(url) ? '' : '# '}api_key: "\${BENCHMARK_API_KEY}"        # from the environment; never write a key here
    auto_upload: false
`
