/** The environment variable that says where a database is: `resfinder` -> `BENCHMARK_DB_RESFINDER`. */
export const databaseVariable = (name: string): string =>
  `BENCHMARK_DB_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
