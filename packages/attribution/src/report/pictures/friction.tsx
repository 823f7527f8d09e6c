import type { FrictionFact } from '../facts/report-facts.ts'
import { eventName, stageName } from '../words/event-words.ts'
import { qualityWords } from '../words/quality-words.ts'
import { DotRows } from './dot-rows.tsx'
import type { DrawPicture, PictureContext } from './picture.ts'

const ID = 'friction'
const MOST = 8

/** Conversion of those who met something in the way, beside those who did not. */
export const drawFriction: DrawPicture = ({ friction }, context) => {
  const { formats, language, minimum } = context
  const words = qualityWords[language]
  const rows = (friction ?? [])
    .filter(row => row.with.people >= minimum && row.without.people >= minimum)
    .slice(0, MOST)
  if (rows.length === 0) return undefined
  const share = ({ people, converted }: FrictionFact['with']): number => converted / people
  const widest = rows.reduce((most, row) =>
    Math.abs(share(row.with) - share(row.without)) > Math.abs(share(most.with) - share(most.without)) ? row : most,
  )
  const nameOf = (row: FrictionFact): string => frictionName(row.name, context)
  const sentence = words.friction(
    nameOf(widest),
    formats.share(share(widest.with)),
    formats.share(share(widest.without)),
    stageName(widest.among, language),
  )
  return {
    id: ID,
    title: words.frictionTitle,
    note: words.frictionNote,
    views: [
      {
        name: 'all',
        sentence,
        drawing: (
          <>
            <DotRows
              title={words.frictionTitle}
              rows={rows.map(row => ({
                name: nameOf(row),
                told: words.met(row.with.people, formats),
                dots: [row.with, row.without].map(group => ({ at: share(group), interval: group.interval })),
              }))}
              domain={[0, Math.max(...rows.flatMap(row => [row.with.interval[1], row.without.interval[1]]))]}
              axis={value => formats.share(value)}
            />
            <p class="quality-key">
              <svg width="14" height="14" aria-hidden="true">
                <circle class="quality-dot" cx="7" cy="7" r="5.5" />
              </svg>
              {words.withIt}
              <svg width="14" height="14" aria-hidden="true">
                <circle class="quality-dot hollow" cx="7" cy="7" r="5.5" />
              </svg>
              {words.withoutIt}
            </p>
          </>
        ),
        table: {
          caption: words.frictionTitle,
          columns: [
            { name: words.inTheWay },
            ...[words.withIt, words.people, words.withoutIt, words.people].map(name => ({ name, isNumber: true })),
          ],
          rows: rows.map(row => [
            nameOf(row),
            ...[row.with, row.without].flatMap(group => [
              `${formats.share(share(group))} (${formats.share(group.interval[0])} … ${formats.share(group.interval[1])})`,
              formats.number(group.people),
            ]),
          ]),
        },
      },
    ],
  }
}

function frictionName(name: string, { language }: PictureContext): string {
  return name.startsWith('slow ') ? `${qualityWords[language].slow} (${name.slice(5)})` : eventName(name, language)
}
