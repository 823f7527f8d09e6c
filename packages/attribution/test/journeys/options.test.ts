import { buildJourneys, createMemoryEngine } from '@jejak/attribution'
import type { JourneyOptions } from '@jejak/attribution'
import type { StageModel, StageModelName } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { channels } from './event.ts'

describe('an option that is not what it should be is named', () => {
  const own: StageModel = { unit: 'visitor', stages: {} as StageModel['stages'] }

  test.each<[RegExp, Partial<JourneyOptions>]>([
    [/`lookbackDays`.* above 0, got -1/, { lookbackDays: -1 }],
    [/`lookbackDays`.* got NaN/, { lookbackDays: NaN }],
    [/`afterConversion`.* continue or reset, got stop/, { afterConversion: 'stop' as 'reset' }],
    [/`conversion`.* got none/, { conversion: '' }],
    [/`conversion`.* got none/, { conversion: [] }],
    [/no stage "buying"; its stages are awareness, /, { conversion: 'stage:buying' }],
    [/no model "funnel"; there are five-stage, /, { stageModel: 'funnel' as StageModelName }],
    [/no model "constructor"/, { stageModel: 'constructor' as StageModelName }],
    [/the model's name for "awareness", got undefined/, { stageModel: own }],
    [/`stageModel.unit`.*got "team"/, { stageModel: { ...own, unit: 'team' as 'account' } }],
    [/`unit` to be person or account, got team/, { unit: 'team' as 'person' }],
    [/`refunds` to be net or ignore, got minus/, { refunds: 'minus' as 'net' }],
    [/`nulls` to be idle or window or ignore, got none/, { nulls: 'none' as 'idle' }],
    [/`openJourneys` to be count or leave-out, got no/, { openJourneys: 'no' as 'count' }],
    [/`nullAfterDays` to be a number above 0, got 0/, { nullAfterDays: 0 }],
    [/`lookbackDays.view` to be a number above 0, got -1/, { lookbackDays: { view: -1 } }],
    [/`lookbackDays` to be click or view, got seen/, { lookbackDays: { seen: 1 } as object }],
    [/`maxTouches` to be a whole number of 1 or more, got 0.5/, { maxTouches: 0.5 }],
    [/`transforms`: expected unique, .* got shuffle/, { transforms: ['shuffle' as 'first'] }],
    [/`frequency` changes names/, { transforms: ['frequency' as 'first'] }],
    [/`transformBy` to be channel or source .*, got day/, { transformBy: 'day' as 'channel' }],
    [/`priority` to be a list of groups.* got \["Email"\]/, { priority: ['Email'] as unknown as [] }],
    [/`priority` to be channels, or values of channel, .* got \{"day":"1"\}/, { priority: [[{ day: '1' } as object]] }],
    [/`viewEvents` to be names of events, or a function, got 7/, { viewEvents: 7 as unknown as [] }],
    [/`conversions` to be the only one.* got both/, { conversion: 'a', conversions: { a: 'a' } }],
    [
      /`conversions` to be definitions by name.* got \["a"\]/,
      { conversions: ['a'] as unknown as Record<string, string> },
    ],
    [/`conversions` to be one definition at least, got none/, { conversions: {} }],
    [/`conversions.lead` to be events, such as .* got 7/, { conversions: { lead: 7 as unknown as '' } }],
    [/`conversions.lead` to be the name of an event.* got none/, { conversions: { lead: [] } }],
    [
      /`conversions.lead.value` to be .* a number, or a function, got NaN/,
      { conversions: { lead: { events: 'a', value: NaN } } },
    ],
    [
      /`conversions.lead.count` to be every or once, got 2/,
      { conversions: { lead: { events: 'a', count: 2 as unknown as 'once' } } },
    ],
    [
      /`conversions.lead.currency` to be the code of a currency.* got 1/,
      { conversions: { lead: { events: 'a', currency: 1 as unknown as '' } } },
    ],
    [/`conversions.lead`: the stage model "canonical" has no stage "x"/, { conversions: { lead: 'stage:x' } }],
    [/`channels` is missing/, { channels: undefined as unknown as JourneyOptions['channels'] }],
  ])('%s', async (message, options) => {
    await expect(buildJourneys([], { channels, ...options })).rejects.toThrow(message)
    await expect(createMemoryEngine([]).build({ channels, ...options })).rejects.toThrow(TypeError)
  })
})
