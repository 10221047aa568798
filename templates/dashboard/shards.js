// Runs of a page: read from its shards, which are scripts that hand over JSON as text, because pages opened from a folder
// may load scripts and nothing else. runs.js and run.js show them.
'use strict'
;(function () {
  const block = document.getElementById('page-data')
  if (!block) return
  const page = JSON.parse(block.textContent)
  const { make } = window.benchmarkPage
  const place = document.getElementById(`${page.kind}-place`)
  const status = make('p', { class: 'more', role: 'status' }, ['Loading …'])
  place.append(status)

  // ---- shards: only those the page names are ever loaded, and taken only under their own name
  const arrived = new Map()
  window.bench = (name, text) => {
    const shard = page.shards.find((one) => one.name === name)
    if (shard && !arrived.has(name)) arrived.set(name, JSON.parse(text))
  }
  function load(shard) {
    return new Promise((resolve) => {
      if (arrived.has(shard.name)) return resolve(true)
      const script = make('script', { src: shard.script })
      script.addEventListener('load', () => resolve(arrived.has(shard.name)))
      script.addEventListener('error', () => resolve(false))
      document.head.append(script)
    })
  }

  // A hundred thousand runs fall on few days; written one by one, their times would take longer than all the rest.
  const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))
  const days = new Map()
  function dayOf(seconds) {
    const number = Math.floor(seconds / 86400)
    if (!days.has(number)) {
      const shown = new Date(number * 86400000).toISOString().slice(0, 10)
      days.set(number, { shown, plain: shown.replace(/-/g, '') })
    }
    return days.get(number)
  }
  const hourOf = (seconds) => TWO[Math.floor(seconds / 3600) % 24]
  const minuteOf = (seconds) => TWO[Math.floor(seconds / 60) % 60]
  const shownTime = (seconds) => `${dayOf(seconds).shown} ${hourOf(seconds)}:${minuteOf(seconds)}`
  const stamp = (seconds) => `${dayOf(seconds).plain}t${hourOf(seconds)}${minuteOf(seconds)}${TWO[seconds % 60]}z`
  const at = (column, row) => (typeof column === 'number' ? column : column[row])

  /** Rows of a shard, newest last: only where each stands and when it began, as most are never looked at. */
  function rowsOf(part) {
    let seconds = 0
    return part.data.started.map((step, row) => ({ part, row, seconds: (seconds += step) }))
  }
  /** Texts with a space between, taken apart once. */
  const wordOf = ({ part, row }, name) => (part[name] ??= part.data[name].split(' '))[row]
  function idOf(run) {
    const id = wordOf(run, 'id')
    return id[0] === '~' ? `${stamp(run.seconds)}-${id.slice(1)}` : id
  }
  function commitOf(run) {
    const commit = wordOf(run, 'commit')
    return commit === '-' ? '' : commit
  }
  function textOf({ part, row }, name) {
    const { texts, at: positions } = part.data.text[name]
    return texts[at(positions, row)]
  }
  const projectOf = ({ part }) => part.data.project
  const whyNot = ({ why }, row) => (why[row] || 'not scored').replace('undefined_', '').replace(/_/g, ' ')
  function metricOf({ part, row }, key) {
    const metric = part.data.metrics.find((one) => one.key === key)
    if (!metric) return null
    const value = metric.value[row]
    return {
      metric,
      value,
      why: value === null ? whyNot(metric, row) : null,
      n: at(metric.n, row),
      of: at(metric.of, row),
    }
  }

  const RESOURCES = { wall_seconds: 'Wall time', cpu_seconds: 'CPU time', peak_rss_bytes: 'Peak memory' }
  /** `Sensitivity (gene)` of `sensitivity@gene`. */
  function metricWords(key) {
    const [name, ...at] = key.split('@')
    const words = RESOURCES[name] || name[0].toUpperCase() + name.slice(1).replace(/_/g, ' ')
    return at.length > 0 ? `${words} (${at.join(', ').replace(/_/g, ' ')})` : words
  }

  // As on the other pages (src/render/html/charts/axis-scale.ts): from, divided by, called.
  const STEPS = {
    seconds: [
      [259200, 86400, 'd'],
      [10800, 3600, 'h'],
      [180, 60, 'min'],
      [1, 1, 's'],
      [0, 0.001, 'ms'],
    ],
    bytes: [
      [1e12, 1e12, 'TB'],
      [1e9, 1e9, 'GB'],
      [1e6, 1e6, 'MB'],
      [1e3, 1e3, 'kB'],
      [0, 1, 'B'],
    ],
  }
  /** The unit that makes the largest of some values short. */
  function shortUnit(unit, ...lists) {
    const steps = STEPS[unit]
    if (!steps) return { divide: 1, called: unit === 'ratio' || unit === 'count' ? '' : unit }
    let largest = 0
    for (const values of lists) for (const value of values) largest = Math.max(largest, Math.abs(value || 0))
    const [, divide, called] = steps.find(([from]) => largest >= from)
    return { divide, called }
  }

  const TEXTS = [
    ['pipeline', 'Pipeline'],
    ['version', 'Version'],
    ['params', 'Parameters'],
    ['type', 'Type'],
    ['dataset', 'Dataset'],
    ['state', 'State'],
    ['trust', 'Trust'],
    ['branch', 'Branch'],
    ['label', 'Label'],
    ['tags', 'Tags'],
    ['machine', 'Machine'],
  ]

  /** Every metric of the shards once, in the order they come. */
  function metricsOf(all) {
    const metrics = new Map()
    for (const { data } of all) for (const one of data.metrics) if (!metrics.has(one.key)) metrics.set(one.key, one)
    return [...metrics.values()]
  }

  /** Shows the runs once all shards are here or lost; `shows`: what to do on each kind of page. */
  async function start(shows) {
    const ok = await Promise.all(page.shards.map(load))
    const lost = ok.filter((one) => !one).length
    const all = page.shards.flatMap((shard) => {
      const data = arrived.get(shard.name)
      if (!data) return []
      const part = { run: shard.run, data, rows: [] }
      part.rows = rowsOf(part)
      return [part]
    })
    const show = () => {
      shows[page.kind](all)
      if (lost > 0)
        place.prepend(
          make('p', { class: 'note' }, [
            `${lost} of ${page.shards.length} files of runs could not be loaded: this is not everything.`,
          ]),
        )
      place.dataset.ready = 'yes'
    }
    show()
    if (page.kind !== 'runs') addEventListener('hashchange', show)
  }
  window.benchmarkShards = {
    ...{ place, start, TEXTS, idOf, wordOf, textOf, commitOf, projectOf, shownTime, metricsOf, metricOf, metricWords },
    ...{ shortUnit, whyNot },
  }
})()
