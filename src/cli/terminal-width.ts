/** Columns of the terminal, or undefined in a pipe, where lines must not depend on somebody's window. */
export const terminalWidth = (): number | undefined => (process.stdout.isTTY ? process.stdout.columns : undefined)
