// Script of every page: theme, and tables one can sort, filter, page through and download. A classic script, because
// pages are opened from folders, where modules are not allowed. Everything is readable without it.
'use strict'
;(function () {
  // ---- small helpers: nodes are made, never parsed
  function make(name, attributes, children) {
    const node = document.createElement(name)
    for (const key of Object.keys(attributes || {})) node.setAttribute(key, attributes[key])
    for (const child of children || []) node.append(child)
    return node
  }

  function remember(key, value) {
    try {
      if (value === undefined) return localStorage.getItem(key)
      localStorage.setItem(key, value)
    } catch {
      // Sandboxed hosts have no storage: the choice then lasts as long as the page.
    }
    return null
  }

  // ---- theme
  function setTheme(theme) {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
    else delete document.documentElement.dataset.theme
  }

  function mountTheme(place) {
    const known = remember('benchmark-theme')
    setTheme(known)
    const select = make(
      'select',
      {},
      ['system', 'light', 'dark'].map((theme) => make('option', { value: theme }, [theme])),
    )
    select.value = known === 'light' || known === 'dark' ? known : 'system'
    select.addEventListener('change', () => {
      remember('benchmark-theme', select.value)
      setTheme(select.value)
    })
    place.append(make('label', {}, ['Theme ', select]))
  }

  // ---- numbers, by the rules of src/render/html/page/format-cell.ts
  function grouped(digits) {
    return digits.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))
  }

  function formatCell(value, decimals) {
    const size = Math.abs(value)
    if (size >= 1e12 || (size > 0 && size < 1e-4)) return value.toExponential(3)
    if (Number.isInteger(value) && (decimals === null || decimals === 0)) return grouped(String(value))
    if (decimals !== null && (value === 0 || Number(value.toFixed(decimals)) !== 0))
      return grouped(value.toFixed(decimals))
    return grouped(size >= 1e4 ? value.toFixed(0) : value.toPrecision(4))
  }

  // ---- permalinks: `#samples.q=gut&samples.s=-recall&samples.p=2`; what is not known is left as it is
  function readState() {
    const text = location.hash.slice(1)
    return new URLSearchParams(text.includes('=') ? text : '')
  }

  function writeState(id, state) {
    const all = readState()
    for (const key of ['q', 's', 'p', 'n']) {
      if (state[key]) all.set(`${id}.${key}`, state[key])
      else all.delete(`${id}.${key}`)
    }
    for (const key of [...all.keys()]) if (key.startsWith(`${id}.f.`)) all.delete(key)
    for (const key of Object.keys(state.filters)) all.set(`${id}.f.${key}`, state.filters[key])
    try {
      history.replaceState(null, '', `#${String(all)}`)
    } catch {
      // Some hosts forbid it; the table works without a link of its own.
    }
  }

  // ---- tables
  /** Rows of cells that stand column by column (`cells`, or `runs` of cell and count); `words` are named by their position, reasons
   * among numbers by it as a text. */
  function decode({ count, columns }, heads) {
    const rows = Array.from({ length: count }, () => [])
    columns.forEach(({ words, cells, runs }, column) => {
      let index = 0
      const put = (cell) => {
        const isWord = words && (!heads[column].isNumber || typeof cell === 'string')
        rows[index++].push(isWord ? words[Number(cell)] : cell)
      }
      if (cells) cells.forEach(put)
      else for (let at = 0; at < runs.length; at += 2) for (let n = runs[at + 1]; n > 0; n--) put(runs[at])
    })
    return rows
  }

  /** Columns and rows of a table of the page: of its JSON block, or as they stand in it. */
  function readTable(box) {
    const columns = [...box.querySelectorAll('thead th')].map((head) => ({
      key: head.dataset.key,
      label: head.textContent,
      unit: head.dataset.unit || '',
      isNumber: head.classList.contains('n'),
      isChoice: head.hasAttribute('data-choice'),
      decimals: head.dataset.decimals === undefined ? null : Number(head.dataset.decimals),
    }))
    const block = box.querySelector('script[type="application/json"]')
    if (block) {
      const data = JSON.parse(block.textContent)
      return { columns, ...held(decode(data, columns)), links: data.links }
    }
    const rows = [...box.querySelectorAll('tbody tr')].map((row) =>
      [...row.cells].map((cell) => {
        const number = cell.querySelector('data')
        return number ? Number(number.value) : cell.textContent
      }),
    )
    const links = [...box.querySelectorAll('tbody tr')].map((row) => row.querySelector('th a')?.getAttribute('href'))
    return { columns, ...held(rows), links }
  }

  const held = (rows) => ({ count: rows.length, cell: (index, column) => rows[index][column] })

  /** Order of two cells; a reason in a column of numbers is no number and comes last in both directions. */
  function compareCells(one, other, sign, isNumber) {
    if (isNumber) {
      const isOne = typeof one === 'number'
      const isOther = typeof other === 'number'
      if (!isOne || !isOther) return isOne === isOther ? 0 : isOne ? -1 : 1
      return sign * (one - other)
    }
    return one === other ? 0 : sign * (one < other ? -1 : 1)
  }

  function quoteDelimited(cell, tab) {
    if (typeof cell === 'number') return String(cell)
    const text = /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) ? `'${cell}` : cell
    if (tab) return text.replace(/[\t\r\n]+/g, ' ')
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
  }

  function fileText(kind, columns, rows) {
    if (kind === 'json') {
      const head = columns.map(({ key, label, unit }) => ({ key, label, unit }))
      return `${JSON.stringify({ columns: head, rows }, null, 1)}\n`
    }
    const tab = kind === 'tsv'
    const head = columns.map(({ key, unit }) => {
      const name = unit ? key.replace(/_(seconds|bytes)$/, '') : key
      return unit && !name.endsWith(unit) ? `${name}_${unit}` : name
    })
    const line = (cells) => cells.map((cell) => quoteDelimited(cell, tab)).join(tab ? '\t' : ',')
    return `${[head, ...rows].map(line).join('\n')}\n`
  }

  function digest(text) {
    let hash = 0x811c9dc5
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    return (hash >>> 0).toString(16).padStart(8, '0').slice(0, 6)
  }

  function save(name, text, type) {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
    const link = make('a', { href: url, download: name })
    document.body.append(link)
    link.click()
    link.remove()
    setTimeout(() => URL.revokeObjectURL(url), 10000)
  }

  const TYPES = { tsv: 'text/tab-separated-values', csv: 'text/csv', json: 'application/json' }
  const SIZES = [25, 50, 200]
  const MOST_CHOICES = 150
  const whenIdle = window.requestIdleCallback || setTimeout

  /** Makes one table of the page interactive. `given`: its columns and cells, where they are not in the page. */
  function mountTable(box, given) {
    const { columns, count, cell, links } = given || readTable(box)
    const id = box.id
    const caption = box.querySelector('caption').textContent
    const body = box.querySelector('tbody')
    const heads = [...box.querySelectorAll('thead th')]
    const order = Array.from({ length: count }, (_, index) => index)
    const rowOf = (index) => columns.map((_, column) => cell(index, column))
    // A column of many rows is made when it is asked for, or while nothing happens.
    const made = []
    const cellsOf = (column) => (made[column] ??= order.map((index) => cell(index, column)))
    const prepare = () => {
      const column = columns.findIndex((_, at) => !made[at])
      if (column >= 0) whenIdle(() => prepare(cellsOf(column)))
    }
    /** Marks rows with a term in any text; most texts come again. */
    function rowsWith(term) {
      const found = new Uint8Array(count)
      columns.forEach((_, column) => {
        const known = new Map()
        cellsOf(column).forEach((cell, index) => {
          if (found[index] || typeof cell !== 'string') return
          const has = known.get(cell) ?? cell.toLowerCase().includes(term)
          if (known.size < 999) known.set(cell, has)
          if (has) found[index] = 1
        })
      })
      return found
    }
    const headColumn = columns.findIndex(({ isNumber }) => !isNumber)
    const hasTools = count > 10
    const saved = readState()
    const ofState = (key) => saved.get(`${id}.${key}`) || ''
    const state = { q: ofState('q'), s: ofState('s'), p: ofState('p'), n: ofState('n'), filters: {} }
    let shown = order

    const status = make('p', { class: 'more', role: 'status' })
    const say = () => {
      const of = shown.length === count ? '' : ` of ${formatCell(count, 0)}`
      const sorted = state.s
        ? `, sorted by ${columnOf(state.s).label.trim()} ${state.s[0] === '-' ? 'descending' : 'ascending'}`
        : ''
      status.textContent = `${formatCell(shown.length, 0)}${of} rows${pages() > 1 ? `, page ${page()} of ${pages()}` : ''}${sorted}`
    }
    const size = () => (SIZES.includes(Number(state.n)) ? Number(state.n) : count > 100 ? 25 : 200)
    const pages = () => Math.max(1, Math.ceil(shown.length / size()))
    const page = () => Math.min(Math.max(1, Number(state.p) || 1), pages())
    const columnOf = (s) => columns.find(({ key }) => key === s.replace(/^-/, ''))
    if (state.s && !columnOf(state.s)) state.s = ''

    function select() {
      const terms = state.q.toLowerCase().split(/\s+/).filter(Boolean).map(rowsWith)
      const filters = Object.keys(state.filters).map((key) => [
        cellsOf(columns.findIndex((column) => column.key === key)),
        state.filters[key],
      ])
      shown = order.filter(
        (index) => terms.every((found) => found[index]) && filters.every(([cells, value]) => cells[index] === value),
      )
      if (state.s) {
        const column = columns.indexOf(columnOf(state.s))
        const sign = state.s[0] === '-' ? -1 : 1
        const { isNumber } = columns[column]
        const cells = cellsOf(column)
        shown.sort((one, other) => compareCells(cells[one], cells[other], sign, isNumber) || one - other)
      }
    }

    function rowNode(index) {
      const cells = rowOf(index).map((cell, column) => {
        const { isNumber, decimals } = columns[column]
        if (column === headColumn) {
          const href = typeof links === 'function' ? links(index) : links && links[index]
          return make('th', { scope: 'row' }, [href ? make('a', { href }, [cell]) : cell])
        }
        if (!isNumber) return make('td', {}, [cell])
        if (typeof cell !== 'number') return make('td', { class: 'm' }, [cell])
        return make('td', { class: 'n' }, [make('data', { value: cell }, [formatCell(cell, decimals)])])
      })
      return make('tr', { id: `${id}-r${index + 1}` }, cells)
    }

    function show(isByReader) {
      select()
      const first = (page() - 1) * size()
      body.replaceChildren(...shown.slice(first, first + size()).map(rowNode))
      heads.forEach((head, column) => {
        const key = columns[column].key
        if (state.s.replace(/^-/, '') === key)
          head.setAttribute('aria-sort', state.s[0] === '-' ? 'descending' : 'ascending')
        else head.removeAttribute('aria-sort')
      })
      if (pager) pager()
      if (isByReader) {
        say()
        writeState(id, state)
      } else if (status.textContent) say()
    }

    heads.forEach((head, column) => {
      const button = make('button', { type: 'button' }, [...head.childNodes])
      head.append(button)
      button.addEventListener('click', () => {
        const { key } = columns[column]
        state.s = state.s === key ? `-${key}` : state.s === `-${key}` ? '' : key
        state.p = ''
        show(true)
      })
    })

    const tools = make('div', { class: 'tools' })
    if (hasTools) {
      const search = make('input', { type: 'search', autocomplete: 'off' })
      search.value = state.q
      let timer = 0
      search.addEventListener('input', () => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          state.q = search.value
          state.p = ''
          show(true)
        }, 120)
      })
      tools.append(
        make('label', {}, [make('span', {}, ['Search ', make('span', { class: 'sr' }, [`in ${caption}`])]), search]),
      )
      columns.forEach(({ key, label, isChoice }, column) => {
        if (!isChoice) return
        const values = new Set(cellsOf(column))
        if (values.size < 2 || values.size > MOST_CHOICES) return
        const choice = make(
          'select',
          {},
          ['', ...[...values].filter(Boolean).sort()].map((value) => make('option', { value }, [value || 'all'])),
        )
        const wanted = ofState(`f.${key}`)
        if (wanted && values.has(wanted)) choice.value = state.filters[key] = wanted
        choice.addEventListener('change', () => {
          if (choice.value) state.filters[key] = choice.value
          else delete state.filters[key]
          state.p = ''
          show(true)
        })
        tools.append(make('label', {}, [label, choice]))
      })
    }

    let pager = null
    const turn = make('div', { class: 'tools' })
    if (count > 25) {
      const back = make('button', { type: 'button' }, ['Previous'])
      const on = make('button', { type: 'button' }, ['Next'])
      const sizes = make(
        'select',
        {},
        SIZES.map((rows) => make('option', { value: rows }, [String(rows)])),
      )
      sizes.value = String(size())
      const go = (step) => {
        state.p = String(page() + step)
        show(true)
      }
      back.addEventListener('click', () => go(-1))
      on.addEventListener('click', () => go(1))
      sizes.addEventListener('change', () => {
        state.n = sizes.value
        state.p = ''
        show(true)
      })
      pager = () => {
        back.disabled = page() <= 1
        on.disabled = page() >= pages()
      }
      turn.append(back, on, status, make('label', { class: 'row' }, [make('span', {}, ['Rows a page']), sizes]))
    }

    const files = make('div', { class: 'buttons push' })
    for (const kind of ['tsv', 'csv', 'json']) {
      const button = make('button', { type: 'button' }, [
        make('span', { class: 'sr' }, [`Download ${caption} as `]),
        kind.toUpperCase(),
      ])
      button.addEventListener('click', () => {
        const isPart = shown.length < count
        const part = isPart ? `-${digest(JSON.stringify([state.q, state.filters]))}` : ''
        save(`${box.dataset.table}${part}.${kind}`, fileText(kind, columns, shown.map(rowOf)), TYPES[kind])
      })
      files.append(button)
    }
    tools.append(files)
    box.prepend(tools)
    const more = box.querySelector('.more')
    if (more) more.remove()
    if (pager) box.append(turn)
    else box.append(status)
    if (given || count > 25 || state.s || state.q || Object.keys(state.filters).length > 0) show(false)
    if (pager) pager()
    if (count > 25 || state.q || state.s) say()
    if (given) prepare()
  }

  /** Tables in a closed part of the page are made interactive when it is opened. */
  function mountAll(root) {
    for (const box of root.querySelectorAll('.table[data-table]')) {
      const folded = box.closest('details')
      if (!folded || folded.open) mountTable(box)
      else folded.addEventListener('toggle', () => mountTable(box), { once: true })
    }
  }

  const place = document.getElementById('theme')
  if (place) mountTheme(place)
  mountAll(document)
  // Pages of a site bring rows of their own.
  window.benchmarkPage = { make, mountTable, formatCell, readState }
})()
