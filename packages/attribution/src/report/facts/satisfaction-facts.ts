import { groupBy } from '../../group-by.ts'
import { meanOf, wilson } from './estimates.ts'
import { lowestOf } from './observations.ts'
import type { Answer } from './observations.ts'
import type { Ground, Tally } from './people.ts'
import type { SatisfactionFacts, Score, SurveyFacts } from './report-facts.ts'
import { SATISFACTION_KINDS } from './satisfaction-kind.ts'
import type { SatisfactionKind } from './satisfaction-kind.ts'

/** Answers to surveys, and ratings: of all, by the stage they are about, and by the person's first channel. */
export function createSatisfactionTally({ seen, model }: Ground): Tally<SatisfactionFacts | undefined> {
  const answerOf = new Map(seen.answers.map(answer => [answer.row, answer]))
  const answers: { answer: Answer; stage: string | undefined; channel: string | undefined }[] = []
  return {
    add({ rows, stages, firstChannel }) {
      for (const [at, row] of rows.entries()) {
        const answer = answerOf.get(row)
        if (!answer) continue
        const stage = answer.aboutStage === undefined ? model.order[stages[at]!] : model.stages[answer.aboutStage]
        answers.push({ answer, stage, channel: firstChannel })
      }
    },
    finish() {
      if (answers.length === 0) return undefined
      const surveys = SATISFACTION_KINDS.flatMap((kind): SurveyFacts[] => {
        const own = answers.filter(({ answer }) => answer.kind === kind)
        if (own.length === 0) return []
        const by = (keyOf: (one: (typeof own)[number]) => string | undefined): (Score & { key: string })[] => {
          const groups = groupBy(own, keyOf)
          return Array.from(groups, ([key, list]) =>
            key === undefined
              ? []
              : [
                  {
                    key,
                    ...scoreOf(
                      kind,
                      list.map(({ answer }) => answer),
                    ),
                  },
                ],
          ).flat()
        }
        const places = new Map(model.order.map((stage, place) => [stage, place]))
        return [
          {
            kind,
            all: scoreOf(
              kind,
              own.map(({ answer }) => answer),
            ),
            byStage: by(({ stage }) => stage).sort((a, b) => places.get(a.key)! - places.get(b.key)!),
            byFirstChannel: by(({ channel }) => channel).sort(
              (a, b) => b.answers - a.answers || (a.key < b.key ? -1 : 1),
            ),
          },
        ]
      })
      return { surveys }
    },
  }
}

/**
 * NPS: promoters (9–10 of 10) less detractors (0–6), in points. CSAT: the share of the upper two of five, in per cent
 * (of other scales, the upper 40 %). CES and ratings: the mean.
 */
export function scoreOf(kind: SatisfactionKind, answers: readonly Answer[]): Score {
  const count = answers.length
  if (kind === 'csat') {
    const satisfied = answers.filter(({ score, scale }) => score > 0.6 * scale).length
    const [low, high] = wilson(satisfied, count)
    return { score: (100 * satisfied) / count, interval: [100 * low, 100 * high], answers: count }
  }
  const values =
    kind === 'nps'
      ? answers.map(({ score, scale }) => {
          const ofTen = (10 * score) / scale
          return ofTen >= 9 ? 100 : ofTen <= 6 ? -100 : 0
        })
      : answers.map(({ score }) => score)
  const top = Math.max(...new Set(answers.map(({ scale }) => scale)))
  const { mean, interval } = meanOf(values, kind === 'nps' ? [-100, 100] : [lowestOf(kind), top])
  return { score: mean, interval, answers: count }
}
