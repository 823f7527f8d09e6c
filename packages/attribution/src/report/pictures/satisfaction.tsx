import type { Score, SurveyFacts } from '../facts/report-facts.ts'
import { stageName } from '../words/event-words.ts'
import { qualityWords } from '../words/quality-words.ts'
import { DotRows } from './dot-rows.tsx'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext, PictureView } from './picture.ts'

const ID = 'satisfaction'
const MOST_CHANNELS = 4

type Scored = Score & { readonly key: string }

/** What customers answered, by the stage it is about and by how they first came. */
export const drawSatisfaction: DrawPicture = ({ satisfaction }, context) => {
  const words = qualityWords[context.language]
  const surveys = (satisfaction?.surveys ?? []).filter(({ all }) => all.answers >= context.minimum)
  if (surveys.length === 0) return undefined
  return {
    id: ID,
    title: words.satisfactionTitle,
    choice: words.survey,
    note: words.satisfactionNote,
    views: surveys.map(survey => viewOf(survey, context)),
  }
}

function viewOf({ kind, all, byStage, byFirstChannel }: SurveyFacts, context: PictureContext): PictureView {
  const { formats, language, minimum } = context
  const words = qualityWords[language]
  const isTold = ({ answers }: Score): boolean => answers >= minimum
  const stages = byStage.filter(isTold).map(row => ({ ...row, key: stageName(row.key, language) }))
  const channels = byFirstChannel.filter(isTold).slice(0, MOST_CHANNELS)
  const written = (value: number): string =>
    kind === 'csat' ? formats.share(value / 100) : formats.number(value, kind === 'nps' ? 0 : 1)
  const range = ({ interval: [low, high] }: Score): string => `${written(low)} … ${written(high)}`
  const sentence = `${words.scores[kind](written(all.score), range(all), all.answers, formats)}${
    channels.length > 1 ? ` ${words.bestChannel(...endsOf(channels, written))}` : ''
  }`
  const rows = [{ ...all, key: words.everybody }, ...stages, ...channels]
  const most = Math.max(...rows.map(row => Math.max(row.score, row.interval[1])))
  const domain = {
    nps: [-100, 100],
    csat: [0, 100],
    ces: [1, Math.max(5, most)],
    rating: [1, Math.max(5, most)],
  } as const
  return {
    name: words.kinds[kind],
    sentence,
    drawing: (
      <DotRows
        title={words.kinds[kind]}
        rows={rows.map(row => ({
          name: row.key,
          told: `${written(row.score)}, n = ${formats.number(row.answers)}`,
          dots: [{ at: row.score, interval: row.interval }],
        }))}
        domain={domain[kind]}
        axis={value => (kind === 'csat' ? formats.share(value / 100) : formats.number(value))}
      />
    ),
    table: {
      caption: words.kinds[kind],
      columns: [
        { name: words.group },
        { name: words.score, isNumber: true },
        { name: words.interval, isNumber: true },
        { name: words.answers, isNumber: true },
      ],
      rows: rows.map(row => [isolatedName(row.key), written(row.score), range(row), formats.number(row.answers)]),
    },
  }
}

function endsOf(channels: readonly Scored[], written: (value: number) => string): [string, string, string, string] {
  const sorted = channels.toSorted((a, b) => b.score - a.score)
  const [best, worst] = [sorted[0]!, sorted.at(-1)!]
  return [isolatedName(best.key), written(best.score), isolatedName(worst.key), written(worst.score)]
}
