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

  const two = (value) => String(value).padStart(2, '0')
  function stamp(seconds) {
    const at = new Date(seconds * 1000)
    return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}t${two(at.getUTCHours())}${two(at.getUTCMinutes())}${two(at.getUTCSeconds())}z`
  }
  function shownTime(seconds) {
    const text = stamp(seconds)
    return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)} ${text.slice(9, 11)}:${text.slice(11, 13)}`
  }
  const at = (column, row) => (typeof column === 'number' ? column : column[row])

  /** Rows of a shard, newest last, each with what the table shows and what belongs to it. */
  function rowsOf(shard, data) {
    const rows = []
    const ids = data.id.split(' ')
    const commits = data.commit.split(' ')
    let seconds = 0
    for (let row = 0; row < data.rows; row++) {
      seconds += data.started[row]
      const id = ids[row][0] === '~' ? `${stamp(seconds)}-${ids[row].slice(1)}` : ids[row]
      const commit = commits[row] === '-' ? '' : commits[row]
      rows.push({ shard, data, row, id, seconds, commit })
    }
    return rows
  }
  const textOf = ({ data, row }, name) => data.text[name].texts[at(data.text[name].at, row)]
  const reasonWords = (reason) => reason.replace('undefined_', '').replace(/_/g, ' ')
  function metricOf({ data, row }, key) {
    const metric = data.metrics.find((one) => one.key === key)
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
  function shortUnit(unit, values) {
    const steps = STEPS[unit]
    if (!steps) return { divide: 1, called: unit === 'ratio' || unit === 'count' ? '' : unit }
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value || 0)), 0)
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

  // ---- table of runs
  function showRuns(all) {
    const projects = new Set(all.map(({ data }) => data.project))
    const metrics = metricsOf(all)
    const columns = [
      { key: 'id', label: 'Run', isNumber: false, of: (run) => run.id },
      { key: 'started', label: 'Started (UTC)', isNumber: false, of: (run) => shownTime(run.seconds) },
      ...(projects.size > 1
        ? [{ key: 'project', label: 'Project', isNumber: false, of: (run) => run.data.project }]
        : []),
      ...TEXTS.map(([key, label]) => ({ key, label, isNumber: false, of: (run) => textOf(run, key) })),
      { key: 'commit', label: 'Commit', isNumber: false, of: (run) => run.commit },
      ...metrics.map((one) => {
        const ofShards = all.flatMap(({ data }) => data.metrics.filter(({ key }) => key === one.key))
        const { divide, called } = shortUnit(
          one.unit,
          ofShards.flatMap(({ value }) => value),
        )
        return {
          key: one.key,
          label: metricWords(one.key),
          unit: called,
          isNumber: true,
          of: (run) => {
            const found = metricOf(run, one.key)
            return found === null ? 'not scored' : found.value === null ? found.why : found.value / divide
          },
        }
      }),
    ]
    const saved = readState().get('columns')
    const runs = []
    for (const shard of all) runs.push(...shard.rows)
    // Rows of one run that nothing but their parameters tells apart.
    const seen = new Set(runs.map((run) => `${run.id} ${textOf(run, 'pipeline')} ${textOf(run, 'version')}`))
    const first = seen.size < runs.length ? [...FIRST, 'params'] : FIRST
    const wanted = saved ? saved.split(' ') : [...first, ...metrics.slice(0, MOST_METRICS).map(({ key }) => key)]
    // Newest first, as people look for them.
    runs.sort((left, right) => right.seconds - left.seconds || (left.id < right.id ? 1 : left.id > right.id ? -1 : 0))
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
        rows: runs.map((run) => shown.map(({ of }) => of(run))),
        links: (index) => `${runs[index].shard.run}#id=${encodeURIComponent(runs[index].id)}`,
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
      ['Run', run.id],
      ['Project', run.data.project],
      ['Started (UTC)', shownTime(run.seconds)],
      ...TEXTS.map(([key, label]) => [label, textOf(run, key)]),
      ['Commit', run.commit],
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
    const found = all.flatMap(({ rows }) => rows).filter((run) => run.id === id)
    if (found.length === 0)
      return say(
        id ? `There is no run ${id} in these pages.` : 'No run is named: choose one in the table of runs.',
        'runs.html',
      )
    document.title = id
    document.querySelector('h1').textContent = id
    const parts = found.flatMap((run) => {
      const rows = run.data.metrics.map((one) => {
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
          run.id !== id &&
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
                make('a', { href: `compare.html#a=${encodeURIComponent(run.id)}&b=${encodeURIComponent(id)}` }, [
                  run.id,
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
      const runs = all.flatMap(({ rows }) => rows).filter((run) => run.id === (state.get(side) || ''))
      return runs.find((run) => !state.get('pipeline') || textOf(run, 'pipeline') === state.get('pipeline')) || runs[0]
    })
    if (!a || !b) return say('Two runs are named as #a=…&b=…; choose them from the page of a run.', 'runs.html')
    const before = factsOf(a)
    const after = factsOf(b)
    const keys = metricsOf([a, b])
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
      make('p', { class: 'method' }, [make('code', {}, [`benchmark compare ${b.id} --with run:${a.id}`])]),
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
      return data ? [{ shard, data, rows: rowsOf(shard, data) }] : []
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
