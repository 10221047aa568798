import { fileURLToPath } from 'node:url'

/** Absolute path of a file shipped with the package (`templates/…`, `schemas/…`); the same from src and from dist. */
export const packageFile = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url))
