import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** The script-tag file, beside the library that it is closest to in what it does for a page. */
export async function sizeBench() {
  const require = createRequire(import.meta.url)
  const files = {
    'jejak.js': new URL('../../browser/dist/jejak.js', import.meta.url),
    'web-vitals (iife)': new URL('./web-vitals.iife.js', `file://${require.resolve('web-vitals')}`),
  }
  const [own] = Object.values(files)
  return {
    title: 'Size of the script-tag file',
    head: ['file', 'minified', 'gzip -9', 'brotli 11', 'ratio (brotli)'],
    rows: Object.entries(files).map(([name, url]) => {
      const { plain, gzip, brotli } = measure(url)
      return [name, plain, gzip, brotli, (brotli / measure(own).brotli).toFixed(2)]
    }),
    note: 'Bytes.',
  }
}

function measure(url) {
  const bytes = readFileSync(url)
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  return { plain: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length }
}
