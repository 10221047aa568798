/** Looks for secrets and personal detail in what is about to leave. It blocks; it never edits. */

/** Where something was found and what it looks like; never the thing itself. */
export interface SecretFinding {
  /** Path of the field, positions from 0. */
  readonly field: string
  readonly kind: string
}

const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/],
  ['a GitLab token', /\bgl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent)-[A-Za-z0-9_-]{16,}/],
  ['a Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{8,}/],
  ['an AWS key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/],
  ['a Google key', /\bAIza[A-Za-z0-9_-]{30,}/],
  ['an API key', /\bsk-(?:[A-Za-z]+-)*[A-Za-z0-9_-]{16,}/],
  ['a package registry token', /\b(?:npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{16,}|hf_[A-Za-z0-9]{20,})/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i],
  ['a user name in an address', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+@/i],
  ['an authorization header', /\b(?:bearer|basic)\s+[A-Za-z0-9+/_=.-]{16,}/i],
  ['a password or key by its name', /\b(?:password|passwd|passphrase|secret|token|api[_-]?key)\s*[=:]\s*[^\s"']{4,}/i],
  ['a home folder', /(?:\/home\/|\/Users\/|\/root\/|\b[A-Za-z]:\\+Users\\+|(?:^|[\s=:"'])~\w*\/)/],
  ['an e-mail address', /[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/],
]

const PRIVATE_ADDRESS =
  /(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?![\d.])/
/** Versions have dots too. */
const VERSION_FIELD = /(?:^|\/)(?:version|kernel|os)$/

/** What is kept under such a name is meant to be secret, however short it is. */
const SECRET_NAME = /(?:^|[_.-])(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key)$/i

const TOKEN = /[A-Za-z0-9+/_=-]{24,}/g
const RANDOM_BITS = 4.5

/** Every field of a payload that must not leave, keys looked at too. Digests and ids of this program are no secrets. */
export const scanSecrets = (payload: unknown): readonly SecretFinding[] => {
  const findings: SecretFinding[] = []
  const look = (text: string, field: string): void => {
    const kind = secretKind(text, field)
    if (kind !== null) findings.push({ field, kind })
  }
  const walk = (value: unknown, field: string): void => {
    if (typeof value === 'string') look(value, field)
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      const at = field === '' ? key : `${field}/${key}`
      if (typeof inner === 'string' && inner !== '' && SECRET_NAME.test(key)) {
        findings.push({ field: at, kind: 'a password or key by its name' })
        continue
      }
      if (!Array.isArray(value) && secretKind(key, field) !== null) {
        // The name is what must not be shown, here neither.
        look(key, `${field} (the name of a key)`)
        walk(inner, `${field}/…`)
      } else walk(inner, at)
    }
  }
  walk(payload, '')
  return findings
}

const secretKind = (text: string, field: string): string | null => {
  const known = PATTERNS.find(([, pattern]) => pattern.test(text))
  if (known) return known[0]
  if (PRIVATE_ADDRESS.test(text) && !VERSION_FIELD.test(field)) return 'an address of a private network'
  return (text.match(TOKEN) ?? []).some(looksRandom) ? 'what looks like a random key' : null
}

// Hexadecimal digests stay below 4 bits a character; words, even joined by dashes, have no digits between their letters.
const looksRandom = (token: string): boolean =>
  /\d/.test(token) && /[A-Za-z]/.test(token) && entropy(token) > RANDOM_BITS

/** Shannon entropy of the characters of a text, in bits a character. */
const entropy = (text: string): number => {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
