/** Lower case, letters, digits and primes; other characters stay only as one dot between two digits. */
export const squash = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(?<=\d)[^a-z0-9']+(?=\d)/g, '.')
    .replace(/[^a-z0-9'.]|(?<!\d)\.|\.(?!\d)/g, '')
