import {
  CONTEXT_EVENTS,
  EVENTS,
  EVENTS_OF_STAGE,
  JOURNEY_STAGES,
  PROPERTIES,
  STAGE_MEANING,
  STAGE_MODELS,
  STAGE_OF_PAGE_TYPE,
} from '@jejak/events'
import type { EventName, JourneyStage, PropertyName } from '@jejak/events'

/** `docs/events.md`: the whole vocabulary, written from the tables of `@jejak/events`. */
export function eventsReference(): string {
  return (
    [
      '<!-- Written by `npm run generate` from packages/events/src. Change it there. -->',
      '# Events and stages',
      `Jejak knows ${Object.keys(EVENTS).length} standard events. Names and properties in **bold** are those of Google Analytics 4, so what a shop sends there fits here. A shop may track events of its own beside them.`,
      '## Stages',
      table(
        ['stage', 'the customer …'],
        JOURNEY_STAGES.map(stage => [code(stage), STAGE_MEANING[stage]]),
      ),
      "An event gets its stage from the first of these that applies: the `stage` option of the call; the shop's own rules (by event, by path such as `/blog/*`, by page type); the tables below; for a page view, the type of its page. Rules by path and page type place page views and events that have no stage of their own. A page of unknown type is awareness on a session's first hit and keeps the visitor's last stage after that.",
      '## Stage models',
      'A stage model reads the seven stages as fewer. It can be changed at any time without new data.',
      table(
        ['model', ...JOURNEY_STAGES, 'read by'],
        Object.entries(STAGE_MODELS).map(([name, model]) => [
          code(name),
          ...JOURNEY_STAGES.map(stage => model.stages[stage]),
          model.unit,
        ]),
      ),
      '## Page types',
      table(
        ['page type', 'stage'],
        Object.entries(STAGE_OF_PAGE_TYPE).map(([type, stage]) => [code(type), stage]),
      ),
      ...JOURNEY_STAGES.map(stageSection),
      '## Page views and context',
      'These have no stage of their own; a page view takes that of its page.',
      eventTable(CONTEXT_EVENTS),
      '## Properties',
      'A name means the same in every event that carries it.',
      table(
        ['property', 'type', 'meaning'],
        Object.keys(PROPERTIES).map(name => propertyRow(name as PropertyName)),
      ),
      '## Examples',
      ...Object.entries(EVENTS).map(
        ([name, { example }]) => `\`\`\`ts\njejak.track('${name}'${inline(example)})\n\`\`\``,
      ),
    ].join('\n\n') + '\n'
  )
}

function stageSection(stage: JourneyStage): string {
  return `## ${stage[0]!.toUpperCase()}${stage.slice(1)}\n\n${eventTable(EVENTS_OF_STAGE[stage])}`
}

function eventTable(names: readonly EventName[]): string {
  return table(
    ['event', 'what happened', 'required', 'optional'],
    names.map(name => {
      const { meaning, ga4, required, optional } = EVENTS[name]
      return [
        ga4 ? `**${code(name)}**` : code(name),
        meaning,
        required.map(code).join(', '),
        optional.map(code).join(', '),
      ]
    }),
  )
}

function propertyRow(name: PropertyName): string[] {
  const property = PROPERTIES[name]
  const type = property.type === 'choice' ? property.of.map(code).join(' or ') : property.type
  return [code(name), type, property.meaning]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function inline(example: object): string {
  if (Object.keys(example).length === 0) return ''
  return `, ${write(example)}`
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `'${value}'` : String(value)
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${write(inner)}`)
    .join(', ')} }`
}

function code(text: string): string {
  return `\`${text}\``
}
