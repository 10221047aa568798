/**
 * FNV-1a, 64 bit, over UTF-16 code units: a stable name for a text and a seed for random numbers. Not a defence
 * against anybody; contents are identified by SHA-256 elsewhere.
 */
export const fnv1a = (text: string): bigint => {
  let hash = 0xcbf29ce484222325n
  for (let index = 0; index < text.length; index++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n)
  return hash
}

/** The hash as 16 hexadecimal digits. */
export const fnv1aHex = (text: string): string => fnv1a(text).toString(16).padStart(16, '0')
