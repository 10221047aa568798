// Takes a lock and keeps it until it is killed.
import { setInterval } from 'node:timers'
import { alone } from '../../dist/hub/git/lock.js'

await alone(
  process.argv[2],
  () =>
    new Promise(() => {
      process.stdout.write('held\n')
      setInterval(() => {}, 1000)
    }),
  1000,
)
