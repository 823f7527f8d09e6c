import type { PathTable, PathTableOptions } from '@jejak/attribution'
import { pathsFromRows, readPathTable } from '@jejak/attribution'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jejak-path-table-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Read = PathTable & { readonly faults: [line: number, reason: string][] }

/** A table from its text, in pieces of so many bytes. */
async function read(text: string | Uint8Array, options: PathTableOptions = {}, pieceBytes = 1 << 20): Promise<Read> {
  const bytes = Buffer.from(text as string)
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, piece) =>
    bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes),
  )
  const faults: Read['faults'] = []
  const table = await readPathTable(pieces, { ...options, onBadRow: ({ line, reason }) => faults.push([line, reason]) })
  return { ...table, faults }
}

function contentOf({ paths }: PathTable): Record<string, readonly number[]> {
  return Object.fromEntries(
    Array.from(paths, ({ touches, conversions, value, nulls }) => [
      touches.map(id => paths.channels[id]).join(' > '),
      [conversions, value, nulls],
    ]),
  )
}

const HEADER = 'path,total_conversions,total_conversion_value,total_null\n'

describe('readPathTable', () => {
  test('reads a table as ChannelAttribution has it, and counts equal paths together', async () => {
    const table = await read(`${HEADER}eta > iota > eta,1,0.244,3\niota,2,3.5,6\neta>iota  >eta,0.5,-2,0\n`)
    expect(contentOf(table)).toEqual({ 'eta > iota > eta': [1.5, 0.244 - 2, 3], iota: [2, 3.5, 6] })
    expect(table.summary).toEqual({ rows: 3, bad: 0 })
  })

  test.each([
    ['semicolons', 'Path;Conversions;Value;Nulls\na > b;1;2;3'],
    ['tabs, in another order', 'nulls\tvalue\tpath\tconversions\n3\t2\ta > b\t1\r\n'],
    [
      'quotes and a byte order mark',
      '\uFEFF"path","total_conversions","value","total_non_conversions"\n"a > b","1","2","3"\n',
    ],
    ['columns nobody asked for', 'id,path,note,conversions,value,nulls\n7,a > b,hello,1,2,3\n'],
    ['blank lines', '\npath,conversions,value,nulls\r\n\r\n  \na > b,1,2,3\n\n'],
  ])('reads %s', async (_, text) => {
    expect(contentOf(await read(text))).toEqual({ 'a > b': [1, 2, 3] })
  })

  test('takes columns by names of one’s own, and a missing value or missing nulls as none', async () => {
    const columns = { path: 'Journey', conversions: 'orders' }
    expect(contentOf(await read('journey,orders\na>b,4\n', { columns }))).toEqual({ 'a > b': [4, 0, 0] })
  })

  test.each(['=>', ' => ', '→', '|', ' ', 'ab', ','])('splits paths at "%s"', async separator => {
    const text = `${HEADER}"x${separator}y z${separator}x",1,0,0\n`.replace(' z', separator === ' ' ? '' : ' z')
    const [path] = Object.keys(contentOf(await read(text, { separator })))
    expect(path).toBe(separator === ' ' ? 'x > y > x' : 'x > y z > x')
    if (separator === ',') return
    expect(contentOf(await read(text.replaceAll('"', ''), { separator }))).toEqual({ [path as string]: [1, 0, 0] })
  })

  test('takes quoted names with the delimiter, quotes and line ends in them', async () => {
    const table = await read(`${HEADER}"a, ""b""\nc > d",1,0,0\nd,1,0,0\nNA,1,1,1\n`)
    expect(contentOf(table)).toEqual({ 'a, "b"\nc > d': [1, 0, 0], d: [1, 0, 0] })
    expect(table.faults).toEqual([[5, 'a path without touches: it is NA']])
  })

  test.each([
    [',5,0,0', 'a path without touches'],
    ['NA,5,0,0', 'a path without touches: it is NA'],
    ['a > > b,5,0,0', 'step 2 of the path is empty'],
    ['a > b >,5,0,0', 'step 3 of the path is empty'],
    ['a > NA,5,0,0', 'step 2 of the path is NA'],
    ['"a > NA",5,0,0', 'step 2 of the path is NA'],
    ['a,five,0,0', 'conversions: expected a number such as 12 or -0.5'],
    ['a,5,,0', 'value: expected a number such as 12 or -0.5'],
    ['a,5,0,NA', 'nulls: expected a number such as 12 or -0.5'],
    ['a,0x10,0,0', 'conversions: expected a number such as 12 or -0.5'],
    ['a,1e999,0,0', 'conversions: expected a number such as 12 or -0.5'],
    ['a,5,0', 'the row has 3 cells, the header 4'],
    ['a,5,0,0,', 'the row has 5 cells, the header 4'],
    ['"a,5,0,0', 'a quote that is opened and not closed'],
    ['"a"b,5,0,0', 'the quotes of the row are wrong'],
  ])('reports %j with its line and credits nothing of it', async (row, reason) => {
    const table = await read(`${HEADER}x,1,1,1\n${row}\ny,1,1,1\n`)
    expect(table.faults).toEqual([[3, reason]])
    expect(table.summary).toEqual({ rows: 3, bad: 1 })
    expect(table.paths.channels).toEqual(['x', 'y'])
    expect(table.paths.totals).toEqual({ conversions: 2, value: 2, nulls: 2 })
  })

  test('reports names that are not UTF-8', async () => {
    const table = await read(Buffer.concat([Buffer.from(HEADER), Buffer.from([0xff, 0xfe]), Buffer.from(',1,0,0\n')]))
    expect(table.faults).toEqual([[2, 'step 1 of the path is not UTF-8']])
  })

  test('passes over a row that is too long to be one, and reads on', async () => {
    const table = await read(`${HEADER}a,1,0,0\n${'x'.repeat(17 * 1024 * 1024)},1,0,0\nb,1,0,0\n`)
    expect(table.faults).toEqual([[3, 'the row is longer than 16777216 bytes']])
    expect(table.paths.channels).toEqual(['a', 'b'])
  })

  test('takes any other text as a name', async () => {
    const names = ['__proto__', 'constructor', '=1+1', '\u001b[31m', 'x'.repeat(2 ** 20), 'na', '(start)']
    const table = await read(`${HEADER}${names.join(' > ')},1,0,0\n`, {}, 65_536)
    expect(table.paths.channels).toEqual(names)
  })

  test('reads every number as JavaScript would', async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }),
      fc.integer(),
      fc.double({ min: -1000, max: 1000, noNaN: true }).map(number => Number(number.toFixed(4))),
    )
    await fc.assert(
      fc.asyncProperty(number, async number => {
        const { paths } = await read(`${HEADER}a,${number},+${Math.abs(number)}, ${number} \n`)
        expect(paths.totals).toEqual({ conversions: number + 0, value: Math.abs(number), nulls: number + 0 })
      }),
    )
  })

  test('gives the same whatever the pieces, and whether quoted or not', async () => {
    const name = fc.stringMatching(/^[a-c\u00e9 ]*[a-c\u00e9]$/).filter(name => name.trim() === name && name.length < 6)
    const row = fc.tuple(fc.array(name, { minLength: 1, maxLength: 4 }), fc.nat(9), fc.boolean())
    await fc.assert(
      fc.asyncProperty(fc.array(row), fc.integer({ min: 1, max: 40 }), async (rows, pieceBytes) => {
        const text = (quoted: (flag: boolean) => string) =>
          rows.map(([path, n, flag]) => `${quoted(flag)}${path.join(' > ')}${quoted(flag)},${n},${n},0\n`).join('')
        const plain = await read(HEADER + text(() => ''))
        const cut = await read(HEADER + text(flag => (flag ? '"' : '')), {}, pieceBytes)
        expect(cut.faults).toEqual([])
        expect(contentOf(cut)).toEqual(contentOf(plain))
        const expected: Record<string, number> = {}
        for (const [path, n] of rows) expected[path.join(' > ')] = (expected[path.join(' > ')] ?? 0) + n
        expect(Object.fromEntries(Object.entries(contentOf(plain)).map(([path, [n]]) => [path, n]))).toEqual(expected)
      }),
    )
  })

  test('reads a file, packed or not, and standard input; tells file and line of what is bad, and how far it is', async () => {
    const text = `${HEADER}a > b,1,2,3\n,1,1,1\n`
    const plain = join(folder, 'table.csv')
    const packed = join(folder, 'table.csv.gz')
    await writeFile(plain, text)
    await writeFile(packed, gzipSync(text))
    async function* stdin() {
      yield Buffer.from(text)
    }
    for (const source of [plain, packed, '-']) {
      const bad: unknown[] = []
      const bytes: number[] = []
      const table = await readPathTable(source, {
        stdin: stdin(),
        onBadRow: row => bad.push(row),
        onProgress: progress => bytes.push(progress.bytes),
      })
      expect(contentOf(table)).toEqual({ 'a > b': [1, 2, 3] })
      expect(bad).toEqual([{ file: source, line: 3, reason: 'a path without touches' }])
      expect(bytes[0]).toBe(0)
      expect(bytes.at(-1)).toBe(source === packed ? gzipSync(text).length : text.length)
    }
  })

  test('keeps what came before a fault in gzip data', async () => {
    const packed = gzipSync(`${HEADER}${'a > b,1,2,3\n'.repeat(100)}`)
    const table = await read(packed.subarray(0, packed.length - 4))
    expect(table.paths.totals.conversions).toBe(100)
    expect(table.faults).toEqual([[102, expect.stringContaining('the gzip data end here')]])
  })

  test.each([
    ['a,b\n', 'has no column "path", which tells the path. It has "a", "b"'],
    ['path,value\n', 'has no column "total_conversions" or "conversions"'],
    ['\u001b[31m\u0007,b\n', '"\\u001b[31m\\u0007"'],
    ['', 'is empty; expected a first line such as path,total_conversions'],
  ])('refuses the header %j and says what is missing', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })

  test('refuses options that cannot be', async () => {
    await expect(read(HEADER, { separator: '' })).rejects.toThrow('`separator` must be text')
    await expect(read(HEADER, { delimiter: '::' })).rejects.toThrow('`delimiter` must be one ASCII character')
    await expect(read('path,conversions\n', { columns: { nulls: 'lost' } })).rejects.toThrow('no column "lost"')
  })

  test('ends when told to', async () => {
    const controller = new AbortController()
    async function* endless() {
      yield Buffer.from(HEADER)
      for (;;) {
        yield Buffer.from('a,1,1,1\n'.repeat(1000))
        controller.abort(new Error('enough'))
      }
    }
    await expect(readPathTable(endless(), { signal: controller.signal })).rejects.toThrow('enough')
  })
})

