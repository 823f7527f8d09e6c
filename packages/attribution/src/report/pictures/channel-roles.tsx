import type { JSX } from 'preact'
import type { ChannelRole } from '../../results/channel-roles.ts'
import { pathWords } from '../words/path-words.ts'
import { shownName } from '../words/shown-name.ts'
import { creditScale } from './credit-scale.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

const ID = 'channel-roles'
const ROW = 72
const BAR = 11
const MOST_ROWS = 12
const ROLES = ['opened', 'assisted', 'closed'] as const

/**
 * Whether channels begin, help along or end what leads to conversions. The roles of a channel overlap (who closes alone
 * has opened too), so they stand one below the other: stacked they would seem to add up.
 */
export const drawChannelRoles: DrawPicture = ({ roles }, context) => {
  const { formats, language, minimum } = context
  const involved = roles.filter(role => role.involved > 0)
  if (involved.length === 0) return undefined
  const words = pathWords[language]
  const rows = involved.filter(role => role.involved >= minimum).slice(0, MOST_ROWS)
  const left = involved.length - rows.length
  const sentence = rows.length === 0 ? words.tooFew(minimum, formats) : sentenceOf(involved, context)
  const count = (amount: number): string => shownCount(amount, context)
  return {
    id: ID,
    title: words.rolesTitle,
    note: left > 0 ? `${words.rolesNote} ${words.left(left, minimum, formats)}` : words.rolesNote,
    views: [
      {
        name: 'all',
        sentence,
        drawing: rows.length === 0 ? <></> : drawBars(rows, context),
        table: {
          caption: words.rolesCaption,
          columns: [
            { name: words.channel },
            ...[words.opened, words.assisted, words.closed, words.alone, words.involved].map(name => ({
              name,
              isNumber: true,
            })),
          ],
          rows: rows.map(role => [
            shownName(role.key),
            ...[role.opened, role.assisted, role.closed, role.alone, role.involved].map(count),
          ]),
        },
      },
    ],
  }
}

function sentenceOf(roles: readonly ChannelRole[], { language, formats, minimum }: PictureContext): string {
  const words = pathWords[language]
  const [opener, closer] = (['opened', 'closed'] as const).map(as => {
    const most = Math.max(...roles.map(role => role[as]))
    const best = roles.filter(role => role[as] === most)
    return { key: best[0]!.key, isTied: best.length > 1, most }
  })
  if (opener!.most < minimum || closer!.most < minimum) return words.tooFew(minimum, formats)
  return words.roles(
    { name: isolatedName(opener!.key), isTied: opener!.isTied },
    opener!.most,
    { name: isolatedName(closer!.key), isTied: closer!.isTied },
    closer!.most,
    opener!.key === closer!.key,
    formats,
  )
}

function drawBars(rows: readonly ChannelRole[], context: PictureContext): JSX.Element {
  const words = pathWords[context.language]
  // Room for the number at the end of the longest bar.
  const scale = creditScale(Math.max(...rows.flatMap(role => ROLES.map(as => role[as]))) * 1.15)
  return (
    <figure class="path-figure">
      <svg width="100%" height={rows.length * ROW} role="img" aria-label={words.rolesCaption}>
        <defs>
          <RolePatterns />
        </defs>
        {rows.map((role, place) => {
          const counts = ROLES.map(as => shownCount(role[as], context))
          return (
            <g>
              <title>{words.rolesLine(shownName(role.key), counts[0]!, counts[1]!, counts[2]!)}</title>
              <text class="name" x={scale.at(0)} y={place * ROW + 15}>
                {shownName(role.key, 32)}
              </text>
              {ROLES.map((as, line) => {
                const y = place * ROW + 23 + line * (BAR + 3)
                const isSmall = role[as] < context.minimum
                return (
                  <>
                    {isSmall ? null : (
                      <rect class={`path-${as}`} x={scale.at(0)} y={y} width={scale.wide(role[as])} height={BAR} />
                    )}
                    <text class="path-number" x={scale.at(isSmall ? 0 : role[as])} dx="5" y={y + 9.5}>
                      {counts[line]}
                    </text>
                  </>
                )
              })}
            </g>
          )
        })}
      </svg>
      <figcaption class="path-legend">
        {ROLES.map(as => (
          <span>
            <svg width="26" height="14" aria-hidden="true">
              <rect class={`path-${as}`} x="1" y="1" width="24" height="12" />
            </svg>
            {words[as]}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function RolePatterns(): JSX.Element {
  return (
    <pattern id={`${ID}-p`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="path-pattern-back" width="6" height="6" />
      <rect class="path-pattern" width="2.5" height="6" />
    </pattern>
  )
}

function shownCount(amount: number, { language, formats, minimum }: PictureContext): string {
  return amount > 0 && amount < minimum ? pathWords[language].few(minimum, formats) : formats.number(amount)
}
