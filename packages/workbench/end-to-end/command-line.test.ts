import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { runJejak, runProcess, startJejak } from './jejak-process.ts'
import { ndjson, order, SAMPLE, visit } from './sample-events.ts'
import { storedEvents } from './stored-events.ts'

const folder = mkdtempSync(join(tmpdir(), 'jejak-cli-'))
const events = fileOf('events.ndjson', ndjson(SAMPLE))
afterAll(() => rmSync(folder, { recursive: true }))

describe('what was typed wrong', () => {
  test.each([
    [['attribute', events, '--modle', 'markov'], /unknown option '--modle'\n\(Did you mean --model\?\)/],
    [['atribute', events], /unknown command 'atribute'\n\(Did you mean attribute\?\)/],
    [
      ['attribute', events, '--model', 'markow'],
      /'markow' is invalid\. There is no attribution model "markow"\. There are: first-touch, last-touch, /,
    ],
    [['attribute', events, '--by', 'colour'], /'colour' is invalid\. Expected one of channel, source/],
    [['attribute', events, '--lookback', '0'], /'0' is invalid\. Expected a number of days above 0, such as 30/],
    [['attribute', events, '--json', '--csv'], /'--json' cannot be used with option '--csv'/],
    [['attribute'], /missing required argument 'events'/],
    [['journeys', events, '--stage-model', 'seven'], /'seven' is invalid\. Allowed choices are five-stage, decision/],
    [['collect', '--port', 'eighty'], /'eighty' is invalid\. Expected a whole number from 0 to 65535/],
  ])('%j ends with 2, says what would be right, and leaves stdout empty', async (args, message) => {
    const { code, stdout, stderr } = await runJejak(args)
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test('a conversion that the stage model does not have is named, with those there are', async () => {
    const { code, stderr } = await runJejak(['attribute', events, '--conversion', 'stage:fame'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/no stage "fame"; its stages are awareness, consideration/)
  })
})

describe('what cannot be read', () => {
  test.each([
    ['a file that is not there', [join(folder, 'nowhere.ndjson')], /nowhere\.ndjson/],
    ['a glob that fits nothing', [join(folder, '*.parquet')], /\*\.parquet/],
    ['an empty folder', [emptyFolder()], /empty/],
  ])('%s ends with 1 and is named', async (_, sources, message) => {
    const { code, stdout, stderr } = await runJejak(['attribute', ...sources])
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  test('broken rows are named by file and line, counted, and nothing else is lost', async () => {
    const [first, ...others] = SAMPLE.map(event => JSON.stringify(event))
    const lines = [
      first,
      '{"id": "torn',
      '{"__proto__": {"bot": true}, "id": 1}',
      JSON.stringify({ ...SAMPLE[0], id: '01923456-789a-7abc-8def-0123456789ab', time: 9e15 }),
      ...others,
    ]
    const file = fileOf('broken.ndjson', lines.join('\n'))
    const { code, stdout, stderr } = await runJejak(['attribute', file, '--model', 'linear'])
    expect(code).toBe(0)
    for (const line of [2, 3, 4]) expect(stderr).toContain(`${file}:${line}: `)
    expect(stderr).toContain('3 of 7 rows could not be used')
    expect(stdout).toMatch(/^Paid Search +0\.5 +50\.0 % +75,000$/m)
  })

  test('a gzip file that was cut off gives what could be read of it, and says so', async () => {
    // Random texts do not pack well, so that the part that is left holds rows.
    const packed = gzipSync(ndjson([...SAMPLE, ...Array.from({ length: 2_000 }, (_, hour) => visit(`v${hour}`, hour))]))
    const file = fileOf('cut.ndjson.gz', packed.subarray(0, Math.floor(packed.length / 2)))
    const { code, stdout, stderr } = await runJejak(['attribute', file, '--json'])
    expect(code).toBe(0)
    expect(stderr).toContain('cut.ndjson.gz')
    expect(JSON.parse(stdout)).toMatchObject({ totals: { conversions: 1 }, read: { bad: 1 } })
  })
})

describe('jejak attribute', () => {
  test('reads a folder, a packed file, a glob and standard input alike', async () => {
    const packed = fileOf('packed/events.ndjson.gz', gzipSync(ndjson(SAMPLE)))
    const outcomes = await Promise.all([
      runJejak(['attribute', events, '-q']),
      runJejak(['attribute', packed, '-q']),
      runJejak(['attribute', join(folder, 'packed'), '-q']),
      runJejak(['attribute', join(folder, 'pack*/*.gz'), '-q']),
      runJejak(['attribute', '-', '-q'], { input: ndjson(SAMPLE) }),
    ])
    for (const { stdout, stderr } of outcomes)
      expect({ stdout, stderr }).toEqual({ stdout: outcomes[0].stdout, stderr: '' })
    expect(outcomes[0].stdout).toContain('Paid Search')
  })

  test('counts events once that are there twice', async () => {
    const { stdout } = await runJejak(['attribute', events, events, '-', '--json', '-q'], { input: ndjson(SAMPLE) })
    expect(JSON.parse(stdout)).toMatchObject({ totals: { conversions: 1, journeys: 2 } })
  })

  test('writes CSV that a spreadsheet does not run', async () => {
    const input = ndjson([visit('eve', 0, { utm_source: '=cmd()', utm_medium: 'cpc' }), order('eve', 0, 'T-2', 10)])
    const { stdout } = await runJejak(['attribute', '-', '--by', 'source', '--model', 'last-touch', '--csv', '-q'], {
      input,
    })
    expect(stdout).toContain(`\npurchase,source,last-touch,,"'=cmd()",1,10,1,IDR,`)
  })

  test('shows no control characters that strangers sent', async () => {
    const input = ndjson([
      visit('eve', 0, { utm_source: '\u001b[31mred\u202e', utm_medium: 'cpc' }),
      order('eve', 0, 'T-2', 10),
    ])
    const { stdout, stderr } = await runJejak(['attribute', '-', '--by', 'source'], { input })
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect(stdout).toContain('[31mred')
  })

  test('has no colours in a pipe, nor where NO_COLOR is set', async () => {
    const piped = await runJejak(['attribute', events], { env: { FORCE_COLOR: undefined } })
    const plain = await runJejak(['attribute', events], { env: { FORCE_COLOR: undefined, NO_COLOR: '1' } })
    expect(piped.stdout + plain.stdout).not.toContain('\u001b')
  })

  test('ends well when its reader has seen enough', async () => {
    const many = fileOf('many.ndjson', ndjson(Array.from({ length: 3_000 }, (_, n) => manySources(n)).flat()))
    const script = `node "$0" attribute ${many} --by source --csv -q | head -1; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = await runProcess('bash', ['-c', script, binary()])
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^conversion,by,model,.*\n0\n$/), stderr: '' })
  })

  test('says how many events programs have made, and leaves them out', async () => {
    const input = ndjson([...SAMPLE, { ...visit('crawler', 1), bot: true }])
    const [credits, stages] = await Promise.all([
      runJejak(['attribute', '-'], { input }),
      runJejak(['journeys', '-'], { input }),
    ])
    for (const { stderr } of [credits, stages])
      expect(stderr).toContain('1 event made by programs: left out; see --bots.')
    expect(stages.stderr).toContain('2 persons')
  })

  test('tells what else could be asked for when there is no conversion', async () => {
    const { code, stderr } = await runJejak(['attribute', events, '--conversion', 'sign_up'])
    expect(code).toBe(0)
    expect(stderr).toContain('No sign_up was found')
  })
})

describe('jejak journeys', () => {
  test('writes a table, JSON and CSV', async () => {
    const [table, json, csv] = await Promise.all([
      runJejak(['journeys', events]),
      runJejak(['journeys', events, '--json', '-q']),
      runJejak(['journeys', events, '--csv', '-q']),
    ])
    expect(table.stdout).toMatch(/^awareness +2 +100\.0 % +1 +50\.0 % +2 d$/m)
    expect(JSON.parse(json.stdout)).toMatchObject({ persons: 2, model: 'five-stage' })
    expect(csv.stdout.split('\n')[1]).toBe('awareness,2,1,1,0.5,172800000')
  })
})

describe('jejak collect', () => {
  test('prints its address on stdout, stores what comes, and ends cleanly on SIGTERM', async () => {
    const target = join(folder, 'collected')
    const server = await startJejak(['collect', '--port', '0', '--folder', target])
    expect(server.output().stdout).toBe(`${server.url}\n`)

    const { received_at: _, corrected_time: __, ...envelope } = SAMPLE[0]!
    const batch = { schema: 1, sent_at: Date.now(), library: { name: 'test', version: '0' }, events: [envelope] }
    const answers = [await post(server.url, batch), await post(server.url, batch)]
    expect(answers).toMatchObject([
      { accepted: 1, duplicates: 0 },
      { accepted: 0, duplicates: 1 },
    ])
    expect(await server.stop()).toMatchObject({ code: 0, signal: null })
    expect(storedEvents(target).map(({ id }) => id)).toEqual([envelope.id])
  })

  test('says in words that its port is taken', async () => {
    const server = await startJejak(['collect', '--port', '0', '--folder', join(folder, 'one')])
    const { code, stderr } = await runJejak([
      'collect',
      '--port',
      new URL(server.url).port,
      '--folder',
      join(folder, 'two'),
    ])
    await server.stop()
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('EADDRINUSE') as string })
  })

  test('takes its port from the environment, unless it is told one', async () => {
    const server = await startJejak(['collect', '--folder', join(folder, 'three')], { env: { PORT: '0' } })
    await server.stop()
    expect(new URL(server.url).port).not.toBe('8123')
  })
})

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

function emptyFolder(): string {
  const path = join(folder, 'empty')
  mkdirSync(path)
  return path
}

function manySources(n: number) {
  return [visit(`v${n}`, n, { utm_source: `source-${n}`, utm_medium: 'cpc' }), order(`v${n}`, n, `T-${n}`, 1)]
}

function binary(): string {
  return new URL('../../cli/bin/jejak.mjs', import.meta.url).pathname
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  return await response.json()
}
