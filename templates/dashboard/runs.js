// Table of runs.
'use strict'
;(function () {
  if (!window.benchmarkShards) return
  const { make, mountTable, readState } = window.benchmarkPage
  const { place, start, TEXTS, idOf, wordOf, textOf, commitOf, projectOf } = window.benchmarkShards
  const { shownTime, metricsOf, metricWords, shortUnit, whyNot } = window.benchmarkShards

  const FIRST = ['id', 'started', 'project', 'pipeline', 'version', 'dataset', 'state']
  const MOST_METRICS = 4

  const compareWords = (left, right) => (left < right ? -1 : left > right ? 1 : 0)

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
        // Looked up once for each shard, not for each of a hundred thousand rows.
        const ofParts = new Map(all.map((part) => [part, part.data.metrics.find(({ key }) => key === one.key)]))
        const { divide, called } = shortUnit(one.unit, ...[...ofParts.values()].map((of) => (of ? of.value : [])))
        return {
          key: one.key,
          label: metricWords(one.key),
          unit: called,
          isNumber: true,
          of: ({ part, row }) => {
            const found = ofParts.get(part)
            if (!found) return 'not scored'
            return found.value[row] === null ? whyNot(found, row) : found.value[row] / divide
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

  void start({ runs: showRuns })
})()
