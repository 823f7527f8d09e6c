import { AFTER_CONVERSION, NULL_RULES, OPEN_JOURNEY_RULES, PATH_TRANSFORMS, REFUND_RULES } from '@jejak/attribution'
import type { ConversionDefinition, JourneyOptions, PathTransform, TouchTransform } from '@jejak/attribution'
import { STAGE_MODELS } from '@jejak/events'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { UsageError } from '../errors.ts'
import { listOf, positiveNumber, wholeNumber } from '../option-parsers.ts'
import { channelRulesOf } from './event-input.ts'
import type { EventInputOptions } from './event-input.ts'

// How journeys are asked for on the command line.

export interface JourneyInputOptions extends EventInputOptions {
  readonly conversion?: Readonly<Record<string, ConversionDefinition>>
  readonly lookback?: LookbackDays
  readonly afterConversion: NonNullable<JourneyOptions['afterConversion']>
  readonly refunds: NonNullable<JourneyOptions['refunds']>
  readonly nulls: NonNullable<JourneyOptions['nulls']>
  readonly openJourneys: NonNullable<JourneyOptions['openJourneys']>
  readonly priority?: readonly (readonly string[])[]
  readonly maxTouches?: number
  readonly transform?: readonly NamedTransform[]
  readonly unit?: 'person' | 'account'
  readonly viewEvents?: readonly string[]
}

type LookbackDays = number | { readonly click?: number; readonly view?: number }

type NamedTransform = PathTransform & string

/** The heading of the options that say what journeys are made of events. */
export const JOURNEY_OPTIONS = 'Journeys:'

export function withJourneyOptions(command: Command): Command {
  return command
    .optionsGroup(JOURNEY_OPTIONS)
    .option(
      '--conversion <[name=]events>',
      'what counts as one: events apart by commas, or stage:NAME for reaching a stage; repeatable, each with a table of its own (default: purchase)',
      conversionsOf,
    )
    .option(
      '--lookback <days>',
      'how long before a conversion a contact still counts, for all or by kind (default: click=90,view=1)',
      lookbackOf,
    )
    .addOption(
      new Option('--after-conversion <rule>', 'whether the next conversion looks back beyond this one')
        .choices(AFTER_CONVERSION)
        .default('continue'),
    )
    .addOption(
      new Option('--refunds <rule>', 'whether refunds take from the value of their orders')
        .choices(REFUND_RULES)
        .default('net'),
    )
    .addOption(
      new Option('--nulls <rule>', 'how contacts that led to no conversion make journeys')
        .choices(NULL_RULES)
        .default('idle'),
    )
    .addOption(
      new Option('--open-journeys <rule>', 'whether journeys that may still convert count as ones that did not')
        .choices(OPEN_JOURNEY_RULES)
        .default('count'),
    )
    .option(
      '--priority <channels>',
      'where a journey has one of these channels, only they count in it; repeatable: the next group',
      groupsOf,
    )
    .option('--max-touches <number>', 'of longer journeys only the last so many', wholeNumber(1, 1_000_000))
    .option('--transform <names>', `what is made of paths: ${PATH_TRANSFORMS.join(', ')}`, listOf(PATH_TRANSFORMS))
    .addOption(
      new Option('--unit <whose>', 'whose journeys, if not as the stage model has it').choices(['person', 'account']),
    )
    .option('--view-events <names>', 'events that are advertisements seen (default: ad_impression)', listOf<string>())
}

export function journeyOptionsOf(options: JourneyInputOptions): JourneyOptions {
  const { conversion, lookback, priority, maxTouches, transform, unit, viewEvents } = options
  const { afterConversion, refunds, nulls, openJourneys } = options
  checkStages(options)
  return {
    channels: channelRulesOf(options),
    conversions: conversion ?? { purchase: { events: 'purchase' } },
    ...(lookback !== undefined && { lookbackDays: lookback }),
    afterConversion,
    refunds,
    nulls,
    openJourneys,
    ...(priority && { priority }),
    ...(maxTouches !== undefined && { maxTouches }),
    ...(transform && { transforms: touchTransforms(transform) }),
    ...(unit && { unit }),
    ...(viewEvents && { viewEvents }),
    stageModel: options.stageModel,
    includeBots: options.bots,
  }
}

function touchTransforms(transforms: readonly NamedTransform[]): readonly TouchTransform[] {
  return transforms.map(transform => {
    if (transform !== 'frequency') return transform
    throw new UsageError('--transform frequency changes names, which only a table of paths allows: see --paths')
  })
}

function checkStages({ conversion = {}, stageModel }: JourneyInputOptions): void {
  const stages: readonly string[] = Object.values(STAGE_MODELS[stageModel].stages)
  for (const { events } of Object.values(conversion)) {
    const names = typeof events === 'function' ? [] : [events].flat()
    const wrong = names.find(name => name.startsWith('stage:') && !stages.includes(name.slice('stage:'.length)))
    if (wrong === undefined) continue
    const known = [...new Set(stages)].join(', ')
    throw new UsageError(
      `--conversion ${wrong}: the stage model ${stageModel} has no stage "${wrong.slice('stage:'.length)}"; its stages are ${known}`,
    )
  }
}

/** `purchase`, `generate_lead,sign_up`, `lead=generate_lead`. Without a name of its own, it is called as its events. */
function conversionsOf(
  text: string,
  before: Readonly<Record<string, ConversionDefinition>> | undefined,
): Readonly<Record<string, ConversionDefinition>> {
  const [, name, list = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(text) ?? []
  const events = list.split(',').map(event => event.trim())
  if (events.includes('') || name === '') {
    throw new InvalidArgumentError('Expected events, apart by commas, such as purchase or lead=generate_lead,sign_up.')
  }
  const [only] = events
  const own = name?.trim() ?? events.join(' or ')
  return { ...before, [own]: { events: events.length === 1 ? only! : events } }
}

function lookbackOf(text: string): LookbackDays {
  const days = positiveNumber('days')
  if (!text.includes('=')) return days(text)
  const parts = text.split(',').map(part => {
    const [kind = '', number = ''] = part.split('=').map(word => word.trim())
    if (kind === 'click' || kind === 'view') return [kind, days(number)]
    throw new InvalidArgumentError('Expected a number of days, or click=… and view=… apart by a comma.')
  })
  return Object.fromEntries(parts) as LookbackDays
}

function groupsOf(text: string, before: readonly (readonly string[])[] = []): readonly (readonly string[])[] {
  return [...before, listOf<string>()(text, undefined)]
}
