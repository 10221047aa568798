import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface StoredComment {
  readonly id: number
  readonly user: { readonly login: string }
  readonly author: { readonly id: number }
  body: string
}

/** Stands for the comments of one pull request on GitHub and of one merge request on GitLab, on loopback. */
export const commentsServer = async (existing: readonly StoredComment[]) => {
  const comments = [...existing]
  const calls: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const answer = (status: number, document: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document))
      }
      const isKnown =
        request.headers.authorization === 'Bearer secret-token' || request.headers['private-token'] === 'secret-token'
      calls.push(`${request.method ?? ''} ${url.pathname}`)
      if (!isKnown) return answer(401, { message: 'Bad credentials' })
      if (url.pathname.endsWith('/user')) return answer(200, { id: 7 })
      if (request.method === 'GET') {
        const page = Number(url.searchParams.get('page')) - 1
        return answer(200, comments.slice(page * 100, page * 100 + 100))
      }
      const { body } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { body: string }
      if (body.length > 65_536) return answer(422, { message: 'body is too long' })
      const id = Number(/\d+$/.exec(url.pathname)?.[0])
      const own = request.method === 'POST' ? undefined : comments.find((comment) => comment.id === id)
      if (own) own.body = body
      else
        comments.push({ id: 9000 + comments.length, user: { login: 'github-actions[bot]' }, author: { id: 7 }, body })
      return answer(own ? 200 : 201, { html_url: 'https://example.org/comment' })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => void server.close())
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, comments, calls }
}

/** A hundred comments of others, one of which begins with a marker that is not theirs to use. */
export const othersComments = (marker: string): readonly StoredComment[] =>
  Array.from({ length: 100 }, (_, index) => ({
    id: index + 1,
    user: { login: 'mallory' },
    author: { id: 666 },
    body: index === 50 ? `${marker}\nAll is well.` : 'Nice.',
  }))
