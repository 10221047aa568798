/** Modules of Node's own that are loaded when something of them is first used (decision 129). */

/** They take between 0.5 and 4 ms each, and every command imports some that it does not come to use. */
const LATE = new Set(
  ['child_process', 'crypto', 'http', 'https', 'perf_hooks', 'readline', 'tls', 'worker_threads', 'zlib'].flatMap(
    (name) => [name, `node:${name}`],
  ),
)

type Exports = Record<string | symbol, unknown>

/** `require` that hands out such modules unloaded; they load themselves. */
export const requiringLate = (require: NodeJS.Require): NodeJS.Require => {
  const late = new Map<string, Exports>()
  const requireOne = (id: string): unknown => {
    if (!LATE.has(id)) return require(id)
    if (!late.has(id))
      late.set(
        id,
        unloaded(() => require(id) as Exports),
      )
    return late.get(id)
  }
  return Object.assign(requireOne, require)
}

const unloaded = (load: () => Exports): Exports =>
  new Proxy<Exports>(
    {},
    {
      // Asked by everything that turns CommonJS into ES modules, at once; no module of Node's has it.
      get: (_, name) => (name === '__esModule' ? undefined : load()[name]),
      set: (_, name, value) => Reflect.set(load(), name, value),
      has: (_, name) => name in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, name) =>
        Object.hasOwn(load(), name) ? { configurable: true, enumerable: true, value: load()[name] } : undefined,
    },
  )
