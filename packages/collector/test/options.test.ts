import { createCollector } from '@jejak/collector'
import type { CollectorOptions } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import type { NdjsonSinkOptions } from '@jejak/collector/sinks/ndjson'
import { describe, expect, test } from 'vitest'

const sink = createMemorySink()

// What JavaScript, without a compiler, may pass.
const collector = (options: Record<string, unknown>) => () =>
  createCollector({ sink, ...options } as unknown as CollectorOptions)
const ndjson = (options: Record<string, unknown>) => () =>
  createNdjsonSink({ folder: 'events', ...options } as unknown as NdjsonSinkOptions)

describe('an option that cannot be used is named, with what was expected, what came and how to mend it', () => {
  test.each([
    ['sink: expected a sink, got nothing. Make one with createNdjsonSink', collector({ sink: undefined })],
    [
      'maxBodyBytes: expected a whole number of bytes above 0, got string "1MB". For',
      collector({ maxBodyBytes: '1MB' }),
    ],
    ['maxBodyBytes: expected a whole number of bytes above 0, got number 0.', collector({ maxBodyBytes: 0 })],
    ['ip: expected "drop", "truncate" or "keep", got boolean true.', collector({ ip: true })],
    [
      'redact: expected true, false or a list of names, got string "store_phone".',
      collector({ redact: 'store_phone' }),
    ],
    [
      'hashKey: expected a secret of at least 16 characters, got string "5 characters".',
      collector({ hashKey: 'short' }),
    ],
    ['now: expected a function, got number 5.', collector({ now: 5 })],
    ['clientIp: expected a function, got string "x-real-ip".', collector({ clientIp: 'x-real-ip' })],
    ['onStored: expected a function, got a list of 0.', collector({ onStored: [] })],
    ['log: expected an object with warn and error, got an object.', collector({ log: {} })],
    ['writeKeys: expected a list of at least one key, got a list of 0.', collector({ writeKeys: [] })],
    ['writeKeys[0]: expected a text of 1 to 200 characters, got nothing. Is an', collector({ writeKeys: [undefined] })],
    [
      'allowedOrigins: expected a list of origins such as "https://toko.example", a function, or "*" for everybody, ' +
        'got string "https://toko.example". Put a single origin into a list',
      collector({ allowedOrigins: 'https://toko.example' }),
    ],
    [
      'allowedOrigins[0]: expected an origin such as "https://toko.example", got string "https://Toko.example/shop". ' +
        'Write "https://toko.example"',
      collector({ allowedOrigins: ['https://Toko.example/shop'] }),
    ],
    ['allowedOrigins[0]: expected an origin', collector({ allowedOrigins: ['toko.example'] })],
    ['allowedOrigins[0]: expected an origin', collector({ allowedOrigins: [null] })],
    ['folder: expected the path of a folder, got string "".', ndjson({ folder: '' })],
    ['maxBytes: expected a whole number of bytes above 0, got number 1.5.', ndjson({ maxBytes: 1.5 })],
    ['rememberIds: expected a whole number from 1 to 16 000 000, got number', ndjson({ rememberIds: 2 ** 24 })],
    ['now: expected a function, got string "today".', ndjson({ now: 'today' })],
  ])('%s', (message, create) => {
    expect(create).toThrow(TypeError)
    expect(create).toThrow(message)
  })
})
