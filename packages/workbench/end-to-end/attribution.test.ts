import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runJejak } from './jejak-process.ts'
import { ndjson, order, SAMPLE, visit } from './sample-events.ts'

const folder = mkdtempSync(join(tmpdir(), 'jejak-attribution-'))
const events = fileOf('events.ndjson', ndjson(SAMPLE))
const table = fileOf('paths.csv', 'path,total_conversions,total_conversion_value,total_null\nA > B,2,30,1\nB,1,5,4\n')
afterAll(() => rmSync(folder, { recursive: true }))

interface Written {
  readonly models: readonly {
    readonly name: string
    readonly options: object
    readonly credits: readonly { readonly key: string; readonly conversions: number; readonly value: number }[]
  }[]
}

describe('--json', () => {
  test('has the models in the order asked, with their options and credits of full precision', async () => {
    const asked = ['--model', 'time-decay:half-life=7d', '--model', 'markov:order=2', '--model', 'first-touch']
    const { models } = await jsonOf(['attribute', '--paths', table, ...asked])
    expect(models.map(({ name }) => name)).toEqual(['time-decay', 'markov', 'first-touch'])
    expect(models[1]).toMatchObject({ options: { order: 2 } })
    // A lies one day before the conversion and B at it: 2 * 2^(-1/7) / (1 + 2^(-1/7)).
    const ofA = models[0]!.credits.find(({ key }) => key === 'A')!
    expect(ofA.conversions).toBeCloseTo((2 * 2 ** (-1 / 7)) / (1 + 2 ** (-1 / 7)), 14)
  })

  test('has removal effects and intervals where there are any', async () => {
    const { models } = await jsonOf([
      'attribute',
      '--paths',
      table,
      '--model',
      'markov',
      '--interval',
      '--samples',
      '20',
    ])
    for (const credit of models[0]!.credits) {
      expect(credit).toMatchObject({
        removal_effect: expect.any(Number) as number,
        interval: [expect.any(Number), expect.any(Number)],
      })
    }
  })

  test('has what a model learned and what should be known of its result', async () => {
    const { models } = await jsonOf(['attribute', '--paths', table, '--model', 'logistic:bags=10', '-q'])
    expect(models[0]).toMatchObject({ learned: [{ key: 'A' }, { key: 'B' }] })
  })

  test('writes what steers a terminal as an escape, so that names can still be told apart', async () => {
    const file = fileOf('steering.csv', 'path,conversions\n\u009b31mred > \u202eback,1\n')
    const { stdout } = await runJejak(['attribute', '--paths', file, '--model', 'linear', '--json', '-q'])
    expect(stdout).toContain('\\u009b31mred')
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/)
  })
})

