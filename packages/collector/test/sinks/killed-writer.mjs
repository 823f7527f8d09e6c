// A process that writes to an NDJSON sink, for tests, and ends by SIGKILL at the call to the file system of the number
// `killAt`: `before` it, `during` it, or `after` it. It says on stdout what it was promised: `stored <ids>`, and at its
// end, if it comes to that, which calls wrote lines and how many calls there were.
import fs, { writeSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { storedEvent } from '../sending.ts'

const [folder, writes, killAt, how] = process.argv.slice(2).map(text => Number(text) || text)
let calls = 0
const linesWrittenAt = []

function mortal(owner, name) {
  const call = owner[name]
  owner[name] = async function (...parameters) {
    calls++
    const isOfLines = name === 'write' && typeof parameters[0] !== 'string'
    if (isOfLines) linesWrittenAt.push(calls)
    if (calls !== killAt) return call.apply(this, parameters)
    if (how === 'before') die()
    if (how === 'during' && isOfLines) {
      // Half of it gets there.
      const [bytes, offset, length, position] = parameters
      fs.writeSync(this.fd, bytes, offset, Math.floor(length / 2), position)
      die()
    }
    const result = call.apply(this, parameters)
    if (how === 'during') die()
    await result
    die()
  }
}

function die() {
  process.kill(process.pid, 'SIGKILL')
  // The signal is on its way.
  for (;;) continue
}

const handle = await promises.open(process.execPath)
for (const name of ['write', 'datasync', 'sync', 'truncate', 'stat', 'close'])
  mortal(Object.getPrototypeOf(handle), name)
await handle.close()
for (const name of ['mkdir', 'open', 'rename', 'unlink', 'rmdir', 'readdir', 'stat', 'access']) mortal(promises, name)
syncBuiltinESMExports()
calls = 0

const sink = createNdjsonSink({ folder, maxBytes: 10_000 })
const properties = { text: 'x'.repeat(1_000) }
for (let n = 0; n < writes; n++) {
  const events = [0, 1, 2, 3].map(k => storedEvent(1_000 + n * 3 + k, { properties }))
  const { stored } = await sink.write(events)
  // Synchronous: what was said before the process is killed has been said.
  writeSync(1, `stored ${stored.map(({ id }) => id).join(' ')}\n`)
}
await sink.close()
writeSync(1, `lines written at ${linesWrittenAt.join(' ')}\ncalls ${calls}\n`)
