import type { Plugin } from '../tracker.ts'

/** What carries the visitor over: `?jejak_id=<visitor>.<seconds since the epoch, base 36>.<check>`. */
const PARAMETER = 'jejak_id'

/** A link that is older was kept or passed on, and is of somebody else by now. */
const GOOD_FOR_S = 120

/**
 * Carries the visitor over to other domains of the same shop: a link or form to one of `domains`, sub-domains
 * included, gets the visitor's id in its address at the moment it is followed, once the visitor has allowed everything.
 * There, `linkedVisitor()` takes it out again.
 */
export function linkDomains(domains: readonly string[]): Plugin {
  return tracker => {
    const isOurs = (url: URL): boolean =>
      url.host !== location.host &&
      /^https?:$/.test(url.protocol) &&
      domains.some(domain => `.${url.hostname}`.endsWith(`.${domain}`))

    function onLeave({ target, type }: Event): void {
      if (tracker.consent !== 'granted') return
      if (type === 'submit') return onSubmit(target as HTMLFormElement)
      const link = (target as Element | null)?.closest?.<HTMLAnchorElement>('a[href]')
      const url = link && linkedAddress(link.href)
      if (url) link.href = url
    }

    function onSubmit(form: HTMLFormElement): void {
      // A form may have a field of the name `action`.
      const url = linkedAddress(form.getAttribute('action') ?? '')
      if (!url) return
      if (form.method !== 'get') return form.setAttribute('action', url)
      // Sent by GET, it throws away what its address holds.
      const known = form.querySelector<HTMLInputElement>(`input[name=${PARAMETER}]`)
      const field = known ?? document.createElement('input')
      Object.assign(field, { type: 'hidden', name: PARAMETER, value: new URL(url).searchParams.get(PARAMETER) })
      form.append(field)
    }

    function linkedAddress(address: string): string | undefined {
      try {
        const url = new URL(address, location.href)
        if (!isOurs(url)) return undefined
        url.searchParams.set(PARAMETER, signed(tracker.visitorId, nowInSeconds()))
        return url.href
      } catch {
        return undefined // what is no address leads nowhere
      }
    }

    const listening = new AbortController()
    for (const event of ['click', 'auxclick', 'contextmenu', 'submit'])
      document.addEventListener(event, onLeave, { capture: true, signal: listening.signal })
    return () => listening.abort()
  }
}

/**
 * The visitor that another domain of the shop has sent here within the last two minutes, in this very browser, for
 * `createTracker({ visitorId: linkedVisitor() })`; a browser that knows its visitor already goes on with that one. The
 * parameter is taken out of the address, so that nobody passes it on. On a server it is undefined.
 */
export function linkedVisitor(): string | undefined {
  if (typeof location === 'undefined') return undefined
  const url = new URL(location.href)
  const value = url.searchParams.get(PARAMETER)
  if (value === null) return undefined
  url.searchParams.delete(PARAMETER)
  try {
    history.replaceState(history.state, '', url)
  } catch {
    // A frame without an origin may not change its address.
  }
  const [visitor = '', time = ''] = value.split('.')
  const seconds = parseInt(time, 36)
  const isFresh = Math.abs(nowInSeconds() - seconds) <= GOOD_FOR_S
  return isFresh && /^[\w-]{8,100}$/.test(visitor) && value === signed(visitor, seconds) ? visitor : undefined
}

const nowInSeconds = (): number => Math.floor(Number(new Date()) / 1_000)

/** Another browser makes another check: a link that somebody passes on does not make two people one. No secret. */
function signed(visitor: string, seconds: number): string {
  const { userAgent, language, hardwareConcurrency } = navigator
  const time = seconds.toString(36)
  let check = 0
  for (const letter of [visitor, time, userAgent, language, hardwareConcurrency, screen.width, screen.height].join())
    check = Math.trunc((check * 31 + letter.codePointAt(0)!) % 4_294_967_291)
  return `${visitor}.${time}.${check.toString(36)}`
}