describe('a table of paths', () => {
  test('with fractions, refunds and any name is shared out in full', async () => {
    const file = fileOf('odd.csv', 'path,conversions\n"__proto__ > a, ""b""",1.5\n=cmd() > x,2\nx,-0.5\n')
    const { models } = await jsonOf(['attribute', '--paths', file, '--model', 'linear,markov,shapley'])
    for (const { credits } of models) {
      expect(credits.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(3, 9)
      expect(credits.map(({ key }) => key)).toContain('__proto__')
    }
  })

  test('reports rows without touches by their line and credits them to nobody', async () => {
    const file = fileOf('gaps.csv', 'path,conversions\nA,1\n,5\nNA,5\nA > NA,5\nA,many\n')
    const { stdout, stderr } = await runJejak(['attribute', '--paths', file, '--model', 'linear', '--csv'])
    for (const line of [3, 4, 5, 6]) expect(stderr).toContain(`${file}:${line}: `)
    expect(stdout.split('\n').slice(1)).toEqual([expect.stringContaining(',A,1,0,1,'), ''])
  })

  test('may have columns and separators of its own', async () => {
    const file = fileOf('own.csv', 'journey,orders\nA => B,4\n')
    const own = ['--separator', '=>', '--columns', 'path=journey,conversions=orders']
    const { models } = await jsonOf(['attribute', '--paths', file, '--model', 'linear', ...own])
    expect(models[0]!.credits).toMatchObject([
      { key: 'A', conversions: 2 },
      { key: 'B', conversions: 2 },
    ])
  })

  test('with a name of a megabyte still makes a table that fits', async () => {
    const file = fileOf('long.csv', `path,conversions\n${'x'.repeat(1_000_000)} > b,1\n`)
    const { stdout } = await runJejak(['attribute', '--paths', file, '--model', 'linear', '-q'])
    expect(stdout.length).toBeLessThan(1_000)
  })
})

describe('a log of another make', () => {
  const visits = fileOf(
    'visits.csv',
    'event,at,user,channel,total\nvisit,2026-11-02 08:00:00,ani,Paid Search,\nvisit,2026-11-03 08:00:00,ani,Email,\npurchase,2026-11-03 08:10:00,ani,,150000\n',
  )

  test('is read by saying which column means what', async () => {
    const map = ['--map', 'name=event,time=at,visitor_id=user', '--map', 'channel=channel,value=total']
    const { models } = await jsonOf(['attribute', visits, ...map, '--model', 'linear'])
    expect(models[0]!.credits).toMatchObject([
      { key: 'Email', conversions: 0.5, value: 75_000 },
      { key: 'Paid Search', conversions: 0.5, value: 75_000 },
    ])
  })

  test.each([
    [['--map', 'name=event,colour=at'], /There is no field "colour"\. There are name, time, visitor_id/],
    [['--map', 'name=event'], /--map must also say which column is time and visitor_id \(or user_id\)/],
    [['--time-zone', 'Asia/Jakarta'], /--time-zone is for foreign logs/],
    [['--from', 'ga4', '--time-zone', 'Mars'], /'Mars' is invalid\. Expected a time zone such as Asia\/Jakarta/],
  ])('%j ends with 2 and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await runJejak(['attribute', visits, ...args])
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('options that do not go together', () => {
  test.each([
    [['--paths', table, '--lookback', '7'], /--lookback is for events/],
    [['--paths', table, '--show', 'stages'], /--show stages needs events/],
    [['--paths', table, events], /--paths takes the place of events/],
    [[events, '--step', '2d'], /--step is for a table of paths/],
    [[events, '--show', 'times', '--interval'], /--interval goes with credits/],
    [[events, '--show', 'spend'], /--show spend needs to know what was paid/],
    [[events, '--show', 'transitions', '--model', 'linear'], /needs a model that has a chain/],
    [[events, '--show', 'scores', '--model', 'linear'], /needs a model that can tell a probability/],
    [[events, '--transform', 'frequency'], /changes names, which only a table of paths allows/],
  ])('%j ends with 2 and says why', async (args, message) => {
    const { code, stdout, stderr } = await runJejak(['attribute', ...args])
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('--show', () => {
  const empty = fileOf('nothing.ndjson', '')
  const spend = fileOf('spend.csv', 'date,channel,cost,currency\n2026-11-02,Paid Search,30000,IDR\n')

  const all = ['stages', 'touches', 'roles', 'times', 'paths', 'comparison', 'scores', 'transitions'].map(what => [
    what,
  ])
  const views = ['spend', 'daily-spend', 'marginal-spend'].map(what => [what, '--spend', spend])

  test.each([...all, ...views])('%s of no events at all ends well, in every form', async (...show) => {
    for (const form of [[], ['--json'], ['--csv']]) {
      const { code } = await runJejak(['attribute', empty, '--show', ...show, ...form])
      expect(code).toBe(0)
    }
  })

  test('stages shares each move out: the column sums to those who moved', async () => {
    const { stdout } = await runJejak(['attribute', events, '--show', 'stages', '--model', 'linear', '--csv', '-q'])
    expect(stdout).toBe(
      'model,options,channel,transition,conversions,value\n' +
        'linear,,Organic Search,awareness → purchase,1,0\n' +
        'linear,,Email,awareness → purchase,0,0\n',
    )
  })

  test('transitions names each step of the chain, from events and from a table of paths', async () => {
    const head = 'conversion,by,model,options,from,to,probability,steps\n'
    const few = fileOf('few.csv', 'path,total_conversions,total_conversion_value,total_null\nA > B,3,30,1\n')
    const ofPaths = await runJejak([
      'attribute',
      '--paths',
      few,
      '--show',
      'transitions',
      '--model',
      'markov',
      '--csv',
      '-q',
    ])
    expect(ofPaths.stdout).toBe(
      head +
        'conversions,channel,markov,,(start),A,1,4\n' +
        'conversions,channel,markov,,A,B,1,4\n' +
        'conversions,channel,markov,,B,(conversion),0.75,4\n' +
        'conversions,channel,markov,,B,(none),0.25,4\n',
    )
    const ofEvents = await runJejak(['attribute', events, '--show', 'transitions', '--model', 'markov', '--csv', '-q'])
    expect(ofEvents.stdout.startsWith(`${head}purchase,channel,markov,,(start),`)).toBe(true)
  })

  test('touches gives each conversion out in full, touch by touch', async () => {
    const { stdout } = await runJejak(['attribute', events, '--show', 'touches', '--model', 'linear', '-q'])
    expect(
      stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as object),
    ).toMatchObject([
      { person: 'ani', channel: 'Paid Search', position: 0, conversions: 0.5, value: 75_000 },
      { person: 'ani', channel: 'Organic Search', position: 1, conversions: 0.5, value: 75_000 },
    ])
  })

  test('spend puts the cost of a conversion beside it', async () => {
    const { stdout } = await runJejak(['attribute', events, '--spend', spend, '--model', 'linear', '--csv', '-q'])
    expect(stdout).toContain('\nlinear,Paid Search,30000,0.5,75000,60000,2.5\n')
  })

  test('scores only journeys that led to nothing so far', async () => {
    const { stdout } = await runJejak(['attribute', events, '--show', 'scores', '--model', 'markov', '-q'])
    expect(JSON.parse(stdout)).toMatchObject({ person: 'bayu', touches: 1, scores: [{ model: 'markov' }] })
  })
})

describe('jejak attribute', () => {
  test('makes a table for each kind of conversion and each field', async () => {
    const args = ['--conversion', 'purchase', '--conversion', 'seen=stage:awareness', '--by', 'channel,campaign']
    const { stdout } = await runJejak(['attribute', events, ...args, '--model', 'last-touch', '--csv', '-q'])
    const kinds = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(',').slice(0, 2).join(' by '))
    expect(new Set(kinds)).toEqual(
      new Set(['purchase by channel', 'purchase by campaign', 'seen by channel', 'seen by campaign']),
    )
  })

  test('gives credit to the one field asked for, and to no other', async () => {
    const { stdout } = await runJejak([
      'attribute',
      events,
      '--by',
      'campaign',
      '--model',
      'first-touch',
      '--json',
      '-q',
    ])
    expect(JSON.parse(stdout)).toMatchObject({
      tables: [{ by: 'campaign' }],
      models: [{ credits: [{ key: 'hujan' }, {}, {}] }],
    })
  })

  test('takes refunds from the value of their order, unless told to ignore them', async () => {
    const refund = { ...order('ani', 72, 'T-1', 50_000), name: 'refund' }
    const input = ndjson([...SAMPLE, refund])
    const values = await Promise.all(
      [[], ['--refunds', 'ignore']].map(async more => {
        const { stdout } = await runJejak(['attribute', '-', '--model', 'linear', '--json', '-q', ...more], { input })
        return (JSON.parse(stdout) as { totals: { value: number } }).totals.value
      }),
    )
    expect(values).toEqual([100_000, 150_000])
  })

  test('lets priority channels alone count where there are any', async () => {
    const args = ['--model', 'linear', '--priority', 'Paid Search']
    const { models } = await jsonOf(['attribute', events, ...args])
    expect(models[0]!.credits.filter(({ conversions }) => conversions > 0)).toMatchObject([
      { key: 'Paid Search', conversions: 1 },
    ])
  })

  test('looks back as far as it is told', async () => {
    const { models } = await jsonOf(['attribute', events, '--model', 'first-touch', '--lookback', '1'])
    expect(models[0]!.credits[0]).toMatchObject({ key: 'Organic Search', conversions: 1 })
  })

  test('says 1 journey and 2 journeys', async () => {
    const input = ndjson([visit('ani', 0), order('ani', 0, 'T-1', 5)])
    const [one, two] = await Promise.all([runJejak(['attribute', '-'], { input }), runJejak(['attribute', events])])
    expect([one.stderr, two.stderr]).toEqual([
      expect.stringContaining('from 1 journey;'),
      expect.stringContaining('from 2 journeys;'),
    ])
  })

  test('writes a Parquet file', async () => {
    const file = join(folder, 'credits.parquet')
    expect(await runJejak(['attribute', events, '--parquet', file, '-q'])).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1')
  })
})

describe('jejak evaluate', () => {
  test('scores models against the known truth of a world', async () => {
    const args = ['--world', 'campaigns', '--people', '300', '--model', 'last-touch', '--model', 'hazard', '--json']
    const { code, stdout } = await runJejak(['evaluate', ...args])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      world: 'campaigns',
      models: [
        { model: 'last-touch', prediction: null },
        { model: 'hazard', prediction: expect.any(Number) as number },
      ],
    })
  })

  test('names the worlds there are when asked for another', async () => {
    const { code, stderr } = await runJejak(['evaluate', '--world', 'mars'])
    expect(stderr).toContain('Allowed choices are campaigns, synergy, intent, everything')
    expect(code).toBe(2)
  })
})

async function jsonOf(args: readonly string[]): Promise<Written> {
  const { stdout } = await runJejak([...args, '--json', '-q'])
  return JSON.parse(stdout) as Written
}

function fileOf(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
