import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { areaFaults, importsOf, PACKAGE_IMPORTS, packageFaults } from './import-directions.ts'
import type { Areas, SourceFile } from './import-directions.ts'

const packages = new URL('../..', import.meta.url).pathname

/** The direction of data, as docs/architecture.md draws it. Change both together. */
const AREAS: Readonly<Record<string, Areas>> = {
  events: {
    words: {
      files: [
        'journey-stage.ts',
        'consent.ts',
        'item.ts',
        'shipping-option.ts',
        'touchpoint.ts',
        'pattern.ts',
        'sha1.ts',
        'personal-text.ts',
      ],
      may: [],
    },
    names: { files: ['event-name.ts', 'page-type.ts', 'stage-model.ts', 'property.ts', 'envelope.ts'], may: ['words'] },
    rules: { files: ['event.ts', 'event-id.ts', 'stage-rules.ts', 'personal-data.ts'], may: ['words', 'names'] },
    entries: { files: ['index.ts', 'schemas.ts'], may: ['words', 'names', 'rules'] },
  },
  browser: {
    text: { files: ['redact.ts'], may: [] },
    ground: {
      files: [
        'browser-storage.ts',
        'notice.ts',
        'problems.ts',
        'drop-counts.ts',
        'row.ts',
        'listen.ts',
        'page-hide.ts',
      ],
      may: [],
    },
    facts: {
      files: ['consent.ts', 'visitor.ts', 'session.ts', 'touchpoint.ts', 'page.ts'],
      may: ['text', 'ground'],
      mayTypes: ['options'],
    },
    outbox: { files: ['outbox.ts', 'left-behind.ts'], may: ['ground'] },
    transport: { files: ['transport.ts', 'one-tab.ts', 'back-off.ts'], may: ['ground'] },
    options: { files: ['options.ts', 'plugin.ts'], may: ['ground', 'facts'], mayTypes: ['transport'] },
    envelope: { files: ['envelope.ts'], may: ['ground', 'facts'], mayTypes: ['options'] },
    delivery: { files: ['delivery.ts'], may: ['ground', 'outbox', 'transport'], mayTypes: ['options'] },
    tracker: {
      files: ['tracker.ts'],
      may: ['ground', 'facts', 'options', 'envelope', 'delivery', 'transport'],
    },
    plugins: { files: ['plugins/*'], may: ['text'], mayTypes: ['tracker'] },
    frameworks: { files: ['frameworks/*'], may: [], mayTypes: ['tracker'] },
    platforms: {
      files: ['platforms/*'],
      may: ['text', 'ground', 'facts', 'envelope', 'transport'],
      mayTypes: ['options'],
    },
    script: {
      files: ['script.ts', 'script-auto.ts', 'script-consent.ts', 'start-script.ts'],
      may: ['ground', 'tracker', 'plugins'],
      mayTypes: ['options'],
    },
    entry: { files: ['index.ts'], may: ['tracker'], mayTypes: ['ground', 'options', 'transport'] },
  },
  collector: {
    words: { files: ['in-words.ts', 'ip.ts', 'log.ts', 'option-error.ts'], may: [] },
    sinks: { files: ['sinks/*'], may: ['words'] },
    reading: {
      files: [
        'clean-json.ts',
        'explain-issue.ts',
        'ignored-fields.ts',
        'read-*.ts',
        'redactor.ts',
        'id-hash.ts',
        'visitor-cookie.ts',
        'enrich.ts',
        'cors.ts',
      ],
      may: ['words'],
    },
    handler: {
      files: ['answers.ts', 'collector-options.ts', 'handler.ts'],
      may: ['words', 'reading'],
      mayTypes: ['sinks'],
    },
    node: { files: ['node.ts', 'node-*.ts'], may: ['words', 'handler'] },
    entry: { files: ['index.ts'], may: ['handler'], mayTypes: ['words', 'reading', 'sinks'] },
  },
  attribution: {
    order: { files: ['compare-text.ts', 'time-zone.ts'], may: [] },
    words: {
      files: ['journey.ts', 'names.ts', 'group-by.ts', 'chosen-stage-model.ts', 'run-options.ts', 'glance.ts'],
      may: [],
    },
    channels: { files: ['channels/*'], may: ['words'] },
    paths: { files: ['paths/*'], may: [], mayTypes: ['words'] },
    reading: { files: ['reading/**'], may: ['order', 'words', 'paths', 'channels'] },
    journeys: { files: ['journeys/*'], may: ['order', 'words', 'channels', 'paths'] },
    engines: { files: ['engines/*'], may: ['words', 'journeys'] },
    models: { files: ['models/*'], may: ['order', 'paths'], mayTypes: ['words'] },
    results: { files: ['results/**'], may: ['order', 'words', 'paths', 'journeys', 'models'], mayTypes: ['reading'] },
    simulation: { files: ['simulation/*'], may: ['words', 'models', 'results'] },
    entry: {
      files: ['index.ts'],
      may: ['words', 'channels', 'reading', 'journeys', 'engines', 'paths', 'models', 'results', 'simulation'],
    },
    reportWords: { files: ['report/words/*'], may: ['results'], mayTypes: ['reportFacts'] },
    reportFacts: {
      files: ['report/facts/*'],
      may: ['order', 'words', 'channels', 'reading', 'journeys', 'paths', 'models', 'results'],
    },
    reportStyle: { files: ['report/style/*'], may: [] },
    reportPictures: {
      files: ['report/pictures/**'],
      may: ['words', 'reportWords'],
      mayTypes: ['results', 'reportFacts'],
    },
    reportPage: {
      files: ['report/page/*'],
      may: ['models', 'reportWords', 'reportStyle', 'reportPictures'],
      mayTypes: ['reportFacts'],
    },
    reportEntry: { files: ['report/index.ts'], may: ['reportFacts', 'reportWords', 'reportPage'] },
  },
  server: {
    events: { files: ['server-event.ts'], may: [] },
    ways: { files: ['back-off.ts', 'spool.ts', 'transport.ts'], may: [], mayTypes: ['events'] },
    sending: { files: ['sender.ts'], may: ['ways'], mayTypes: ['events'] },
    tracker: { files: ['server-tracker.ts'], may: ['events', 'ways', 'sending'] },
    webhooks: { files: ['webhooks/*'], may: [], mayTypes: ['events', 'tracker'] },
    entry: { files: ['index.ts'], may: ['tracker', 'webhooks'], mayTypes: ['events'] },
  },
  cli: {
    words: { files: ['errors.ts', 'option-parsers.ts', 'stage-reason.ts', 'until-stopped.ts'], may: [] },
    output: { files: ['output/*'], may: [] },
    demo: { files: ['demo/**'], may: ['words', 'output'] },
    inspector: { files: ['inspector/*'], may: ['words'] },
    doctor: { files: ['doctor/*'], may: ['words', 'inspector'] },
    commands: { files: ['commands/*'], may: ['words', 'output', 'demo', 'inspector', 'doctor'] },
    main: { files: ['main.ts'], may: ['words', 'commands'] },
  },
}

