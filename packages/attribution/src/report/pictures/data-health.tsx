import { DROP_REASONS } from '@jejak/events'
import type { HealthFacts } from '../facts/report-facts.ts'
import { qualityWords } from '../words/quality-words.ts'
import type { HealthWords } from '../words/quality-words.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

const ID = 'data-health'

/** Why events are given up that somebody wanted. What a visitor or the page itself withholds is no fault. */
const FAULTS = DROP_REASONS.filter(reason => reason !== 'consent' && reason !== 'filtered')

interface Check {
  readonly name: keyof HealthWords
  readonly told: string
  readonly isFine: boolean
}

/** How sound the data are: what is missing, what was refused, whose clock is wrong. */
export const drawDataHealth: DrawPicture = ({ health }, context) => {
  if (!health || health.events === 0) return undefined
  const words = qualityWords[context.language]
  const checks = checksOf(health, context)
  const open = checks.filter(({ isFine }) => !isFine).map(({ name }) => words.health[name].name)
  return {
    id: ID,
    title: words.healthTitle,
    views: [
      {
        name: 'all',
        sentence: words.healthSentence(open, context.formats),
        drawing: (
          <ul class="quality-checks">
            {checks.map(({ name, told, isFine }) => (
              <li class={isFine ? 'fine' : 'open'}>
                <strong>{isFine ? words.fine : words.look}</strong> {words.health[name].name}: {told}.
                {!isFine && <span> {words.health[name].advice}</span>}
              </li>
            ))}
          </ul>
        ),
      },
    ],
  }
}

function checksOf(health: HealthFacts, context: PictureContext): Check[] {
  const { formats } = context
  const { events, touches, visitors, consent, skewSeconds, delaySeconds } = health
  const part = (count: number, of: number): string =>
    `${formats.number(count)} (${formats.share(of === 0 ? 0 : count / of, 1)})`
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of)
  const given = consent.find(({ state }) => state === 'granted')?.events ?? 0
  const seconds = (times: NonNullable<HealthFacts['skewSeconds']>): string =>
    `${formats.duration(times.median * 1_000)} · 99%: ${formats.duration(times.p99 * 1_000)}`
  return [
    { name: 'consent', told: part(given, events), isFine: share(given, events) >= 0.5 },
    { name: 'direct', told: part(health.direct, touches), isFine: share(health.direct, touches) <= 0.4 },
    { name: 'unassigned', told: part(health.unassigned, touches), isFine: share(health.unassigned, touches) <= 0.05 },
    { name: 'lost', told: part(health.identityLost, visitors), isFine: share(health.identityLost, visitors) <= 0.1 },
    { name: 'joined', told: formats.number(health.joined), isFine: true },
    { name: 'bots', told: part(health.bots, events + health.bots), isFine: share(health.bots, events) <= 0.2 },
    { name: 'doubles', told: part(health.doubles, events), isFine: share(health.doubles, events) <= 0.05 },
    { name: 'badRows', told: formats.number(health.badRows), isFine: health.badRows === 0 },
    { name: 'duplicates', told: formats.number(health.duplicateConversions), isFine: true },
    ...(skewSeconds ? [{ name: 'skew' as const, told: seconds(skewSeconds), isFine: skewSeconds.p99 <= 3_600 }] : []),
    ...(delaySeconds
      ? [{ name: 'delay' as const, told: seconds(delaySeconds), isFine: delaySeconds.median <= 60 }]
      : []),
    {
      name: 'dropped',
      told: givenUp(health.dropped, context),
      isFine: FAULTS.every(reason => !health.dropped[reason]),
    },
  ]
}

/** How many, and of what reasons. */
function givenUp(dropped: HealthFacts['dropped'], { formats, language }: PictureContext): string {
  const reasons = DROP_REASONS.filter(reason => dropped[reason])
  const all = formats.number(reasons.reduce((sum, reason) => sum + dropped[reason]!, 0))
  if (reasons.length === 0) return all
  const words = qualityWords[language].dropReasons
  return `${all} (${reasons.map(reason => `${words[reason]} ${formats.number(dropped[reason]!)}`).join(', ')})`
}
