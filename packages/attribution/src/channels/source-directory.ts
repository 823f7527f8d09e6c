import { getDomainWithoutSuffix, getPublicSuffix } from 'tldts'
import { findDomain, readPlace } from './host.ts'
import { KNOWN_SOURCES, SAME_SITE } from './known-sources.ts'
import type { SourceCategory } from './known-sources.ts'

/** What the directory has for a host. */
interface KnownSite {
  readonly category: SourceCategory | null
  /** What the site goes by: a search engine's bare name (`google`), else the host it is listed as (`facebook.com`). */
  readonly name: string
}

export interface SourceDirectory {
  /** The category of what a `utm_source` names, given in lower case: `facebook`, `m.facebook.com`, `google.co.id`. */
  categoryOf(source: string): SourceCategory | null
  /** The site that a host without `www.`, or an app's id, belongs to; null where it is not known. */
  siteOf(host: string, path?: string): KnownSite | null
}

/** Whose lists to read: ours with GA4's, or GA4's alone. */
type SourceView = 'jejak' | 'ga4'

const directories = new Map<SourceView, SourceDirectory>()

/** The known sources, indexed at the first call and kept: nothing is searched through from one end to the other. */
export function sourceDirectory(view: SourceView): SourceDirectory {
  const directory = directories.get(view) ?? createDirectory(view)
  directories.set(view, directory)
  return directory
}

function createDirectory(view: SourceView): SourceDirectory {
  const { names, hosts, exactHosts, anyCountry, paths } = indexSources(view)

  function siteOf(host: string, path = '/'): KnownSite | null {
    const listed = SAME_SITE.get(host) ?? host
    const underPath = paths.get(listed)?.find(entry => path.startsWith(entry.path))
    if (underPath) return { category: underPath.category, name: listed + underPath.path }

    const exact = exactHosts.get(listed)
    if (exact !== undefined) return describe(exact, listed)

    const domain = findDomain(listed, candidate => hosts.has(candidate))
    if (domain !== undefined) return describe(hosts.get(domain) ?? null, SAME_SITE.get(domain) ?? domain)

    const suffix = countrySuffix(listed)
    if (suffix === null) return null
    const stem = findDomain(listed.slice(0, -suffix.length - 1), candidate => anyCountry.has(candidate))
    return stem === undefined ? null : describe(anyCountry.get(stem) ?? null, `${stem}.${suffix}`)
  }

  function categoryOf(source: string): SourceCategory | null {
    const named = names.get(source) ?? (view === 'jejak' ? names.get(source.replace(/[\s_-]/g, '')) : undefined)
    if (named !== undefined) return named
    const place = source.includes('.') ? readPlace(source) : null
    return place && (siteOf(place.site, place.path)?.category ?? null)
  }

  return { categoryOf, siteOf }
}

type Category = SourceCategory | null

function indexSources(view: SourceView) {
  const names = new Map<string, Category>()
  const hosts = new Map<string, Category>()
  const exactHosts = new Map<string, Category>()
  const anyCountry = new Map<string, Category>()
  const paths = new Map<string, { path: string; category: Category }[]>()

  const claim = (index: Map<string, Category>, key: string, category: Category): void => {
    if (!index.has(key)) index.set(key, category)
  }

  for (const { category, view: whose, sources } of KNOWN_SOURCES) {
    if (whose !== 'shared' && whose !== view) continue
    for (const source of sources) {
      const slash = source.indexOf('/')
      if (slash > 0) {
        const host = source.slice(0, slash)
        paths.set(host, [...(paths.get(host) ?? []), { path: source.slice(slash), category }])
      } else if (!source.includes('.')) claim(names, source, category)
      else if (source.endsWith('.{}')) claim(anyCountry, source.slice(0, -'.{}'.length), category)
      else if (!source.startsWith('www.')) claim(hosts, source, category)
      else if (!hosts.has(source.slice('www.'.length))) claim(exactHosts, source.slice('www.'.length), category)
    }
  }
  return { names, hosts, exactHosts, anyCountry, paths }
}

function describe(category: Category, host: string): KnownSite {
  return { category, name: category === 'search' ? (getDomainWithoutSuffix(host) ?? host) : host }
}

/** `co.id` of `shopee.co.id`; null where the suffix belongs to no country: `google.shop` need not be Google's. */
function countrySuffix(host: string): string | null {
  const suffix = getPublicSuffix(host, { extractHostname: false })
  return suffix !== null && suffix.length < host.length && /(?:^|\.)[a-z]{2}$/.test(suffix) ? suffix : null
}
