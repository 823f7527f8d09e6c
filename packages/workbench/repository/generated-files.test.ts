import { expect, test } from 'vitest'
import { batchJsonSchema } from '../generate/batch-json-schema.ts'
import { eventsReference } from '../generate/events-reference.ts'
import { modelsReference } from '../generate/models-reference.ts'

// `npm run generate` runs this file with --update, which writes what it would otherwise compare.
test('docs/events.md says what the vocabulary holds', async () => {
  await expect(eventsReference()).toMatchFileSnapshot('../../../docs/events.md')
})

test('packages/events/batch.schema.json is the schema of a batch', async () => {
  await expect(batchJsonSchema()).toMatchFileSnapshot('../../events/batch.schema.json')
})

test('docs/attribution-models.md says what the models say of themselves', async () => {
  await expect(modelsReference()).toMatchFileSnapshot('../../../docs/attribution-models.md')
})
