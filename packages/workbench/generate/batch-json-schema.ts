import { EVENT_NAMES } from '@jejak/events'
import {
  batchSchema,
  envelopeSchema,
  eventPropertiesSchemas,
  itemSchema,
  pageSchema,
  shippingOptionSchema,
  touchpointSchema,
} from '@jejak/events/schemas'
import { z } from 'zod'

/** `batch.schema.json`: what is sent, for people who write a collector in another language. */
export function batchJsonSchema(): string {
  const named = z.registry<{ id: string }>()
  const parts = { batch: batchSchema, envelope: envelopeSchema, page: pageSchema, touchpoint: touchpointSchema }
  for (const [id, schema] of Object.entries({ ...parts, item: itemSchema, shipping_option: shippingOptionSchema }))
    named.add(schema, { id })
  for (const name of EVENT_NAMES) named.add(eventPropertiesSchemas[name], { id: `properties of ${name}` })

  // Read as input: fields that this version does not know are no fault of the sender.
  const { schemas } = z.toJSONSchema(named, { io: 'input', uri: id => `#/$defs/${id.replaceAll(' ', '_')}` })
  const definitions = Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => {
    return [id.replaceAll(' ', '_'), schema]
  })
  const { batch, ...$defs } = Object.fromEntries(definitions)
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Jejak batch',
    description:
      'One request of a Jejak tracker. `$defs/properties_of_…` tell what the properties of each standard event hold.',
    ...batch,
    $defs,
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}
