import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf, layerFaults, PACKAGE_IMPORTS, packageFaults } from './import-directions.ts'
import type { Imports, Layers } from './import-directions.ts'

const packages = new URL('../..', import.meta.url).pathname

/** Left imports nothing to its right. Change this only together with docs/architecture.md. */
const LAYERS: Readonly<Record<string, Layers>> = {
  events: [
    ['journey-stage.ts', 'consent.ts', 'item.ts', 'shipping-option.ts', 'touchpoint.ts', 'sha1.ts', 'pattern.ts'],
    ['stage-model.ts', 'page-type.ts', 'event-name.ts', 'property.ts', 'envelope.ts', 'event-id.ts'],
    ['event.ts', 'stage-rules.ts'],
    ['schemas.ts', 'index.ts'],
  ],
}

const files = sources().map((file): Imports => ({ file, from: importsOf(readFileSync(join(packages, file), 'utf8')) }))

describe('imports', () => {
  test('between packages go to events, or from the command line', () => {
    expect(files.flatMap(packageFaults)).toEqual([])
  })

  test.each(Object.entries(LAYERS))('inside %s go one way', (name, layers) => {
    const own = files.filter(({ file }) => file.startsWith(`${name}/`))
    expect(own).not.toHaveLength(0)
    expect(own.flatMap(imports => layerFaults(imports, layers))).toEqual([])
  })
})

describe('a wrong import is found', () => {
  const fault = (file: string, source: string) => packageFaults({ file, from: importsOf(source) })

  test.each([
    ['browser/src/tracker.ts', `import { createCollector } from '@jejak/collector'`],
    ['collector/src/handler.ts', `export * from '@jejak/attribution'`],
    ['attribution/src/journeys.ts', `const cli = await import('jejak')`],
    ['browser/src/tracker.ts', `import { z } from 'zod'`],
    ['browser/src/tracker.ts', `import {\n  batchSchema,\n} from '@jejak/events/schemas'`],
    ['events/src/envelope.ts', `import { z } from 'zod'`],
    ['browser/src/tracker.ts', `import type { Sink } from '../../collector/src/sinks/sink.ts'`],
  ])('in %s: %s', (file, source) => {
    expect(fault(file, source)).toHaveLength(1)
  })

  test('against the layers, within one layer, and in a file without a layer', () => {
    const layers: Layers = [['outbox.ts'], ['delivery.ts', 'plugins/*.ts'], ['tracker.ts']]
    const faults = (file: string, ...from: string[]) => layerFaults({ file, from }, layers)
    expect(faults('browser/src/tracker.ts', './delivery.ts', './outbox.ts', 'idb-keyval')).toEqual([])
    expect(faults('browser/src/outbox.ts', './delivery.ts')).toHaveLength(1)
    expect(faults('browser/src/plugins/scroll.ts', '../delivery.ts')).toHaveLength(1)
    expect(faults('browser/src/new.ts')).toHaveLength(1)
  })
})

function sources(): string[] {
  return Object.keys(PACKAGE_IMPORTS).flatMap(name =>
    readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.tsx?$/.test(file))
      .map(file => `${name}/src/${file.replaceAll('\\', '/')}`),
  )
}
