import { createHash } from 'node:crypto'
import { render } from 'preact-render-to-string'
import type { ReportFacts } from '../facts/report-facts.ts'
import { creditStyle } from '../style/credit-style.ts'
import { mapStyle } from '../style/map-style.ts'
import { pageStyle } from '../style/page-style.ts'
import { pathStyle } from '../style/path-style.ts'
import { qualityStyle } from '../style/quality-style.ts'
import { seriesStyle } from '../style/series-style.ts'
import { stageStyle } from '../style/stage-style.ts'
import { timeStyle } from '../style/time-style.ts'
import { tokens } from '../style/tokens.ts'
import { createFormats } from '../words/formats.ts'
import { LANGUAGES } from '../words/language.ts'
import type { Language } from '../words/language.ts'
import { MOST_VIEWS } from './most-views.ts'
import { ReportPage } from './report-page.tsx'
import { shortClasses } from './short-classes.ts'

export interface RenderOptions {
  /** Default: `en`. */
  readonly language?: Language
  /** Groups of fewer people are not shown, so that nobody can be made out. Default: 5. */
  readonly minimum?: number
  /** Default: what a report is, in the language asked for. */
  readonly title?: string
}

/** The style sheet of every report, without needless spaces, and the short names of its classes. */
const { style: STYLE, shorten } = shortClasses(
  [tokens, pageStyle(MOST_VIEWS), seriesStyle, creditStyle, pathStyle, mapStyle, stageStyle, timeStyle, qualityStyle]
    .join('')
    .replace(/\s*([{};,])\s*/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}'),
)

/** Nothing comes from elsewhere, nothing runs, and nothing is sent: only this very style sheet is allowed. */
export const REPORT_CSP: string = [
  `default-src 'none'`,
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ')

/**
 * A report as one HTML file that needs nothing else: it opens from disk, and on a server.
 *
 * @throws {RangeError} for a language there is none of, or a `minimum` that is no whole number from 1.
 */
export function renderReport(facts: ReportFacts, options: RenderOptions = {}): string {
  const { language = 'en', minimum = 5, title } = options
  if (!LANGUAGES.includes(language))
    throw new RangeError(
      `renderReport: expected \`language\` to be ${LANGUAGES.join(' or ')}, got ${JSON.stringify(language)}`,
    )
  if (!Number.isInteger(minimum) || minimum < 1)
    throw new RangeError(`renderReport: expected \`minimum\` to be a whole number from 1, got ${String(minimum)}`)
  const context = { language, formats: createFormats(language, facts.currency, facts.timeZone), minimum }
  const html = render(ReportPage({ facts, context, title, style: STYLE, csp: REPORT_CSP }))
  return `<!doctype html>\n${withoutNeedless(html)}\n`
}

/** What is written from right to left, or says in which direction to write. */
const DIRECTED =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * The same page without what HTML does not need: a quarter of the bytes. Shapes without content close themselves
 * and begin at 0, the
 * end tags of cells, rows, list items and paragraphs are understood, and so are the values of attributes without quotes; a text
 * that has no direction of its own need not be isolated. What was made by `render` has no quotes in its texts, so that
 * nothing else can be met.
 */
function withoutNeedless(html: string): string {
  const body = html.indexOf('</style>')
  const short = shorten(html.slice(body))
    .replace(/ [xy]1?="0"/g, '')
    .replace(/<(path|line|rect|use|circle)\b([^<>]*)><\/\1>/g, '<$1$2/>')
    .replace(/<\/(?:td|th|tr|li|dt|dd|thead|tbody|tfoot)>/g, '')
    .replace(/<\/p>(?=<\/(?:section|div|details)>|<(?:details|div|p|ul|ol|dl|section|figure|h\d)[ >])/g, '')
    .replace(/<bdi>([^<]*)<\/bdi>/g, (isolated, text: string) => (DIRECTED.test(text) ? isolated : text))
    .replace(
      / ([\w:-]+)="([\w.,%#()+:;/-]*[\w.,%#()+:;-])"(\/>|(?=[ >]))/g,
      (_, name, value, end) => ` ${name}=${value}${end === '' ? '' : ' />'}`,
    )
  return html.slice(0, body) + short
}
