// Pages of runs: tables over shards, one run, two runs side by side. Shards are scripts that hand over JSON as text,
// because pages opened from a folder may load scripts and nothing else.
'use strict'
;(function () {
  const block = document.getElementById('page-data')
  if (!block) return
  const page = JSON.parse(block.textContent)
  const { make, mountTable, formatCell, readState } = window.benchmarkPage
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
  const compareWords = (left, right) => (left < right ? -1 : left > right ? 1 : 0)
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
  const reasonWords = (reason) => reason.replace('undefined_', '').replace(/_/g, ' ')
  function metricOf({ part, row }, key) {
    const metric = part.data.metrics.find((one) => one.key === key)
    if (!metric) return null
    const value = metric.value[row]
    return {
      metric,
      value,
      why: value === null ? reasonWords(metric.why[row] || 'not scored') : null,
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
  const FIRST = ['id', 'started', 'project', 'pipeline', 'version', 'dataset', 'state']
  const MOST_METRICS = 4

  /** Every metric of the shards once, in the order they come. */
  function metricsOf(all) {
    const metrics = new Map()
    for (const { data } of all) for (const one of data.metrics) if (!metrics.has(one.key)) metrics.set(one.key, one)
    return [...metrics.values()]
  }

  /** Whether nothing but its parameters tells a row from the one before; those of one run stand beside each other. */
  function isAsBefore(run, row, rows) {
    if (row === 0 || run.part.data.started[row] !== 0) return false
    const before = rows[row - 1]
    return (
      idOf(run) === idOf(before) && ['pipeline', 'version'].every((name) => textOf(run, name) === textOf(before, name))
    )
  }

  // ---- table of runs
  function showRuns(all) {
    const projects = new Set(all.map(({ data }) => data.project))
    const metrics = metricsOf(all)
    const columns = [
      { key: 'id', label: 'Run', isNumber: false, of: idOf },
      { key: 'started', label: 'Started (UTC)', isNumber: false, of: (run) => shownTime(run.seconds) },
      ...(projects.size > 1 ? [{ key: 'project', label: 'Project', isNumber: false, of: projectOf }] : []),
      ...TEXTS.map(([key, label]) => ({ key, label, isNumber: false, of: (run) => textOf(run, key) })),
      { key: 'commit', label: 'Commit', isNumber: false, of: commitOf },
      ...metrics.map((one) => {
        const ofShards = all.flatMap(({ data }) => data.metrics.filter(({ key }) => key === one.key))
        const { divide, called } = shortUnit(one.unit, ...ofShards.map(({ value }) => value))
        return {
          key: one.key,
          label: metricWords(one.key),
          unit: called,
          isNumber: true,
          of: (run) => {
            const found = metricOf(run, one.key)
            return found === null ? 'not scored' : (found.why ?? found.value / divide)
          },
        }
      }),
    ]
    const saved = readState().get('columns')
    const runs = all.flatMap(({ rows }) => rows)
    const first = all.some(({ rows }) => rows.some(isAsBefore)) ? [...FIRST, 'params'] : FIRST
    const wanted = saved ? saved.split(' ') : [...first, ...metrics.slice(0, MOST_METRICS).map(({ key }) => key)]
    // Newest first, as people look for them.
    runs.sort((left, right) => right.seconds - left.seconds || compareWords(wordOf(right, 'id'), wordOf(left, 'id')))
    const holder = make('div')
    const choose = make('fieldset', { class: 'choose' }, [make('legend', {}, ['Columns'])])
    const choice = make('details', {}, [make('summary', {}, ['Choose columns']), choose])
    function draw(keys) {
      const shown = columns.filter(({ key }) => key === 'id' || keys.includes(key))
      const box = make('div', { class: 'table', id: 'runs', 'data-table': 'runs' }, [
        make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Runs table' }, [
          make('table', {}, [
            make('caption', {}, ['Runs, newest first']),
            make('thead', {}, [
              make(
                'tr',
                {},
                shown.map(({ key, label, unit, isNumber }) => {
                  const head = make('th', { scope: 'col', 'data-key': key }, [unit ? `${label} (${unit})` : label])
                  if (isNumber) head.className = 'n'
                  return head
                }),
              ),
            ]),
            make('tbody'),
          ]),
        ]),
      ])
      holder.replaceChildren(box)
      mountTable(box, {
        columns: shown.map(({ key, label, unit, isNumber }) => ({
          key,
          label,
          unit: unit || '',
          isNumber,
          decimals: null,
        })),
        count: runs.length,
        cell: (index, column) => shown[column].of(runs[index]),
        links: (index) => `${runs[index].part.run}#id=${encodeURIComponent(idOf(runs[index]))}`,
      })
    }
    for (const { key, label } of columns.slice(1)) {
      const box = make('input', { type: 'checkbox', value: key })
      box.checked = wanted.includes(key)
      box.addEventListener('change', () => {
        const keys = [...choose.querySelectorAll('input:checked')].map(({ value }) => value)
        const state = readState()
        state.set('columns', keys.join(' '))
        history.replaceState(null, '', `#${state}`)
        draw(keys)
      })
      choose.append(make('label', {}, [box, label]))
    }
    place.replaceChildren(choice, holder)
    draw(wanted)
  }

  // ---- one run
  const facts = (pairs) =>
    make(
      'dl',
      { class: 'facts' },
      pairs.flatMap(([name, value]) => [make('dt', {}, [name]), make('dd', {}, [value || '–'])]),
    )
  /** A number in a cell of its own kind, or why there is none. */
  const numberCell = (value, why) =>
    typeof value === 'number' ? { text: formatCell(value, null) } : { text: why || '–', why: why || '–' }

  function factsOf(run) {
    return [
      ['Run', idOf(run)],
      ['Project', projectOf(run)],
      ['Started (UTC)', shownTime(run.seconds)],
      ...TEXTS.map(([key, label]) => [label, textOf(run, key)]),
      ['Commit', commitOf(run)],
    ]
  }

  function simpleTable(caption, heads, rows) {
    return make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${caption} table` }, [
      make('table', {}, [
        make('caption', {}, [caption]),
        make('thead', {}, [
          make(
            'tr',
            {},
            heads.map((head, index) =>
              make('th', { scope: 'col', class: rows[0] && typeof rows[0][index] === 'object' ? 'n' : '' }, [head]),
            ),
          ),
        ]),
        make(
          'tbody',
          {},
          rows.map((row) =>
            make(
              'tr',
              {},
              row.map((cell, index) => {
                if (index === 0) return make('th', { scope: 'row' }, [cell])
                return typeof cell === 'string'
                  ? make('td', {}, [cell])
                  : make('td', { class: cell.why ? 'm' : 'n' }, [cell.text])
              }),
            ),
          ),
        ),
      ]),
    ])
  }

  function showRun(all) {
    const id = readState().get('id') || ''
    const found = all.flatMap(({ rows }) => rows).filter((run) => idOf(run) === id)
    if (found.length === 0)
      return say(
        id ? `There is no run ${id} in these pages.` : 'No run is named: choose one in the table of runs.',
        'runs.html',
      )
    document.title = id
    document.querySelector('h1').textContent = id
    const parts = found.flatMap((run) => {
      const rows = run.part.data.metrics.map((one) => {
        const { value, why, n, of, metric } = metricOf(run, one.key)
        const { divide, called } = shortUnit(metric.unit, [value])
        return [metricWords(one.key), numberCell(value === null ? null : value / divide, why), called, `${n} of ${of}`]
      })
      return [
        make('h2', {}, [textOf(run, 'pipeline')]),
        facts(factsOf(run)),
        simpleTable(`Metrics of ${textOf(run, 'pipeline')}`, ['Metric', 'Mean', 'Unit', 'Samples with a value'], rows),
      ]
    })
    const others = all
      .flatMap(({ rows }) => rows)
      .filter(
        (run) =>
          idOf(run) !== id &&
          textOf(run, 'dataset') === textOf(found[0], 'dataset') &&
          textOf(run, 'pipeline') === textOf(found[0], 'pipeline'),
      )
      .sort((left, right) => right.seconds - left.seconds)
      .slice(0, 10)
    place.replaceChildren(
      ...parts,
      make('h2', {}, ['Side by side with']),
      others.length === 0
        ? make('p', {}, ['There is no other run of this pipeline on this dataset.'])
        : make(
            'ul',
            { class: 'links' },
            others.map((run) =>
              make('li', {}, [
                make('a', { href: `compare.html#a=${encodeURIComponent(idOf(run))}&b=${encodeURIComponent(id)}` }, [
                  idOf(run),
                ]),
              ]),
            ),
          ),
      make('p', { class: 'method' }, ['A full report of it: ', make('code', {}, [`benchmark report ${id}`])]),
    )
  }

  // ---- two runs
  function showTwo(all) {
    const state = readState()
    const [a, b] = ['a', 'b'].map((side) => {
      const runs = all.flatMap(({ rows }) => rows).filter((run) => idOf(run) === (state.get(side) || ''))
      return runs.find((run) => !state.get('pipeline') || textOf(run, 'pipeline') === state.get('pipeline')) || runs[0]
    })
    if (!a || !b) return say('Two runs are named as #a=…&b=…; choose them from the page of a run.', 'runs.html')
    const before = factsOf(a)
    const after = factsOf(b)
    const keys = metricsOf([a.part, b.part])
    place.replaceChildren(
      make('h2', {}, ['What differs']),
      simpleTable(
        'Two runs',
        ['', 'A', 'B'],
        before.map(([name, value], index) => [name, value || '–', after[index][1] || '–']),
      ),
      make('h2', {}, ['Metrics']),
      simpleTable(
        'Metrics of two runs',
        ['Metric', 'Unit', 'A', 'B', 'B − A', 'B / A', 'Better'],
        keys.map((one) => {
          const [left, right] = [metricOf(a, one.key), metricOf(b, one.key)]
          const [x, y] = [left && left.value, right && right.value]
          const { divide, called } = shortUnit(one.unit, [x, y])
          const shown = (of) =>
            of === null
              ? numberCell(null, 'not scored')
              : numberCell(of.value === null ? null : of.value / divide, of.why)
          const name = metricWords(one.key)
          if (x === null || y === null)
            return [name, called, shown(left), shown(right), numberCell(null), numberCell(null), '–']
          const better =
            x === y || one.direction === 'none' ? 'neither' : y > x === (one.direction === 'higher') ? 'B' : 'A'
          return [
            name,
            called,
            shown(left),
            shown(right),
            numberCell((y - x) / divide),
            numberCell(x === 0 ? null : y / x, 'A is 0'),
            better,
          ]
        }),
      ),
      make('p', { class: 'note' }, [
        'Differences of means, without a test. Whether they are more than noise, benchmark compare says.',
      ]),
      make('p', { class: 'method' }, [make('code', {}, [`benchmark compare ${idOf(b)} --with run:${idOf(a)}`])]),
    )
  }

  function say(words, href) {
    place.replaceChildren(make('p', { role: 'status' }, [words]), make('p', {}, [make('a', { href }, ['All runs'])]))
  }

  const SHOW = { runs: showRuns, run: showRun, compare: showTwo }
  async function start() {
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
      SHOW[page.kind](all)
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
  void start()
})()
