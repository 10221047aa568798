/**
 * Whether a stream should get colours: a terminal that can show them, unless `NO_COLOR` (no-color.org) is set;
 * `FORCE_COLOR` other than 0 asks for them in a pipe too.
 */
export const wantsColour = (
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean => {
  const { NO_COLOR: refused, FORCE_COLOR: forced, TERM: terminal } = environment
  if (refused !== undefined && refused !== '') return false
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && terminal !== 'dumb'
}
