import {
  attribute,
  attributePaths,
  attributionCsv,
  attributionJson,
  attributionParquet,
  attributionRows,
  createPathStore,
  formatCsv,
  linear,
  markov,
  printable,
  printableJson,
} from '@jejak/attribution'
import { parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { journeyOf } from '../models/journey-of.ts'

const HOSTILE = [
  '=cmd|"/c calc"!A0',
  '@SUM(1)',
  '+1',
  '-2+3',
  '\t=1',
  '__proto__',
  'constructor',
  '\u001b[31mred\u001b[0m',
  'abc\u202etxt.exe',
  'a,"b"\r\nc',
  '',
  'null',
  'x'.repeat(1 << 20),
]

async function hostile(interval: boolean) {
  const paths = createPathStore()
  for (const [at, name] of HOSTILE.entries()) paths.add([name, 'Email'], { conversions: at + 1 / 3, value: 0.1 + at })
  return { models: await attributePaths(paths, [linear], { interval: interval && { samples: 20 } }) }
}

describe('JSON', () => {
  test('is as agreed, in the order asked, in full precision', async () => {
    const paths = createPathStore()
    paths.add(['A', 'B'], { conversions: 1, value: 10, nulls: 1 })
    paths.add(['B'], { conversions: 2, value: 3, nulls: 4 })
    const models = await attributePaths(paths, [linear, markov()], { interval: { samples: 20 } })
    const json = JSON.parse(JSON.stringify(attributionJson({ models })))
    expect(Object.keys(json)).toEqual(['models'])
    expect(json.models.map(({ name }: { name: string }) => name)).toEqual(['linear', 'markov'])
    expect(Object.keys(json.models[1])).toEqual(['name', 'options', 'credits'])
    expect(json.models[0].credits[0]).toEqual({
      key: 'B',
      conversions: 2.5,
      value: 8,
      interval: models[0]!.credits[0]!.interval!.conversions,
      value_interval: models[0]!.credits[0]!.interval!.value,
    })
    const b = models[1]!.removalEffects!.find(({ key }) => key === 'B')!
    expect(json.models[1].credits[0]).toMatchObject({ key: 'B', removal_effect: b.conversions })
  })

  test('says of which table a model is, where there are several', async () => {
    const result = await attribute([journeyOf(['A'], {})], { models: [linear], by: ['channel', 'source'] })
    expect(attributionJson(result).models.map(({ by, conversion }) => [by, conversion])).toEqual([
      ['channel', 'purchase'],
      ['source', 'purchase'],
    ])
  })

  test('carries any name', async () => {
    const text = printableJson(attributionJson(await hostile(false)), 2)
    expect(printable(text.replaceAll('\n', ''))).toBe(text.replaceAll('\n', ''))
    const json = JSON.parse(text)
    const keys = json.models[0].credits.map(({ key }: { key: string }) => key)
    expect(new Set(keys)).toEqual(new Set([...HOSTILE, 'Email']))
  })
})

describe('CSV', () => {
  test('leaves no cell that a spreadsheet would take for a formula, and loses no digit', async () => {
    const table = await hostile(true)
    const rows = Papa.parse<Record<string, string>>(attributionCsv(table), { header: true }).data.slice(0, -1)
    const expected = attributionRows(table)
    expect(rows).toHaveLength(expected.length)
    for (const [at, row] of rows.entries()) {
      const { key, conversions, value_high } = expected[at]!
      expect(row.key).not.toMatch(/^[=+\-@\t\r]/)
      expect(row.key!.replace(/^'/, '')).toBe(printable(key))
      expect(Number(row.conversions)).toBe(conversions)
      expect(Number(row.value_high)).toBe(value_high)
    }
  })

  test('keeps negative numbers numbers and leaves null empty', () => {
    expect(
      formatCsv(
        ['a', 'b'],
        [
          [-1.5, null],
          ['-1.5', 'x\0y'],
        ],
      ),
    ).toBe('a,b\n-1.5,\n"\'-1.5",x\ufffdy\n')
  })
})

describe('Parquet', () => {
  test('is read again as it was written', async () => {
    const table = await hostile(true)
    const file = attributionParquet(table)
    const rows = await parquetReadObjects({
      file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer,
    })
    expect(rows).toEqual(attributionRows(table))
  })

  test('can have no rows', async () => {
    const file = attributionParquet([])
    expect(await parquetReadObjects({ file: file.buffer as ArrayBuffer })).toEqual([])
  })
})

describe('printable', () => {
  test('takes the power from escapes, directions, what is not seen and half characters', () => {
    expect(printable('\u001b[31mred\u009b0m')).toBe('\ufffd[31mred\ufffd0m')
    expect(printable('a\u202eb\u2066c\u200bd\ufeffe\u2028f\u{e0041}g\ud800')).toBe(
      'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg\ufffd',
    )
    expect(printable('Belanja Murah, 廣告 😀 é')).toBe('Belanja Murah, 廣告 😀 é')
  })

  test('cuts names, never through a character', () => {
    expect(printable('x'.repeat(1 << 20), 10)).toBe(`${'x'.repeat(9)}…`)
    expect(printable('😀😀😀😀', 3)).toBe('😀😀…')
    expect(printable('😀😀😀', 3)).toBe('😀😀😀')
    expect(printable('abc', 3)).toBe('abc')
  })
})
