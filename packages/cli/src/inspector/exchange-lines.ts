import type { Exchange, InspectedEvent, Outcome } from './exchange.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

const WORDS: Readonly<Record<Outcome, string>> = {
  stored: '',
  duplicate: 'stored before',
  refused: 'refused',
  not_stored: 'not stored',
}

/** A request and its answer for a terminal: one line, and one or more for each event. */
export function exchangeLines(exchange: Exchange): string[] {
  const { at, status, from, accepted, duplicates, refused, dropped, findings, events } = exchange
  const counts =
    status === 200 ? `${accepted} accepted, ${duplicates} stored before, ${refused} refused` : 'nothing stored'
  const given = Object.entries(dropped).map(([reason, count]) => `${count} (${reason})`)
  return [
    `${clock.format(at)}  ${status}  ${counts}  from ${from}`,
    ...findings.flatMap(({ level, what, mend }) => [`  ${level === 'wrong' ? '✗' : '!'} ${what}`, `      → ${mend}`]),
    ...(given.length > 0 ? [`  ! the sender had to give up events: ${given.join(', ')}`] : []),
    ...events.flatMap(eventLines),
  ]
}

function eventLines({ name, outcome, stage, facts, channel, findings, bot }: InspectedEvent): string[] {
  const sign = outcome === 'refused' || outcome === 'not_stored' ? '✗' : findings.length > 0 ? '!' : '✓'
  const parts = [stage, WORDS[outcome], channel && `${channel.name}: ${channel.why}`, facts, bot && 'a program']
  return [
    `  ${sign} ${name.padEnd(20)} ${parts.filter(Boolean).join('  ·  ')}`.trimEnd(),
    ...findings.flatMap(({ what, mend }) => [`      ${what}`, `      → ${mend}`]),
  ]
}
