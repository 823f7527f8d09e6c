import { JOURNEY_STAGES } from '@jejak/events'
import type { JourneyStage, StoredEvent } from '@jejak/events'
import type { ChosenStageModel } from '../chosen-stage-model.ts'
import { wrongOption } from './wrong-option.ts'

/**
 * What counts as a conversion: events of a name, or of several; `stage:NAME`, the first time that a person reaches a
 * stage; or a function that says it of an event.
 */
export type ConversionRule = string | readonly string[] | ((event: StoredEvent) => boolean)

/** How often a person can convert: each time, or only the first. */
export const CONVERSION_COUNTS = ['every', 'once'] as const

export type ConversionCount = (typeof CONVERSION_COUNTS)[number]

/** One kind of conversion of several. */
export interface ConversionDefinition {
  readonly events: ConversionRule
  /**
   * What a conversion is worth: the name of a property, a fixed number, or a function. A function may give undefined
   * or null for "nothing". Default: the property `value`.
   */
  readonly value?: string | number | ((event: StoredEvent) => number | null | undefined)
  /** The currency of the value where the event names none. */
  readonly currency?: string
  /** Default: `every`. */
  readonly count?: ConversionCount
}

/** Kinds of conversions by the name they are to have; a rule alone stands for `{ events: rule }`. */
export type ConversionDefinitions = Readonly<Record<string, ConversionRule | ConversionDefinition>>

/** A definition that was read and checked. */
export interface Definition {
  /** Definitions of one group start each other afresh where a conversion resets; others know nothing of each other. */
  readonly group: number
  readonly once: boolean
  readonly currency: string | undefined
  /** The only events that may meet it; undefined where a function says which do. */
  readonly among: EventsAmong | undefined
  /** What all its conversions are called; undefined: each as its event. */
  readonly name: string | undefined
  /** What the conversion of this event is called. */
  nameOf(event: StoredEvent): string
  /** Undefined: the event is no conversion. */
  match(event: StoredEvent): Match | undefined
  /** What the event is worth; may be anything, as events may hold anything. */
  valueOf(event: StoredEvent): unknown
}

/** All events with one of these names, or in one of these stages. */
interface EventsAmong {
  readonly names: ReadonlySet<string>
  readonly stages: ReadonlySet<JourneyStage>
}

interface Match {
  /** It counts whenever it happens. Otherwise only the first time that the stage is reached. */
  readonly always: boolean
  /** The stage that the event is in, if that stage is a conversion. */
  readonly stage: string | undefined
}

const STAGE_PREFIX = 'stage:'

/**
 * The definitions in `conversions`, or those that the simple `conversion` stands for: one for each name in it, in one
 * group, called as the event.
 *
 * @throws {TypeError} if a definition is not what it should be, names nothing, or a stage that the model does not have.
 */
export function readDefinitions(
  conversion: ConversionRule | undefined,
  conversions: ConversionDefinitions | undefined,
  model: ChosenStageModel,
): readonly Definition[] {
  if (conversions === undefined) {
    const rule = conversion ?? 'purchase'
    const rules = typeof rule === 'function' ? [rule] : [...new Set(namesIn(rule, 'conversion'))]
    return rules.map(part =>
      definition(
        { events: part },
        { group: 0, name: typeof part === 'string' ? part : undefined },
        'conversion',
        model,
      ),
    )
  }
  if (conversion !== undefined) {
    throw wrongOption('conversions', 'the only one: `conversion` is for a single kind', 'both')
  }
  if (typeof conversions !== 'object' || conversions === null || Array.isArray(conversions)) {
    throw wrongOption('conversions', "definitions by name, such as { lead: 'generate_lead' }", conversions)
  }
  const entries = Object.entries(conversions)
  if (entries.length === 0) throw wrongOption('conversions', 'one definition at least', 'none')
  return entries.map(([name, own], group) => {
    const at = `conversions.${name}`
    if (name === '') throw wrongOption('conversions', 'a name for each definition', '""')
    const isRule = typeof own === 'string' || typeof own === 'function' || Array.isArray(own)
    if (!isRule && (typeof own !== 'object' || own === null)) {
      throw wrongOption(at, 'events, such as "purchase", or { events, value, count }', own)
    }
    return definition(isRule ? { events: own } : (own as ConversionDefinition), { group, name }, at, model)
  })
}

function definition(
  { events, value = 'value', currency, count = 'every' }: ConversionDefinition,
  { group, name }: { readonly group: number; readonly name: string | undefined },
  at: string,
  model: ChosenStageModel,
): Definition {
  if (!CONVERSION_COUNTS.includes(count)) throw wrongOption(`${at}.count`, CONVERSION_COUNTS.join(' or '), count)
  if (currency !== undefined && (typeof currency !== 'string' || currency === '')) {
    throw wrongOption(`${at}.currency`, 'the code of a currency, such as "IDR"', currency)
  }
  return {
    group,
    currency,
    once: count === 'once',
    name,
    nameOf: event => name ?? event.name,
    ...matcher(events, at, model),
    valueOf: valueReader(value, at),
  }
}

function valueReader(value: unknown, at: string): Definition['valueOf'] {
  if (typeof value === 'function') return value as Definition['valueOf']
  if (typeof value === 'number' && Number.isFinite(value)) return () => value
  if (typeof value === 'string' && value !== '') {
    return ({ properties }) => (Object.hasOwn(properties, value) ? properties[value] : undefined)
  }
  throw wrongOption(`${at}.value`, 'the name of a property, a number, or a function', value)
}

function matcher(rule: ConversionRule, at: string, model: ChosenStageModel): Pick<Definition, 'match' | 'among'> {
  if (typeof rule === 'function') return { match: event => (rule(event) ? ALWAYS : undefined), among: undefined }

  const names = new Set(namesIn(rule, at))
  const ofStage = new Map<JourneyStage, Match>()
  for (const name of names) {
    if (!name.startsWith(STAGE_PREFIX)) continue
    const wanted = name.slice(STAGE_PREFIX.length)
    if (!model.order.includes(wanted)) {
      throw new TypeError(
        `buildJourneys: \`${at}\`: the stage model "${model.name}" has no stage "${wanted}"; ` +
          `its stages are ${model.order.join(', ')}`,
      )
    }
    for (const stage of JOURNEY_STAGES) {
      if (model.stages[stage] === wanted) ofStage.set(stage, { always: false, stage: wanted })
    }
  }
  const among = { names, stages: new Set(ofStage.keys()) }
  if (ofStage.size === 0) return { match: event => (names.has(event.name) ? ALWAYS : undefined), among }

  const match: Definition['match'] = event => {
    const byStage = event.stage === null ? undefined : ofStage.get(event.stage)
    if (!names.has(event.name)) return byStage
    return byStage ? { ...byStage, always: true } : ALWAYS
  }
  return { match, among }
}

const ALWAYS: Match = { always: true, stage: undefined }

function namesIn(rule: unknown, at: string): readonly string[] {
  const names: unknown = typeof rule === 'string' ? [rule] : rule
  const isList = Array.isArray(names) && names.every(name => typeof name === 'string')
  if (isList && names.length > 0 && !names.includes('')) return names
  const got = isList ? 'none' : rule
  throw wrongOption(at, 'the name of an event, such as "purchase", or "stage:NAME"', got)
}
