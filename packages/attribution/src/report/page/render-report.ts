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

export interface RenderOptions {
  /** Default: `en`. */
  readonly language?: Language
  /** Groups of fewer people are not shown, so that nobody can be made out. Default: 5. */
  readonly minimum?: number
  /** Default: what a report is, in the language asked for. */
  readonly title?: string
}

/** The style sheet of every report. */
const STYLE: string = [
  tokens,
  pageStyle(MOST_VIEWS),
  seriesStyle,
  creditStyle,
  pathStyle,
  mapStyle,
  stageStyle,
  timeStyle,
  qualityStyle,
]
  .join('\n')
  .replace(/\n\s+/g, '\n')

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
  const context = { language, formats: createFormats(language, facts.currency), minimum }
  const html = render(ReportPage({ facts, context, title, style: STYLE, csp: REPORT_CSP }))
  return `<!doctype html>\n${withoutNeedless(html)}\n`
}

/**
 * The same page without what HTML does not need: a tenth of the bytes. Shapes without content close themselves, the end
 * tags of cells, rows and list items are understood, and so are the values of attributes without quotes. What was made
 * by `render` has no quotes in its texts, so that nothing else can be met.
 */
function withoutNeedless(html: string): string {
  const body = html.indexOf('</style>')
  const short = html
    .slice(body)
    .replace(/><\/(?:path|line|rect|use|circle)>/g, '/>')
    .replace(/<\/(?:td|th|tr|li|dt|dd|thead|tbody|tfoot)>/g, '')
    .replace(/ ([\w:-]+)="([\w.,%#()+:;/-]*[\w.,%#()+:;-])"(?=[ >])/g, ' $1=$2')
  return html.slice(0, body) + short
}
