import { blockRequests } from '../blocked-requests.ts'
import { ENGINES } from '../engine.ts'
import type { Fault } from '../fault.ts'
import type { FaultyEndpoint, Treatment } from '../faulty-endpoint.ts'
import { goShopping } from '../shopping.ts'
import type { Shopping, Visit } from '../shopping.ts'

const LATER = 60 * 60 * 1_000

interface Misconfigured extends Pick<Fault, 'row' | 'name' | 'fast'> {
  readonly treatment: Treatment | ((endpoint: FaultyEndpoint) => Treatment)
  readonly visit?: (endpoint: FaultyEndpoint) => Visit
  /** What the line in the console is about. */
  readonly about?: RegExp
}

/** Nothing is taken until a person mends it, for which the console has one line; the page after that brings everything. */
function misconfigured({ treatment, visit = () => ({}), about = /endpoint|writeKey/, ...row }: Misconfigured): Fault {
  return {
    engines: ENGINES,
    ...row,
    async run(stage) {
      const { endpoint } = stage
      const shopping = await goShopping(stage)
      endpoint.always(typeof treatment === 'function' ? treatment(endpoint) : treatment)
      await shopping.visit(visit(endpoint))
      await shopping.track(20)
      await expectOneNotice(shopping, about)
      endpoint.always()
      await shopping.visit({ later: LATER })
      await shopping.arrive()
      return shopping.leave()
    },
  }
}

/** Tries until the tracker has said in the console what is wrong, and then some more. */
async function expectOneNotice(shopping: Shopping, about: RegExp): Promise<void> {
  const waitingUntil = Date.now() + 5_000
  while ((await shopping.notices()).length === 0 && Date.now() < waitingUntil) await shopping.flush()
  for (let tries = 0; tries < 3; tries++) await shopping.flush()
  const lines = await shopping.notices()
  if (lines.length !== 1 || !about.test(lines[0]!)) {
    throw new Error(`Expected one line in the console, about ${about}; got ${JSON.stringify(lines)}`)
  }
}

const status = (code: number, fast: Fault['fast'] = []) =>
  misconfigured({ row: 10, name: `${code} until it is mended`, fast, treatment: { status: code } })

function redirect(
  code: number,
  name: string,
  to: (endpoint: FaultyEndpoint) => string,
  fast: Fault['fast'] = [],
): Fault {
  return misconfigured({
    row: 10,
    name: `redirect ${code} ${name}`,
    fast,
    treatment: endpoint => ({ status: code, headers: { location: to(endpoint) } }),
  })
}

const mendedUnderThePage: Fault = {
  row: 10,
  name: '404, mended while the page is open',
  engines: ENGINES,
  fast: ['chromium'],
  async run(stage) {
    const { endpoint } = stage
    const shopping = await goShopping(stage)
    endpoint.always({ status: 404 })
    await shopping.visit({ hurries: true })
    await shopping.track(20)
    await shopping.flush()
    endpoint.always()
    await shopping.arrive()
    return shopping.leave()
  },
}

/** The endpoint takes events, is then replaced by one that takes none, and is mended. */
function replaced(name: string, treatment: Treatment, fast?: Fault['fast'], perVisit = 30): Fault {
  return {
    row: 29,
    name,
    engines: ENGINES,
    ...(fast && { fast }),
    async run(stage) {
      const { endpoint } = stage
      const shopping = await goShopping(stage)
      await shopping.visit()
      await shopping.track(10)
      await shopping.arrive()
      endpoint.always(treatment)
      await shopping.track(perVisit)
      for (let tries = 0; tries < 3; tries++) await shopping.flush()
      await shopping.visit({ later: LATER / 2 })
      await shopping.track(perVisit)
      for (let tries = 0; tries < 3; tries++) await shopping.flush()
      endpoint.always()
      await shopping.visit({ later: LATER })
      await shopping.arrive()
      return shopping.leave()
    },
  }
}

const extension: Fault = {
  row: 13,
  name: 'an extension cancels the requests',
  engines: ['chromium'],
  cannot: {
    firefox: 'no extension can be put into it from outside that would cancel requests',
    webkit: 'it has no extensions',
  },
  fast: ['chromium'],
  async run(stage) {
    const { endpoint } = stage
    const shopping = await goShopping(stage)
    const unblock = await blockRequests(shopping.browser, endpoint.url)
    await shopping.visit()
    await shopping.track(20)
    await expectOneNotice(shopping, /extension/)
    await unblock()
    await shopping.visit({ later: LATER })
    await shopping.arrive()
    return shopping.leave()
  },
}

const LOOPBACK = 'pages on this machine itself are trusted, so that nothing they ask for is mixed content'

const mixedContent: Fault = {
  row: 13,
  name: 'mixed content',
  engines: [],
  cannot: { chromium: LOOPBACK, firefox: LOOPBACK, webkit: LOOPBACK },
  run: () => Promise.reject(new Error('It cannot be tried.')),
}

const corsDenied = misconfigured({
  row: 13,
  name: 'CORS denied',
  fast: ['chromium'],
  treatment: { status: 403, cors: false },
  visit: ({ otherSite }) => ({ endpoint: `${otherSite}/e` }),
  about: /CORS/,
})

const cspDenied = misconfigured({
  row: 13,
  name: 'connect-src of the CSP denied',
  fast: ENGINES,
  treatment: {},
  visit: () => ({ path: `/shop?csp=${encodeURIComponent("connect-src 'none'")}` }),
  about: /Content-Security-Policy|CSP/,
})

/** What a person has to mend: rows 10, 13 and 29. */
export const faults: readonly Fault[] = [
  status(401, ['chromium']),
  status(403),
  status(404, ['chromium']),
  status(410),
  redirect(301, 'to a page', ({ origin }) => `${origin}/shop`, ENGINES),
  redirect(307, 'to a page', ({ origin }) => `${origin}/shop`),
  redirect(308, 'to another origin', ({ otherSite }) => `${otherSite}/shop`, ['chromium']),
  redirect(301, 'to another origin', ({ otherSite }) => `${otherSite}/shop`),
  redirect(307, 'to itself, for ever', ({ url }) => url, ['chromium']),
  mendedUnderThePage,
  corsDenied,
  cspDenied,
  extension,
  mixedContent,
  replaced('an endpoint replaced by one that refuses everything with 400', { status: 400 }, ['chromium']),
  replaced(
    'an endpoint replaced by one that refuses with 400 the one event there is',
    { status: 400 },
    ['chromium'],
    1,
  ),
  replaced('an endpoint replaced by one that refuses everything with 422', { status: 422 }),
  replaced('an endpoint before which a proxy takes no body at all (413)', { status: 413 }, ['chromium']),
  replaced('an endpoint replaced by nothing (404)', { status: 404 }),
]
