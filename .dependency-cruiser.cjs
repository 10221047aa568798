// The import rules of docs/architecture.md, enforced. Change the structure before adding an exception here.
const driven = 'store|hub|exec|parse|config|serve'
module.exports = {
  forbidden: [
    { name: 'core-imports-nothing', severity: 'error', from: { path: '^src/core/' }, to: { pathNot: '^src/core/' } },
    {
      name: 'app-is-pure-of-adapters',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { pathNot: '^src/(app|core|documents|generated)/' },
    },
    {
      name: 'documents-are-codecs',
      severity: 'error',
      from: { path: '^src/documents/' },
      to: { pathNot: '^src/(documents|core|generated)/' },
    },
    {
      name: 'adapters-see-core-documents-and-ports',
      severity: 'error',
      from: { path: `^src/(${driven})/` },
      to: {
        path: '^src/',
        pathNot: `^src/(core/|documents/|generated/|app/ports\\.ts|app/\\w+/\\w+-ports\\.ts|package-files\\.ts|sqlite\\.ts|(${driven})/)`,
      },
    },
    {
      name: 'adapters-are-strangers',
      severity: 'error',
      from: { path: `^src/(${driven}|render)/` },
      to: { path: `^src/(${driven}|render)/`, pathNot: '^src/$1/' },
    },
    {
      name: 'render-sees-results-only',
      severity: 'error',
      from: { path: '^src/render/' },
      to: { path: '^src/', pathNot: '^src/(render|core|documents|generated|app)/' },
    },
    {
      name: 'surfaces-go-through-compose',
      severity: 'error',
      from: { path: '^src/(commands|cli|sdk|server|index\\.ts)' },
      to: { path: `^src/(${driven})/` },
    },
    {
      name: 'only-surfaces-import-compose',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(commands|cli|sdk|server|index\\.ts|compose(\\.ts|/))' },
      to: { path: '^src/compose(\\.ts|/)' },
    },
    {
      name: 'validators-stay-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(config|hub|parse|store|generated)/' },
      to: { path: '^src/generated/validators' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      // Which of the two is installed depends on Node.js (decision 141).
      to: { couldNotResolve: true, pathNot: '^better-sqlite3(-napi)?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
