import { z } from 'zod'
import { CONSENT_STATES } from './consent.ts'
import { DROP_REASONS, MAX_BATCH_EVENTS } from './envelope.ts'
import type { Batch, Envelope, Page, StoredEvent } from './envelope.ts'
import { EVENTS } from './event.ts'
import type { EventProperties } from './event.ts'
import { EVENT_NAMES } from './event-name.ts'
import type { EventName } from './event-name.ts'
import type { Item } from './item.ts'
import { JOURNEY_STAGES } from './journey-stage.ts'
import { PROPERTIES } from './property.ts'
import type { PropertyName, PropertyTypes } from './property.ts'
import type { ShippingOption } from './shipping-option.ts'
import { CLICK_IDS, PERSONAL_CLICK_IDS, UTM_PARAMETERS } from './touchpoint.ts'
import type { ClickId, Touchpoint } from './touchpoint.ts'

/**
 * `schema`, as the schema of a hand-written type. The type is the truth: a schema that gives anything more or less
 * does not compile.
 */
function schemaOf<Type>() {
  return <Schema extends z.ZodType>(schema: Schema & Exactly<z.output<Schema>, Type>): z.ZodType<Type> =>
    schema as unknown as z.ZodType<Type>
}

type Exactly<Output, Type> =
  (<T>() => T extends Flat<Output> ? 1 : 2) extends <T>() => T extends Flat<Type> ? 1 : 2
    ? unknown
    : { 'this schema does not produce the type': [Output, Type] }

/** Intersections and interfaces written out, so that only their members are compared. */
type Flat<Type> = Type extends string | number | boolean | null | undefined
  ? Type
  : Type extends readonly (infer Element)[]
    ? Flat<Element>[]
    : { [Key in keyof Type]: Flat<Type[Key]> }

const text = (longest: number): z.ZodString => z.string().max(longest)
const word = (longest: number): z.ZodString => z.string().min(1).max(longest)

/** A time that JavaScript can hold: milliseconds since the epoch, not before it. */
const milliseconds = z.int().min(0).max(8.64e15)

const maybe = text(500).exactOptional()

const itemShape = {
  item_id: word(200),
  item_name: maybe,
  affiliation: maybe,
  coupon: maybe,
  discount: z.number().exactOptional(),
  index: z.number().exactOptional(),
  item_brand: maybe,
  item_category: maybe,
  item_category2: maybe,
  item_category3: maybe,
  item_category4: maybe,
  item_category5: maybe,
  item_list_id: maybe,
  item_list_name: maybe,
  item_variant: maybe,
  location_id: maybe,
  price: z.number().exactOptional(),
  quantity: z.number().exactOptional(),
}

export const itemSchema: z.ZodType<Item> = schemaOf<Item>()(z.object(itemShape))

const shippingOptionShape = {
  tier: word(200),
  price: z.number().exactOptional(),
  carrier: maybe,
  earliest: maybe,
  latest: maybe,
}

export const shippingOptionSchema: z.ZodType<ShippingOption> = schemaOf<ShippingOption>()(z.object(shippingOptionShape))

const url = text(4_096)

export const pageSchema: z.ZodType<Page> = schemaOf<Page>()(
  z.object({
    url,
    title: text(1_000).exactOptional(),
    referrer: url.exactOptional(),
    type: text(100).exactOptional(),
  }),
)

const clickIdNames: readonly ClickId[] = [...CLICK_IDS, ...PERSONAL_CLICK_IDS]

export const touchpointSchema: z.ZodType<Touchpoint> = schemaOf<Touchpoint>()(
  z.object({
    landing: url,
    referrer: url.exactOptional(),
    ...optionalEach(UTM_PARAMETERS, text(1_000)),
    click_ids: z.object(optionalEach(clickIdNames, text(2_000))).exactOptional(),
  }),
)

const droppedSchema = z.object(optionalEach(DROP_REASONS, z.int().min(0)))

const envelopeShape = {
  id: z.guid(),
  name: word(100),
  stage: z.enum(JOURNEY_STAGES).nullable(),
  time: milliseconds,
  visitor_id: word(200),
  user_id: word(2_000).exactOptional(),
  account_id: word(2_000).exactOptional(),
  session_id: word(200),
  session_number: z.int().min(1),
  sequence: z.int().min(0),
  page: pageSchema.exactOptional(),
  touch: touchpointSchema.exactOptional(),
  consent: z.enum(CONSENT_STATES),
  properties: z.record(z.string(), z.unknown()),
}

export const envelopeSchema: z.ZodType<Envelope> = schemaOf<Envelope>()(z.object(envelopeShape))