describe('pathsFromRows', () => {
  test('takes rows with the usual names, paths as text or as lists', async () => {
    const rows = [
      { path: 'a > b', total_conversions: 2, total_conversion_value: '3.5' },
      { path: ['a', 'b'], conversions: 1, nulls: 4n },
      { path: [' ', '>'], value: null, total_null: 1 },
    ]
    const table = await pathsFromRows(rows)
    expect(contentOf(table)).toEqual({ 'a > b': [3, 3.5, 4], '  > >': [0, 0, 1] })
    expect(contentOf(await readPathTable(rows))).toEqual(contentOf(table))
  })

  test('reports what is bad by the number of its row', async () => {
    const bad: unknown[] = []
    const rows = [{ path: '' }, { path: [] }, { path: 7 }, { path: 'a', value: NaN }, { path: 'a > NA' }]
    const { summary, paths } = await pathsFromRows(rows, {
      onBadRow: row => bad.push([row.file, row.line, row.reason]),
    })
    expect(bad).toEqual([
      ['(rows)', 1, 'a path without touches'],
      ['(rows)', 2, 'a path without touches'],
      ['(rows)', 3, 'path: expected text or a list of names'],
      ['(rows)', 4, 'value: expected a number such as 12 or -0.5'],
      ['(rows)', 5, 'step 2 of the path is NA'],
    ])
    expect(summary).toEqual({ rows: 5, bad: 5 })
    expect(paths.channels).toEqual([])
  })

  test('takes columns by names of one’s own', async () => {
    const columns = { path: 'journey', conversions: 'orders' }
    const table = await pathsFromRows([{ journey: 'a', orders: 2, conversions: 9 }], { columns })
    expect(contentOf(table)).toEqual({ a: [2, 0, 0] })
  })
})
