// Loaded before the program in tests of it: a clock that is off, and a death at exactly the n-th step.
import childProcess from 'node:child_process'
import fs from 'node:fs'
import fsPromises from 'node:fs/promises'
import http from 'node:http'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const {
  BENCHMARK_TEST_CLOCK_OFF_MS: clockOff,
  BENCHMARK_TEST_KILL_AT: killAt,
  BENCHMARK_TEST_STEPS: stepsFile,
} = process.env

if (clockOff !== undefined) {
  const off = Number(clockOff)
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [RealDate.now() + off] : given))
    }
    static now() {
      return RealDate.now() + off
    }
  }
}

// Patience is measured in minutes; no test waits for that.
if (process.env['BENCHMARK_TEST_HURRY'] !== undefined) {
  const real = http.ClientRequest.prototype.setTimeout
  http.ClientRequest.prototype.setTimeout = function (ms, ...more) {
    return real.call(this, Math.min(ms, 1000), ...more)
  }
  // What ssh needs to make a connection is silence too.
  const realTimeout = globalThis.setTimeout
  globalThis.setTimeout = Object.assign(
    (act, ms, ...more) => realTimeout(act, ms === 60_000 ? 8000 : ms, ...more),
    realTimeout,
  )
}

// A step: what changes a disk or a database, starts a program or asks the network. Death comes before the n-th.
if ((killAt !== undefined || stepsFile !== undefined) && isMainThread) {
  let steps = 0
  const last = Number(killAt ?? Infinity)
  const step = () => {
    steps++
    if (steps === last) process.kill(process.pid, 'SIGKILL')
  }
  const counted = (owner, name) => {
    const real = owner[name]
    owner[name] = function (...given) {
      step()
      return Reflect.apply(real, this, given)
    }
  }
  for (const name of [
    'writeFileSync',
    'writeSync',
    'renameSync',
    'linkSync',
    'unlinkSync',
    'rmSync',
    'mkdirSync',
    'fsyncSync',
    'copyFileSync',
  ])
    counted(fs, name)
  for (const name of ['rename', 'rm', 'mkdir', 'open', 'writeFile', 'link', 'copyFile']) counted(fsPromises, name)
  counted(childProcess, 'spawn')
  counted(http, 'request')
  syncBuiltinESMExports()
  const Database = createRequire(import.meta.url)(
    Number(process.versions.napi) >= 10 ? 'better-sqlite3-napi' : 'better-sqlite3',
  )
  const memory = new Database(':memory:')
  counted(Object.getPrototypeOf(memory.prepare('SELECT 1')), 'run')
  counted(Database.prototype, 'exec')
  memory.close()
  if (stepsFile !== undefined) process.on('exit', () => fs.appendFileSync(stepsFile, `${steps}\n`))
}
