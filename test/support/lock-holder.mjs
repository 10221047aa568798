// Takes a lock and keeps it until it is killed.
import { setInterval } from 'node:timers'
import { alone } from '../../dist/hub/git/lock.js'

await alone(
  process.argv[2],
  () =>
    new Promise((resolve) => {
      process.stdout.write('held\n')
      // What nobody can resolve any more may be collected, and the lock with it.
      setInterval(() => process.argv.length === 0 && resolve(), 1000)
    }),
  1000,
)
