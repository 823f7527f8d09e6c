import { chainWords } from '../words/chain-words.ts'
import { shownName } from '../words/shown-name.ts'
import { creditScale } from './credit-scale.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

const ROW = 44
const MOST_ROWS = 12
const ID = 'removal-effects'

/** What the chain would lose without each channel, as bars with intervals. */
export const drawRemovalEffects: DrawPicture = (facts, context) => {
  const { formats, minimum, language } = context
  const all = facts.chain?.removalEffects ?? []
  if (all.length === 0) return undefined
  const words = chainWords[language]
  const sorted = all.toSorted((a, b) => b.conversions - a.conversions)
  // Of how many conversions an effect is made: a handful of people could be made out by it.
  const isShown = ({ conversions }: (typeof all)[number]): boolean =>
    conversions <= 0 || conversions * facts.totals.conversions >= minimum
  // If the greatest may not be shown, those that have none would seem to be the greatest.
  const named = sorted[0] && isShown(sorted[0]) ? sorted.filter(isShown) : []
  const rows = named.slice(0, MOST_ROWS)
  const left = sorted.length - rows.length
  const [first, second] = named
  const hasIntervals = rows.some(({ interval }) => interval)
  const sentence = !first
    ? words.tooFew(minimum, formats)
    : first.conversions <= 0
      ? words.noRemoval
      : words.removal(
          {
            name: isolatedName(first.key),
            isTied: second !== undefined && second.conversions >= first.conversions - 1e-9,
          },
          sorted.length === 1,
          {
            share: first.conversions,
            ...(first.interval ? { low: first.interval[0], high: first.interval[1] } : {}),
          },
          formats,
        )
  return {
    id: ID,
    title: words.removalTitle,
    note: left > 0 ? `${words.removalNote} ${words.left(left, formats)}` : words.removalNote,
    views: [
      {
        name: 'all',
        sentence,
        drawing: rows.length === 0 ? <></> : drawBars(rows, context),
        table: {
          caption: words.removalCaption,
          columns: [
            { name: words.channel },
            { name: words.removalEffect, isNumber: true },
            ...(hasIntervals ? [words.from, words.to].map(name => ({ name, isNumber: true })) : []),
          ],
          rows: rows.map(({ key, conversions, interval }) => [
            shownName(key),
            formats.share(conversions, 1),
            ...(hasIntervals
              ? (interval ?? [undefined, undefined]).map(bound => (bound === undefined ? '–' : formats.share(bound, 1)))
              : []),
          ]),
        },
      },
    ],
  }
}

type Effect = NonNullable<Parameters<DrawPicture>[0]['chain']>['removalEffects'][number]

function drawBars(rows: readonly Effect[], { language, formats }: PictureContext) {
  const words = chainWords[language]
  const scale = creditScale(Math.max(...rows.map(row => Math.max(row.conversions, row.interval?.[1] ?? 0))))
  return (
    <svg class="credit-figure" width="100%" height={rows.length * ROW} role="img" aria-label={words.removalCaption}>
      {rows.map(({ key, conversions, interval }, place) => {
        const y = place * ROW
        const middle = y + 30.5
        return (
          <g>
            <text class="name" x={scale.at(0)} y={y + 16}>
              {shownName(key, 30)}
            </text>
            <text class="credit-number to-end" x="98.5%" y={y + 16}>
              {formats.share(conversions, 1)}
            </text>
            <rect
              class="credit-bar"
              x={scale.at(0)}
              y={y + 23}
              width={scale.wide(Math.max(0, conversions))}
              height="15"
            />
            {interval ? (
              <>
                <line
                  class="credit-whisker under"
                  x1={scale.at(Math.max(0, interval[0]))}
                  x2={scale.at(interval[1])}
                  y1={middle}
                  y2={middle}
                />
                <line
                  class="credit-whisker"
                  x1={scale.at(Math.max(0, interval[0]))}
                  x2={scale.at(interval[1])}
                  y1={middle}
                  y2={middle}
                />
              </>
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}
