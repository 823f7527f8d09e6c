// A collector as a process of its own, for tests. It says its address, and how much memory it takes when it is asked.
import { readFileSync } from 'node:fs'
import promises from 'node:fs/promises'
import { createCollector } from '@jejak/collector'
import { listen } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'

const { folder, brokenSync = false, ...listenOptions } = JSON.parse(process.argv[2])

// A disk that has gone bad: the system takes what is written, and fails to bring it there.
if (brokenSync) {
  const handle = await promises.open(process.execPath)
  const prototype = Object.getPrototypeOf(handle)
  await handle.close()
  const { datasync } = prototype
  let isBroken = true
  prototype.datasync = async function () {
    if (isBroken) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
    return datasync.call(this)
  }
  process.on('message', message => message === 'mend' && (isBroken = false))
}

const sink = createNdjsonSink({ folder })
const { url } = await listen(createCollector({ sink }), { port: 0, ...listenOptions })
process.on('message', message => message === 'memory' && process.send({ peakBytes: peakKilobytes() * 1_024 }))

// Linux counts what a process took before it became this one too, unless it is asked like this.
function peakKilobytes() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}

process.send({ url })
