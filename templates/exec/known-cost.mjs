// A program whose cost is known, for `benchmark doctor --self-test`.
//   node known-cost.mjs MEGABYTES CPU_MS WRITTEN_MEGABYTES FILE EXIT_STATUS
// Holds the memory while it burns the CPU time, then says on stdout how much CPU time it has used in all.
import { closeSync, openSync, writeSync } from 'node:fs'

const [megabytes, cpuMs, written, file, status] = process.argv.slice(2)
const held = Buffer.alloc(Number(megabytes) * 2 ** 20, 1)
const usedMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const piece = held.subarray(0, 2 ** 20)
const fd = openSync(file, 'w')
for (let count = 0; count < Number(written); count++) writeSync(fd, piece)
closeSync(fd)
const until = usedMs() + Number(cpuMs)
let sum = 0
while (usedMs() < until) for (let at = 0; at < 10_000; at++) sum += held[at * 64]
// Held for a moment longer, so that it is also seen where nobody looks more often than once a second.
setTimeout(() => {
  process.stdout.write(`${JSON.stringify({ cpu_ms: usedMs(), held: held.length, sum: sum > 0 })}\n`)
  process.exitCode = Number(status)
}, 300)
