import type { ReportFacts } from '../facts/report-facts.ts'
import { creditWords } from '../words/credit-words.ts'
import { chosenModel, disputeSentence } from './credit-finding.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

/** The few numbers that everything else is a part of, and the finding that matters most. */
export const drawHeadline: DrawPicture = (facts, context) => {
  if (facts.totals.journeys === 0) return undefined
  const words = creditWords[context.language]
  const figures = figuresOf(facts, context)
  return {
    id: 'headline',
    title: words.headlineTitle,
    views: [
      {
        name: 'all',
        sentence: sentenceOf(facts, context),
        drawing: (
          <dl class="credit-figures">
            {figures.map(([name, figure]) => (
              <div>
                <dt>{name}</dt>
                <dd>{figure}</dd>
              </div>
            ))}
          </dl>
        ),
      },
    ],
  }
}

function figuresOf({ totals, from, to }: ReportFacts, { language, formats }: PictureContext): [string, string][] {
  const words = creditWords[language]
  const { persons, sessions, journeys, conversions, value, repeatConversions } = totals
  // Counted paths know neither people nor sessions: none is not the same as unknown.
  const figures: ([string, string] | undefined)[] = [
    persons > 0 ? [words.people, formats.number(persons)] : undefined,
    sessions > 0 ? [words.sessions, formats.number(sessions)] : undefined,
    [words.conversions, formats.number(conversions)],
    value === 0 ? undefined : [words.value, formats.money(value)],
    value === 0 || conversions === 0 ? undefined : [words.perConversion, formats.money(value / conversions)],
    conversions > journeys ? undefined : [words.convertedShare, formats.share(conversions / journeys, 1)],
    repeatConversions === undefined || conversions === 0
      ? undefined
      : [words.repeatShare, formats.share(repeatConversions / conversions, 1)],
    from === null || to === null ? undefined : [words.period, words.fromTo(formats.date(from), formats.date(to))],
  ]
  return figures.filter(figure => figure !== undefined)
}

function sentenceOf({ totals, credit, trend }: ReportFacts, { language, formats, minimum }: PictureContext): string {
  const words = creditWords[language]
  if (totals.conversions === 0) return words.noConversion(totals.journeys, formats)
  const [first] = credit
  // Of a single channel there is nothing to disagree about.
  const dispute =
    first && first.rows.length > 1
      ? disputeSentence(first, minimum, chosenModel(first, trend?.model), words, formats)
      : undefined
  return dispute ?? words.conversionsOf(totals.conversions, totals.journeys, formats)
}