const files = Object.keys(PACKAGE_IMPORTS).flatMap(sourcesOf)

describe('imports', () => {
  test('between packages go to events, or from the command line', () => {
    expect(files.flatMap(packageFaults)).toEqual([])
  })

  test.each(Object.entries(AREAS))('inside %s go the way data goes', (name, areas) => {
    const own = files.filter(({ file }) => file.startsWith(`${name}/`))
    expect(own).not.toHaveLength(0)
    expect(own.flatMap(source => areaFaults(source, areas))).toEqual([])
  })

  test('inside every package are looked at', () => {
    expect(Object.keys(AREAS)).toEqual(Object.keys(PACKAGE_IMPORTS))
  })
})

describe('a wrong import is found', () => {
  test.each([
    ['browser/src/tracker.ts', `import { createCollector } from '@jejak/collector'`],
    ['collector/src/handler.ts', `export * from '@jejak/attribution'`],
    ['attribution/src/journeys/journeys.ts', `const cli = await import('jejak')`],
    ['browser/src/tracker.ts', `import { z } from 'zod'`],
    ['browser/src/tracker.ts', `import {\n  batchSchema,\n} from '@jejak/events/schemas'`],
    ['events/src/envelope.ts', `import { z } from 'zod'`],
    ['browser/src/tracker.ts', `import type { Sink } from '../../collector/src/sinks/sink.ts'`],
  ])('between packages, in %s: %s', (file, source) => {
    expect(packageFaults({ file, imports: importsOf(source) })).toHaveLength(1)
  })

  test.each([
    ['against the direction', 'browser/src/outbox.ts', `import { createDelivery } from './delivery.ts'`],
    ['of more than types', 'browser/src/plugins/page-views.ts', `import { createTracker } from '../tracker.ts'`],
    ['of a plugin into the core', 'browser/src/tracker.ts', `import { pageViews } from './plugins/page-views.ts'`],
    ['from a file that stands nowhere', 'browser/src/helpers.ts', `import { notice } from './notice.ts'`],
    [
      'of journeys into models',
      'attribution/src/models/markov.ts',
      `import { buildJourneys } from '../journeys/journeys.ts'`,
    ],
  ])('%s: %s: %s', (_, file, source) => {
    expect(areaFaults({ file, imports: importsOf(source) }, AREAS[file.split('/')[0]!]!)).toHaveLength(1)
  })

  test('and a right one is not', () => {
    const source = `import type { Plugin } from '../tracker.ts'\nimport { z } from 'idb-keyval'`
    expect(areaFaults({ file: 'browser/src/plugins/new.ts', imports: importsOf(source) }, AREAS['browser']!)).toEqual(
      [],
    )
  })
})

function sourcesOf(name: string): SourceFile[] {
  return readdirSync(join(packages, name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => {
      const source = readFileSync(join(packages, name, 'src', file), 'utf8')
      return { file: `${name}/src/${file.replaceAll('\\', '/')}`, imports: importsOf(source) }
    })
}
