// A server for these tests: takes batches on any path, answers as it was told, and gives back what came.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Batch } from '@jejak/events'
import type { TestProject } from 'vitest/node'

export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string
}

declare module 'vitest' {
  interface ProvidedContext {
    collector: string
  }
}

interface Channel {
  batches: Batch[]
  answers: Answer[]
}

/** `POST /<channel>` is a batch, `PUT /<channel>` the next answers, `GET /<channel>` what was accepted. */
export async function setup(project: TestProject): Promise<() => void> {
  const channels = new Map<string, Channel>()
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    const channel = channels.get(url) ?? { batches: [], answers: [] }
    channels.set(url, channel)
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      let answer: Answer = { status: 200 }
      if (request.method === 'PUT') channel.answers.push(...(JSON.parse(body) as Answer[]))
      if (request.method === 'GET') answer.body = JSON.stringify(channel.batches)
      if (request.method === 'POST') {
        answer = channel.answers.shift() ?? answer
        if (answer.status === 200) channel.batches.push(JSON.parse(body) as Batch)
      }
      const allowed = { 'access-control-allow-origin': '*', 'access-control-allow-methods': '*' }
      response.writeHead(answer.status, { ...allowed, ...answer.headers }).end(answer.body)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  project.provide('collector', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return () => void server.close()
}
