// At the start or after what separates words; `https://…` and its like are addresses, not paths.
const LOCAL = /(?:^|[\s=:,;"'([])(?:~[\w.-]*[\\/]|\.{1,2}[\\/]|\/[^\s/]|[A-Za-z]:[\\/]|\\\\|file:)/
const ADDRESS = /\b(?!file:)[a-z][a-z0-9+.-]*:\/\/\S*/gi

/** Whether a text holds a path of this machine: absolute, from the home folder, from here or upwards. */
export const hasLocalPath = (text: string): boolean => LOCAL.test(text.replaceAll(ADDRESS, ''))
