// Rewrites a folder until it is killed, each time without one more of its events: `node rewriting-process.mjs <folder>`.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { rewriteFolder } from '@jejak/collector/sinks/rewrite-folder'

const folder = process.argv[2]
process.stdout.write('begins\n')
for (let number = 0; ; number++) {
  const names = (await readdir(folder)).filter(name => /^events.*\.ndjson(\.gz)?$/.test(name))
  await rewriteFolder({
    folder,
    files: names.map(name => join(folder, name)),
    keep: event => event.sequence !== number,
  })
}
