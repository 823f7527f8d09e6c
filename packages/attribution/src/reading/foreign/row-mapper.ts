import { JOURNEY_STAGES, UTM_PARAMETERS, orderEventId, stageOf } from '@jejak/events'
import type { JourneyStage, StoredEvent, Touchpoint } from '@jejak/events'
import { channelReferrer } from '../../channels/given-channel.ts'
import { readLandingParameters } from '../../channels/landing-parameters.ts'
import { checkEvent } from '../event-row.ts'
import type { EventRow } from '../event-row.ts'
import { createSessions } from './arrivals-in-sessions.ts'
import { contentOf, idOf, uuidOf } from './content-id.ts'
import type { EventMapping, Field, ForeignRow, MappingOptions } from './event-mapping.ts'
import { timeReader } from './foreign-time.ts'
import { refusalOf } from './refused-row.ts'
import { propertiesReader } from './row-properties.ts'
import { fieldReader, numberIfOne, recordOf, textOf } from './row-field.ts'

/** Makes an event of a row, or says why it is none. `place` names the row: its file and line. */
export type RowMapper = (row: ForeignRow, place: string) => EventRow

/** As the tracker cuts them. */
const LONGEST = { url: 4_096, title: 1_000, utm: 500, type: 100, userAgent: 1_000 } as const

/** Makes the mapper of one reading: it remembers the sessions that it has begun. */
export function createRowMapper(mapping: EventMapping, options: Required<MappingOptions>): RowMapper {
  const { ids, sessionMinutes, stageRules } = options
  const nothing = (_row: ForeignRow): undefined => undefined
  const reader = (field: Field | undefined) => (field === undefined ? nothing : fieldReader(field))
  const text = (field: Field | undefined) => {
    const read = reader(field)
    return (row: ForeignRow) => textOf(read(row))
  }
  const readName = text(mapping.name)
  const readTime = reader(mapping.time)
  const readReceived = reader(mapping.received_at)
  const [readVisitor, readUser, readAccount] = [mapping.visitor_id, mapping.user_id, mapping.account_id].map(text)
  const [readId, readSession, readKind, readStage] = [mapping.id, mapping.session_id, mapping.kind, mapping.stage].map(
    text,
  )
  const [readNumber, readSequence, readBot] = [mapping.session_number, mapping.sequence, mapping.bot].map(reader)
  const [readUrl, readTitle, readType, readReferrer, readChannel, readAgent] = [
    mapping.url,
    mapping.title,
    mapping.page_type,
    mapping.referrer,
    mapping.channel,
    mapping.user_agent,
  ].map(text)
  const readUtm = UTM_PARAMETERS.flatMap(name => (mapping[name] ? [{ name, read: text(mapping[name]) }] : []))
  const readClicks = reader(mapping.click_ids)
  const readProperties = propertiesReader(mapping)
  const names = mapping.names && new Map(Object.entries(mapping.names).map(([key, name]) => [plainName(key), name]))
  const toTime = timeReader(options.timeUnit, options.timeZone)
  const sessionOf = createSessions(sessionMinutes * 60_000, (visitor, start) => uuidOf(`${visitor}\n${start}`))

  function read(row: ForeignRow, place: string): EventRow {
    const given = readName(row)?.trim()
    if (given === undefined || given === '') return { reason: 'name: the row has none' }
    const timeValue = readTime(row)
    const time = toTime(timeValue)
    if (time === undefined || !(time >= 0)) return { reason: timeReason(timeValue) }
    const user = readUser!(row)
    const ownVisitor = readVisitor!(row)
    const visitor = ownVisitor ?? (user !== undefined && user.length > 200 ? uuidOf(user) : user)
    if (visitor === undefined) return { reason: 'visitor_id: the row has neither a visitor nor a user' }

    const isView = /^(view|impression)$/i.test(readKind!(row)?.trim() ?? '')
    const name = isView ? 'ad_impression' : (names?.get(plainName(given)) ?? given)
    const account = readAccount!(row)
    const session = readSession!(row)
    const url = readUrl!(row)?.trim()
    const evidence = readEvidence(row, url)
    const properties = readProperties(row)
    if (typeof properties === 'string') return { reason: properties }
    if (isView) nameContact(properties, evidence)

    const id = eventId(row, place, () => [given, time, visitor, user, account, session, url, evidence.evidence], {
      name,
      properties,
    })
    const open = sessionOf(visitor, time, session)
    const told = readStage!(row)
    if (told !== undefined && !isStage(told)) return { reason: `stage: expected one of ${JOURNEY_STAGES.join(', ')}` }
    const pageType = readType!(row)?.slice(0, LONGEST.type)
    const stage = stageOf({ name, stage: told, path: pathOf(url), pageType, lastStage: open.stage }, stageRules)
    if (stage) open.stage = stage

    const counted = open.nextSequence()
    const touch = isView
      ? undefined
      : open.touch({ url: url?.slice(0, LONGEST.url), isPageView: name === 'page_view', ...evidence })
    const title = readTitle!(row)
    const referrer = readReferrer!(row)
    const agent = readAgent!(row)
    const bot = readBot!(row)
    const event: { -readonly [Key in keyof StoredEvent]: unknown } = {
      id,
      name,
      stage,
      time,
      visitor_id: visitor,
      ...(user !== undefined && { user_id: user }),
      ...(account !== undefined && { account_id: account }),
      session_id: open.id,
      session_number: numberIfOne(readNumber!(row)) ?? open.number,
      sequence: numberIfOne(readSequence!(row)) ?? counted,
      ...(url && {
        page: {
          url: url.slice(0, LONGEST.url),
          ...(title && { title: title.slice(0, LONGEST.title) }),
          ...(referrer && { referrer: referrer.slice(0, LONGEST.url) }),
          ...(pageType && { type: pageType }),
        },
      }),
      ...(touch && { touch }),
      consent: 'granted',
      properties,
      received_at: toTime(readReceived(row)) ?? time,
      corrected_time: time,
      ...((bot === true || /^(true|1)$/i.test(textOf(bot) ?? '')) && { bot: true }),
      ...(agent && { user_agent: agent.slice(0, LONGEST.userAgent) }),
    }
    return checkEvent(event)
  }

  function readEvidence(row: ForeignRow, url: string | undefined) {
    const told: { -readonly [Key in keyof Touchpoint]?: Touchpoint[Key] } = url ? readLandingParameters(url) : {}
    for (const { name, read: readValue } of readUtm) {
      const value = readValue(row)?.trim()
      if (value) told[name] = value.slice(0, LONGEST.utm)
    }
    const clicks = recordOf(readClicks(row))
    if (clicks) {
      const parameters = Object.entries(clicks).map(([key, value]) => [key, textOf(value) ?? ''])
      const { click_ids } = readLandingParameters(
        `?${new URLSearchParams(parameters as [string, string][]).toString()}`,
      )
      if (click_ids) told.click_ids = { ...told.click_ids, ...click_ids }
    }
    const hasCampaign = Object.keys(told).length > 0
    const channel = readChannel!(row)?.trim()
    const referrer = readReferrer!(row)?.trim()
    if (channel) told.referrer = channelReferrer(channel)
    else if (referrer) told.referrer = referrer.slice(0, LONGEST.url)
    const internal = !channel && !hasCampaign && referrer !== undefined && hostOf(referrer) === hostOf(url)
    return { evidence: told, internal: internal && referrer !== '' }
  }

  function eventId(
    row: ForeignRow,
    place: string,
    facts: () => readonly unknown[],
    { name, properties }: Pick<StoredEvent, 'name' | 'properties'>,
  ): string {
    const given = readId!(row)
    if (given !== undefined) return idOf(given)
    if (ids === 'row') return uuidOf(place)
    return orderEventId(name, properties) ?? uuidOf(contentOf(facts(), properties))
  }

  return (row, place) => {
    try {
      return read(row, place)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal !== undefined) return { reason: refusal }
      // A function of the mapping did not expect such a row. What it says may quote the row, so only its kind is told.
      return { reason: `the mapping failed on the row: ${error instanceof Error ? error.name : 'an error'}` }
    }
  }
}