export const batchSchema: z.ZodType<Batch> = schemaOf<Batch>()(
  z.object({ ...batchHeader(), events: z.array(envelopeSchema).max(MAX_BATCH_EVENTS) }),
)

/** A batch whose events have not been looked at yet: one bad event is no reason to refuse the others. */
export const batchOfUnknownsSchema: z.ZodType<Omit<Batch, 'events'> & { events: unknown[] }> = z.object({
  ...batchHeader(),
  events: z.array(z.unknown()).max(MAX_BATCH_EVENTS),
})

export const storedEventSchema: z.ZodType<StoredEvent> = schemaOf<StoredEvent>()(
  z.object({
    ...envelopeShape,
    received_at: milliseconds,
    corrected_time: milliseconds,
    bot: z.literal(true).exactOptional(),
    user_agent: text(2_000).exactOptional(),
    ip: text(100).exactOptional(),
    device_visitor_id: word(200).exactOptional(),
    dropped: droppedSchema.exactOptional(),
  }),
)

type PropertyTypeSchemas = Readonly<Record<keyof PropertyTypes, z.ZodType>>

/** What each type of property may be. A type without a schema does not compile, nor one with a wrong one. */
const propertyTypeSchemas: { readonly [Type in keyof PropertyTypes]: z.ZodType<PropertyTypes[Type]> } = {
  string: text(10_000),
  number: z.number(),
  boolean: z.boolean(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'expected three capital letters, such as IDR'),
  date_time: z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })]),
  record: z.record(z.string(), z.union([text(2_000), z.number(), z.boolean(), z.array(text(2_000)), z.null()])),
  items: z.array(itemSchema).max(1_000),
  shipping_options: z.array(shippingOptionSchema).max(100),
  stage: z.enum(JOURNEY_STAGES),
  consent: z.enum(CONSENT_STATES),
}

/** The same where items and shipping options may lack anything too, and a number will do for a text. */
const partialTypeSchemas: PropertyTypeSchemas = {
  ...propertyTypeSchemas,
  string: z.union([propertyTypeSchemas.string, z.number()]),
  items: z.array(nullishEach(itemShape)).max(1_000),
  shipping_options: z.array(nullishEach(shippingOptionShape)).max(100),
}

export type EventPropertiesSchemas = { readonly [Name in EventName]: z.ZodType<EventProperties<Name>> }

/** What each standard event must carry, by its name. Properties nobody knows are let through. */
export const eventPropertiesSchemas: EventPropertiesSchemas = propertiesSchemas(
  propertyTypeSchemas,
  schema => schema,
) as unknown as EventPropertiesSchemas

/**
 * The same with nothing required and `null` for "none", in items too: what is there must be of its type, but a number
 * will do where a text is meant, since order numbers often are numbers. For whoever would rather have an incomplete
 * event than none.
 */
export const partialPropertiesSchemas: Readonly<Record<EventName, z.ZodType<Record<string, unknown>>>> =
  propertiesSchemas(partialTypeSchemas, schema => schema.nullish())

// The schemas are put together from the same table as the types, property by property, each checked above.
function propertiesSchemas(
  types: PropertyTypeSchemas,
  required: (schema: z.ZodType) => z.ZodType,
): Readonly<Record<EventName, z.ZodType<Record<string, unknown>>>> {
  const schemaFor = (name: PropertyName) => {
    const property = PROPERTIES[name]
    return property.type === 'choice' ? z.enum(property.of) : types[property.type]
  }
  const schemas = EVENT_NAMES.map(name => {
    const shape = [
      ...EVENTS[name].required.map(property => [property, required(schemaFor(property))]),
      ...EVENTS[name].optional.map(property => [property, schemaFor(property).nullish()]),
    ]
    return [name, z.looseObject(Object.fromEntries(shape))]
  })
  return Object.fromEntries(schemas) as Record<EventName, z.ZodType<Record<string, unknown>>>
}

// A function, because every schema needs its own object to spread.
function batchHeader() {
  return {
    schema: z.literal(1),
    sent_at: milliseconds,
    library: z.object({ name: text(100), version: text(100) }),
    write_key: text(200).exactOptional(),
    dropped: droppedSchema.exactOptional(),
  }
}

function optionalEach<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  return Object.fromEntries(names.map(name => [name, schema.exactOptional()])) as {
    [Each in Name]: z.ZodExactOptional<Schema>
  }
}

/** Any of the fields may be missing, null or a number, and others may be there. */
function nullishEach(shape: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const fields = Object.entries(shape).map(([name, schema]) => [name, z.union([schema, z.number()]).nullish()])
  return z.looseObject(Object.fromEntries(fields))
}
