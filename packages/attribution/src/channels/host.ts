/** A page or app that a URL names. */
export interface Place {
  /** Lower case, no port, no trailing dot: `www.google.com`, or an app's id, `com.google.android.gm`. */
  readonly host: string
  /** The host without a leading `www.`. */
  readonly site: string
  readonly path: string
  /** Whether the URL was that of an app, `android-app://` or `ios-app://`. */
  readonly app: boolean
}

const WEB = new Set(['http:', 'https:'])
const APP = new Set(['android-app:', 'ios-app:'])

/** Imported data often has `www.google.com/` for a referrer. A word without a dot is none: `-` and `null` are no sites. */
const WITHOUT_SCHEME = /^[a-z0-9-]+\.[a-z0-9.-]+(?::\d{1,5})?(?:[/?#]|$)/i

/** What lies beyond tells nothing of the host, so a huge URL costs no more than a long one. */
const LONGEST_READ = 2_048

/** The longest name the domain name system has. */
const LONGEST_HOST = 253

/** Reads the host out of a URL from outside; null where it names no page or app. Never throws. */
export function readPlace(url: unknown): Place | null {
  if (typeof url !== 'string') return null
  const text = url.slice(0, LONGEST_READ).trim()
  const parsed = parse(WITHOUT_SCHEME.test(text) ? `https://${text}` : text)
  if (!parsed) return null

  const app = APP.has(parsed.protocol)
  if (!app && !WEB.has(parsed.protocol)) return null
  const lower = parsed.hostname.toLowerCase()
  const host = lower.endsWith('.') ? lower.slice(0, -1) : lower
  if (host === '' || host.length > LONGEST_HOST) return null
  return { host, site: host.startsWith('www.') ? host.slice('www.'.length) : host, path: parsed.pathname, app }
}

function parse(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}

/**
 * The entry for a host or for the nearest domain above it that has one, by whole labels: `m.facebook.com` finds
 * `facebook.com`, `notfacebook.com` does not.
 */
export function findDomain(host: string, isListed: (domain: string) => boolean): string | undefined {
  for (let domain = host; ;) {
    if (isListed(domain)) return domain
    const dot = domain.indexOf('.')
    if (dot < 0) return undefined
    domain = domain.slice(dot + 1)
  }
}
