import { buildJourneys } from '@jejak/attribution'
import type { Journey, JourneyOptions } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { channels } from './event.ts'

/** `ann: google > email => purchase`, or without the end if it led to none; `=> no lead` if it led to none of a kind. */
export function inWords({ person, touches, conversion, missed }: Journey): string {
  const path = `${person}: ${touches.map(touch => touch.channel).join(' > ')}`
  if (conversion) return `${path} => ${conversion.name}`
  return missed === undefined ? path : `${path} => no ${missed === '' ? 'conversion' : missed}`
}

/** The journeys that are built from the events, in words. */
export async function journeysFrom(
  events: readonly StoredEvent[],
  options: Omit<JourneyOptions, 'channels'> = {},
): Promise<string[]> {
  const { journeys } = await buildJourneys(events, { channels, ...options })
  return Array.from(journeys, inWords)
}
