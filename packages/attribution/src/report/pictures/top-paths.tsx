import type { JSX } from 'preact'
import type { TopPath } from '../../results/top-paths.ts'
import { pathWords } from '../words/path-words.ts'
import { shownName } from '../words/shown-name.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

const ID = 'top-paths'
const MOST_PATHS = 15
/** Of a path that is longer than their sum and one, this many contacts of its beginning and its end are shown. */
const FIRST = 4
const LAST = 3

/** The paths that most conversions took, contact by contact. */
export const drawTopPaths: DrawPicture = ({ paths, totals }, context) => {
  const { formats, language, minimum } = context
  if (paths.length === 0) return undefined
  const words = pathWords[language]
  const rows = paths.filter(({ conversions }) => conversions >= minimum).slice(0, MOST_PATHS)
  const [first, second] = rows
  const all = Math.max(totals.conversions, 1)
  const sum = rows.reduce((sum, { conversions }) => sum + conversions, 0)
  const sentence = first
    ? [
        words.top(
          inWords(first.path, isolatedName, context),
          second?.conversions === first.conversions,
          first.conversions,
          first.conversions / all,
          formats,
        ),
        rows.length > 1 ? words.topAll(rows.length, sum / all, formats) : '',
      ]
        .filter(part => part !== '')
        .join(' ')
    : words.tooFew(minimum, formats)
  const hasValue = rows.some(({ value }) => value !== 0)
  const hasDays = rows.some(({ medianDays }) => medianDays !== null)
  const left = paths.length - rows.length
  return {
    id: ID,
    title: words.topTitle,
    note: left > 0 ? `${words.topNote} ${words.left(left, minimum, formats)}` : words.topNote,
    views: [
      {
        name: 'all',
        sentence,
        drawing: first ? (
          <ol class="path-list">
            {rows.map(row => (
              <Chain row={row} most={first.conversions} context={context} />
            ))}
          </ol>
        ) : (
          <></>
        ),
        table: {
          caption: words.topCaption,
          columns: [
            { name: words.path },
            { name: words.conversions, isNumber: true },
            ...(hasValue ? [{ name: words.value, isNumber: true }] : []),
            { name: words.rate, isNumber: true },
            ...(hasDays ? [{ name: words.medianDays, isNumber: true }] : []),
          ],
          rows: rows.map(({ path, conversions, value, conversionRate, medianDays }) => [
            inWords(path, isolatedName, context),
            formats.number(conversions),
            ...(hasValue ? [formats.money(value)] : []),
            formats.share(conversionRate, 1),
            ...(hasDays ? [medianDays === null ? '–' : formats.number(medianDays, 1)] : []),
          ]),
        },
      },
    ],
  }
}

function Chain({ row, most, context }: { row: TopPath; most: number; context: PictureContext }): JSX.Element {
  const { formats, language } = context
  const words = pathWords[language]
  const { path, conversions, value, conversionRate, medianDays } = row
  const told = [
    words.conversionsOf(conversions, formats),
    value === 0 ? '' : formats.money(value),
    words.rateOf(formats.share(conversionRate, 1)),
    medianDays === null ? '' : words.days(medianDays, formats),
  ]
  return (
    <li>
      <ol class="path-chain">
        {contacts(path, context).map(contact => (
          <li class={contact.isSkipped ? 'path-skipped' : undefined}>
            {contact.isSkipped ? contact.text : <bdi class="path-chip">{shownName(contact.text, 28)}</bdi>}
          </li>
        ))}
      </ol>
      <svg class="path-length" width="100%" height="5" aria-hidden="true">
        <rect class="path-opened" width={`${Math.round((1000 * conversions) / most) / 10}%`} height="5" />
      </svg>
      <p>{told.filter(part => part !== '').join(' · ')}</p>
    </li>
  )
}

interface Contact {
  readonly text: string
  readonly isSkipped: boolean
}

function contacts(path: readonly string[], { language, formats }: PictureContext): Contact[] {
  const contact = (text: string): Contact => ({ text, isSkipped: false })
  if (path.length <= FIRST + LAST + 1) return path.map(contact)
  const skipped = pathWords[language].skipped(path.length - FIRST - LAST, formats)
  return [...path.slice(0, FIRST).map(contact), { text: skipped, isSkipped: true }, ...path.slice(-LAST).map(contact)]
}

function inWords(path: readonly string[], named: (text: string) => string, context: PictureContext): string {
  return contacts(path, context)
    .map(({ text, isSkipped }) => (isSkipped ? text : named(text)))
    .join(' → ')
}
