import type { Envelope } from '@jejak/events'
import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'
import type { AnyTracker, TrialPage } from '../trial-page.ts'

const everywhere = { row: 20, engines: ENGINES } as const
const NEIGHBOUR = 'neighbour 🧵 蜡染'

/** What `track` is called with, which should carry this number among its properties if it can. */
type HostileCall = (number: number) => readonly unknown[]

declare global {
  // oxlint-disable-next-line no-var -- only so does a name become one of `globalThis`
  var trackAmong: (first: number, calls: readonly HostileCall[]) => number
}

/** Runs in the page: makes it able to call so, with an ordinary event before and after each. Such a call gives back how many events it made. */
function installNeighbours(text: string): void {
  window.trackAmong = (first, calls) => {
    const { track } = trial.trackers[0]! as unknown as AnyTracker
    let number = first
    for (const call of calls) {
      track('trial', { number: number++, text })
      track(...call(number++))
    }
    track('trial', { number: number++, text })
    return number - first
  }
}

/** Neighbours have even numbers. What is not stored must have been reported, and neighbours must be as they were. */
async function among(stage: Stage, trackHostile: (first: number) => number): Promise<Outcome> {
  const tally = createTally(stage)
  const page = await openTrialPage(stage)
  await page.tab.run(installNeighbours, NEIGHBOUR)
  tally.next(await page.tab.run(trackHostile, 0))
  await tally.settled(page.dropped)
  await page.flush()
  expectIntact(stage.endpoint.stored)
  await expectUnpolluted(page)
  return tally.outcomeOfCounted(await page.dropped())
}

function expectIntact(stored: readonly Envelope[]): void {
  const neighbours = stored.filter(({ properties }) => Number(properties['number']) % 2 === 0)
  for (const { properties, name } of neighbours) {
    if (name === 'trial' && properties['text'] === NEIGHBOUR && Object.keys(properties).length === 2) continue
    throw new Error(`an ordinary event was spoiled: ${name} ${JSON.stringify(properties).slice(0, 200)}`)
  }
}

/** Neither in the page nor where the collector is. */
async function expectUnpolluted({ tab }: TrialPage): Promise<void> {
  const here = 'polluted' in {}
  const there = await tab.run(() => 'polluted' in {}, undefined)
  if (here || there) throw new Error('an event has changed what all objects are')
}

function trackUnwritable(first: number): number {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  let deep: unknown = 1
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]
  const fail = () => {
    throw new Error('not with me')
  }
  return trackAmong(first, [
    number => ['trial', { number, text: 'x'.repeat(50_000) }],
    number => ['trial', { number, text: '蜡'.repeat(20_000) }],
    number => ['trial', { number, items: Array.from({ length: 100_000 }, () => ({ item_id: 'SKU' })) }],
    number => ['trial', { number, circular }],
    number => ['trial', { number, window }],
    number => ['trial', { number, big: BigInt(1) }],
    number => ['trial', { number, deep }],
    number => ['trial', { number, toJSON: fail }],
    number => ['trial', { number, toJSON: () => 'a text' }],
    number => ['trial', Object.defineProperty({ number }, 'price', { enumerable: true, get: fail })],
    number => ['trial', { number, proxy: new Proxy({}, { ownKeys: fail }) }],
    () => ['trial', proxy],
    () => ['trial', [1, 2]],
    () => ['trial', 'a text'],
    () => ['trial', 5],
    () => ['trial', true],
    () => ['trial', () => {}],
    () => ['trial', Symbol('no')],
    () => ['trial', BigInt(1)],
  ])
}

