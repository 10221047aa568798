/** Cuts lines at the separator of the header line: tab, semicolon or comma; the last two with CSV's quotes. */
export const splitter = (header: string): ((line: string) => string[]) => {
  if (header.includes('\t')) return (line) => line.split('\t')
  const separator = header.includes(';') && !header.includes(',') ? ';' : ','
  return (line) => splitQuoted(line, separator)
}

const splitQuoted = (line: string, separator: string): string[] => {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    if (character === '"' && isQuoted && line[at + 1] === '"') {
      cell += '"'
      at++
    } else if (character === '"') isQuoted = !isQuoted
    else if (character === separator && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell]
}