/** `Order Completed`, `order_completed` and `orderCompleted` are one name. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function timeReason(value: unknown): string {
  if (value === undefined) return 'time: the row has none'
  const isNumber = /^-?\d+(\.\d+)?$/.test(textOf(value)?.trim() ?? '')
  return isNumber
    ? 'time: the number does not tell its unit, or is before 1970: `timeUnit` says it'
    : 'time: expected ISO 8601, such as 2026-01-31T10:00:00+07:00, or a number since the epoch'
}

/** An advertisement that was seen says itself whose it was: there was no arrival to have evidence of. */
function nameContact(properties: Record<string, unknown>, { evidence }: { readonly evidence: Partial<Touchpoint> }) {
  const { utm_source: source, utm_medium: medium, utm_campaign: campaign, referrer } = evidence
  const channel = referrer?.startsWith('channel:') ? referrer.slice('channel:'.length) : undefined
  for (const [key, value] of Object.entries({ source, medium, campaign, channel })) {
    if (value !== undefined) properties[key] ??= value
  }
}

function isStage(text: string): text is JourneyStage {
  return (JOURNEY_STAGES as readonly string[]).includes(text)
}

function hostOf(url: string | undefined): string | undefined {
  return /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url ?? '')?.[1]?.toLowerCase()
}

function pathOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)/i.exec(url)?.[1] || '/'
}