function trackStrange(first: number): number {
  const halves = ['\ud800', 'a\udc00b', '\udbff\udbff']
  const hole: unknown[] = []
  hole[3] = 1
  return trackAmong(first, [
    number => ['trial', { number, work: () => {}, symbol: Symbol('s'), nothing: undefined, none: null }],
    number => ['trial', { number, node: document.body, list: document.querySelectorAll('*'), event: new Event('x') }],
    number => ['trial', { number, one: NaN, two: Infinity, three: -0, four: 2 ** 53 + 2, five: 1e308, six: 5e-324 }],
    ...halves.map(half => (number: number) => ['trial', { number, half, [half]: 1, list: [half] }]),
    number => ['trial', { number, text: '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🧵': '🧵' }],
    number => ['trial', { number, text: '\u0000\u0001\u2028\u2029\ufeff\u202e</script><!--\'"\\\n\r\t' }],
    number => ['trial', { number, text: '\\ud800 is written out', also: '\\\\udc00' }],
    number => [
      'trial',
      { number, map: new Map([[1, 2]]), set: new Set([1]), bytes: new Uint8Array(9), error: Error('e') },
    ],
    number => ['trial', { number, date: new Date(0), never: new Date(NaN), pattern: /x/g, hole }],
    number => ['trial', JSON.parse(`{ "number": ${number}, "__proto__": { "polluted": 1 } }`)],
    number => ['trial', { number, constructor: { prototype: { polluted: 1 } }, prototype: { polluted: 1 } }],
    number => ['trial', { number, hasOwnProperty: 1, toString: 'x', valueOf: null, length: -1 }],
    number => ['trial', { number, nested: JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": 1 }') }],
    number => ['trial', { number, '': 1, ' ': 2, 'a.b': 3, $where: 4, 'a\u0000b': 5 }],
    number => ['trial', { number, ...Object.fromEntries(Array.from({ length: 2_000 }, (_, key) => [`k${key}`, 1])) }],
    number => ['trial', { number, deep: JSON.parse('['.repeat(500) + ']'.repeat(500)) }],
    number => ['trial', { number, transaction_id: { toString: 1 } }],
    number => ['purchase', { number, transaction_id: { id: 1 }, value: 'much', currency: 5, items: 'none' }],
    number => ['view_item', { number, items: [null, 5, 'x', { price: 'free' }, []], value: -1 }],
  ])
}

function trackNamesAndOptions(first: number): number {
  const names = ['', ' ', 'x'.repeat(101), '__proto__', 'constructor', 'toString', '\ud800', '🧵', 'a\nb', null, 5, {}]
  const fail = () => {
    throw new Error('not with me')
  }
  const options = [
    null,
    'text',
    { time: NaN },
    { time: -1 },
    { time: 'yesterday' },
    { time: 1e300 },
    { time: 2 ** 47 },
    { time: 1.5 },
    { time: BigInt(5) },
    { id: 'no uuid' },
    { id: 5 },
    { id: {} },
    { stage: 'nowhere' },
    { stage: {} },
    Object.defineProperty({}, 'time', { get: fail }),
    Object.defineProperty({}, 'id', { get: fail }),
    Object.defineProperty({}, 'stage', { get: fail }),
  ]
  return trackAmong(first, [
    ...names.map(name => (number: number) => [name, { number }]),
    () => [Symbol('no')],
    () => [],
    ...options.map(option => (number: number) => ['trial', { number }, option]),
  ])
}

/** Runs in the page: what an attacker, or a broken link, can make its address and title. */
function spoilPage(): void {
  const query = `q=%ff%fe%00&q=%E0%A4%A&q=${'x'.repeat(4_000)}&__proto__=1&constructor=2&utm_source=%ED%A0%80&utm_source=b`
  history.replaceState(null, '', `/plain?${query}&gclid=${'g'.repeat(4_000)}&utm_campaign=%F0%9F%A7%B5#/%E0%A4%A?x=@`)
  document.title = `\ud800 ${'<b>&"'.repeat(1_000)}`
  document.documentElement.setAttribute('data-jejak-page', '\udc00'.repeat(5_000))
  for (const text of ['{', 'null', '[null]', '5', '{"@graph":5}', '{"@type":{"a":1}}', '{"@graph":[null]}']) {
    const script = document.createElement('script')
    script.type = 'application/ld+json'
    script.textContent = text
    document.head.append(script)
  }
}

/** A page with a hostile address is opened, and left for another one, of which it is the referrer then. */
async function trackAtHostileAddress(stage: Stage): Promise<Outcome> {
  const tally = createTally(stage)
  const page = await openTrialPage(stage, { before: spoilPage })
  await page.track(tally.next(20), 20)
  await tally.settled(page.dropped)
  const given = await page.dropped()
  await page.tab.start(() => location.assign(`/plain?page=next&utm_medium=${'m'.repeat(3_000)}`), undefined)
  await stage.endpoint.until(() => tally.stored() === 20)
  const next = await openTrialPage(stage, { browser: page.browser, between: spoilPage })
  await next.track(tally.next(20), 20)
  await tally.settled(async () => given + (await next.dropped()))
  return tally.outcome(given + (await next.dropped()))
}

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: 'properties are too large, circular, throw when they are read, or are none',
    fast: ['chromium'],
    mayLose: {
      atMost: 19,
      because: 'they cannot be written as JSON, or are larger than what can be sent; they are counted',
    },
    run: stage => among(stage, trackUnwritable),
  },
  {
    ...everywhere,
    name: 'properties are functions, nodes, NaN, halves of characters, emoji, or called `__proto__`',
    fast: ['chromium'],
    mayLose: {
      atMost: 6,
      because:
        'three have names that mean something to JavaScript, one is too deep, two are no purchase and no view; they are counted',
    },
    run: stage => among(stage, trackStrange),
  },
  {
    ...everywhere,
    name: 'names and options are nothing that `track` takes',
    fast: ['chromium'],
    mayLose: { atMost: 7, because: 'without a name there is no event; they are counted' },
    run: stage => among(stage, trackNamesAndOptions),
  },
  {
    ...everywhere,
    name: 'the address, title and markup of the page are hostile, and so is its referrer',
    fast: ['chromium'],
    run: trackAtHostileAddress,
  },
]
