// One run, and two runs side by side.
'use strict'
;(function () {
  if (!window.benchmarkShards) return
  const { make, formatCell, readState } = window.benchmarkPage
  const { place, start, TEXTS, idOf, textOf, commitOf, projectOf } = window.benchmarkShards
  const { shownTime, metricsOf, metricOf, metricWords, shortUnit } = window.benchmarkShards

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
  /** A run is of all its pipelines and parameters: those that both runs have stand beside each other. */
  function pairsOf(ofA, ofB) {
    const same = (one, other) => ['pipeline', 'params'].every((name) => textOf(one, name) === textOf(other, name))
    const pairs = ofA.flatMap((one) => ofB.filter((other) => same(one, other)).map((other) => [one, other]))
    if (pairs.length === 0) return { pairs: [[ofA[0], ofB[0]]], left: [] }
    const left = [
      ['A', ofA],
      ['B', ofB],
    ].flatMap(([side, rows]) => rows.filter((row) => !pairs.flat().includes(row)).map((row) => [side, row]))
    return { pairs, left }
  }

  const named = (run) => [textOf(run, 'pipeline'), textOf(run, 'params')].filter(Boolean).join(', ')

  /** Metrics of both, their difference and ratio. */
  function metricRows(a, b) {
    return metricsOf([a.part, b.part]).map((one) => {
      const [left, right] = [metricOf(a, one.key), metricOf(b, one.key)]
      const [x, y] = [left && left.value, right && right.value]
      const { divide, called } = shortUnit(one.unit, [x, y])
      const shown = (of) =>
        of === null ? numberCell(null, 'not scored') : numberCell(of.value === null ? null : of.value / divide, of.why)
      const start = [metricWords(one.key), called, shown(left), shown(right)]
      if (x === null || y === null) return [...start, numberCell(null), numberCell(null), '–']
      const better =
        x === y || one.direction === 'none' ? 'neither' : y > x === (one.direction === 'higher') ? 'B' : 'A'
      return [...start, numberCell((y - x) / divide), numberCell(x === 0 ? null : y / x, 'A is 0'), better]
    })
  }

  function showTwo(all) {
    const state = readState()
    const [ofA, ofB] = ['a', 'b'].map((side) =>
      all
        .flatMap(({ rows }) => rows)
        .filter((run) => idOf(run) === (state.get(side) || ''))
        .filter((run, _, runs) => {
          const wanted = state.get('pipeline')
          return (
            !wanted || textOf(run, 'pipeline') === wanted || !runs.some((one) => textOf(one, 'pipeline') === wanted)
          )
        }),
    )
    if (ofA.length === 0 || ofB.length === 0)
      return say('Two runs are named as #a=…&b=…; choose them from the page of a run.', 'runs.html')
    const { pairs, left } = pairsOf(ofA, ofB)
    const [[a, b]] = pairs
    // With several pipelines, what is of one of them stands in its own heading.
    const isOfRun = ([name]) => pairs.length === 1 || !['Pipeline', 'Version', 'Parameters'].includes(name)
    const after = factsOf(b)
    const versions = (one, other) => [...new Set([textOf(one, 'version'), textOf(other, 'version')])].join(' → ')
    place.replaceChildren(
      make('h2', {}, ['What differs']),
      simpleTable(
        'Two runs',
        ['', 'A', 'B'],
        factsOf(a)
          .map(([name, value], index) => [name, value || '–', after[index][1] || '–'])
          .filter(isOfRun),
      ),
      ...pairs.flatMap(([one, other]) => [
        make('h2', {}, [pairs.length === 1 ? 'Metrics' : `${named(one)} (${versions(one, other)})`]),
        simpleTable(
          pairs.length === 1 ? 'Metrics of two runs' : `Metrics of ${named(one)}`,
          ['Metric', 'Unit', 'A', 'B', 'B − A', 'B / A', 'Better'],
          metricRows(one, other),
        ),
      ]),
      ...left.map(([side, row]) => make('p', { class: 'note' }, [`Only in ${side}: ${named(row)}.`])),
      make('p', { class: 'note' }, [
        'Differences of means, without a test. Whether they are more than noise, benchmark compare says.',
      ]),
      make('p', { class: 'method' }, [make('code', {}, [`benchmark compare ${idOf(b)} --with run:${idOf(a)}`])]),
    )
  }

  function say(words, href) {
    place.replaceChildren(make('p', { role: 'status' }, [words]), make('p', {}, [make('a', { href }, ['All runs'])]))
  }

  void start({ run: showRun, compare: showTwo })
})()
