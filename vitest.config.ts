import { defineConfig } from 'vitest/config'

// Tests that hold measured figures against known ones; another test beside them would be measured too.
const MEASURING = ['test/exec/local/*.test.ts', 'test/{app,commands}/doctor.test.ts']

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    disableConsoleIntercept: true,
    restoreMocks: true,
    globalSetup: ['test/support/build-once.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'beside',
          include: ['test/**/*.test.ts'],
          exclude: MEASURING,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: MEASURING, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
