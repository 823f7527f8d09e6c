import type { CreditFacts } from '../facts/report-facts.ts'
import type { CreditWords, Dispute } from '../words/credit-words.ts'
import type { Formats } from '../words/formats.ts'
import { isolatedName } from './isolated-name.ts'

/** Below this, models that differ do not differ by anything one would notice: in conversions. */
const HARDLY = 0.5

/** What models are called: by name, and with their options where two have the same name. */
export function modelNames({ models }: CreditFacts): string[] {
  const names = models.map(({ name }) => name)
  return models.map(({ name, asWritten }) => (names.filter(other => other === name).length > 1 ? asWritten : name))
}

/** The place of the model whose intervals are drawn: that of the trend, or Markov, or the last that has intervals. */
export function chosenModel(credit: CreditFacts, preferred: string | undefined): number {
  const has = (place: number): boolean => credit.rows.some(({ credits }) => credits[place]?.interval)
  const named = credit.models.findIndex(({ name, asWritten }) => name === preferred || asWritten === preferred)
  if (named !== -1) return named
  const markov = credit.models.findIndex(({ name }) => name === 'markov')
  if (markov !== -1) return markov
  const last = credit.models.findLastIndex((_, place) => has(place))
  return last === -1 ? credit.models.length - 1 : last
}

/** Who is first, as far as the models agree. Of rows that are shown under their name. */
export function leaderSentence(credit: CreditFacts, shown: number, words: CreditWords, formats: Formats): string {
  const rows = credit.rows.slice(0, shown)
  const [first] = rows
  if (!first) return ''
  const name = isolatedName(first.key)
  if (credit.rows.length === 1) return words.only(name)
  const amounts = (place: number): number[] => credit.rows.map(({ credits }) => credits[place]?.conversions ?? 0)
  const own = first.credits.map(({ conversions }) => conversions)
  const leads = (place: number): boolean => amounts(place).every((amount, at) => at === 0 || amount < (own[place] ?? 0))
  const ledBy = own.filter((_, place) => leads(place)).length
  const names = modelNames(credit)
  if (names.length === 1 && ledBy === 1) {
    return words.leadsByOne(name, isolatedName(names[0]!), own[0]!, first.credits[0]!.share, formats)
  }
  if (ledBy === names.length) return words.leadsAlways(name)
  const mean = meanOf(own)
  const isTied = credit.rows.some(
    ({ credits }, at) => at > 0 && meanOf(credits.map(({ conversions }) => conversions)) > mean - 1e-9,
  )
  return words.leads({ name, isTied }, ledBy, names.length, formats)
}

/** On whom the models agree the least. Undefined where there are not two to compare, or the one is too small to name. */
export function disputeSentence(
  credit: CreditFacts,
  minimum: number,
  chosen: number,
  words: CreditWords,
  formats: Formats,
): string | undefined {
  if (credit.models.length < 2 || credit.rows.length === 0) return undefined
  const spread = ({ credits }: CreditFacts['rows'][number]): number => {
    const all = credits.map(({ conversions }) => conversions)
    return Math.max(...all) - Math.min(...all)
  }
  if (credit.rows.every(row => spread(row) <= HARDLY)) return words.agree
  const row = credit.rows.reduce((widest, other) => (spread(other) > spread(widest) ? other : widest))
  const all = row.credits.map(({ conversions }) => conversions)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  if (most < minimum) return undefined
  const names = modelNames(credit)
  const bounds = row.credits[chosen]?.interval?.conversions
  const dispute: Dispute = {
    name: isolatedName(row.key),
    least,
    most,
    leastBy: isolatedName(names[all.indexOf(least)]!),
    mostBy: isolatedName(names[all.indexOf(most)]!),
    ...(bounds && credit.level !== undefined
      ? {
          chosen: {
            model: isolatedName(names[chosen]!),
            conversions: all[chosen]!,
            low: bounds[0],
            high: bounds[1],
            level: credit.level,
          },
        }
      : {}),
  }
  return words.disagree(dispute, formats)
}

/** How many rows, from the greatest, are shown under their name: no more than `most`, none of fewer than `minimum`. */
export function namedRows({ rows }: CreditFacts, most: number, minimum: number): number {
  const isSmall = ({ credits }: CreditFacts['rows'][number]): boolean =>
    credits.every(({ conversions }) => conversions < minimum)
  const small = rows.findIndex(isSmall)
  const named = Math.min(most, small === -1 ? rows.length : small)
  // One more line costs no more room than "other (1)" would.
  return named === most && rows.length === most + 1 && small === -1 ? named + 1 : named
}

function meanOf(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length)
}
