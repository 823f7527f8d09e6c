// Schedules that once found a mistake in the tracker, as short as they could be made.
import { expect, test } from 'vitest'
import { runSchedule } from './run-schedule.ts'
import type { Schedule, Step } from './schedule.ts'
import { trackerScript } from './tracker-bundle.ts'

const MINUTE = 60_000
const track = (tab: number, count = 1): Step => ({ do: 'track', tab, count, what: 'search' })
const consent = (tab: number, word: 'granted' | 'limited' | 'pending' | 'denied'): Step => ({
  do: 'consent',
  tab,
  word,
})

/** In WebKit, as it is; nothing can be sent meanwhile. */
const CLOSED_AT_ONCE: Schedule = {
  luck: 0,
  setting: { endsAtOnce: true },
  steps: [
    { do: 'network', is: 'down' },
    { do: 'run', tasks: 20 },
    track(0, 3),
    { do: 'close', tab: 0 },
    { do: 'wait', ms: 300 },
  ],
}

const FOUND: Readonly<Record<string, Schedule>> = {
  'a page comes back to what a page before it was sending when it was killed': {
    luck: 3,
    setting: { hasLocks: false, batch: 1 },
    steps: [track(0), { do: 'run', tasks: 6 }, { do: 'crash' }],
  },
  'nothing tracked while consent is pending is written by a write that began before': {
    luck: 0,
    steps: [track(0), { do: 'run', tasks: 0 }, consent(0, 'pending'), track(0)],
  },
  'what was withdrawn while a page was hidden does not come back with what follows': {
    luck: 0,
    steps: [track(0), { do: 'hide', tab: 0 }, consent(0, 'pending'), track(0)],
  },
  'what is denied while IndexedDB fails is erased by the next page': {
    luck: 1,
    steps: [
      track(0),
      { do: 'run', tasks: 7 },
      consent(0, 'denied'),
      { do: 'disconnect' },
      { do: 'database', is: 'refused' },
      { do: 'run', tasks: 4 },
    ],
  },
  'what is forgotten in one tab does not leave another one later': {
    luck: 0,
    steps: [
      { do: 'open' },
      { do: 'run', tasks: 9 },
      track(0),
      { do: 'flush', tab: 0 },
      { do: 'open' },
      { do: 'forget', tab: 1 },
    ],
  },
  'the first event of a tab is forgotten too when another one forgets in the same instant': {
    luck: 0,
    steps: [{ do: 'open' }, { do: 'run', tasks: 7 }, track(0), { do: 'forget', tab: 1 }, track(1)],
  },
  'what is tracked after forgetting is not forgotten, though the clock is set back': {
    luck: 0,
    setting: { batch: 1 },
    steps: [{ do: 'forget', tab: 0 }, { do: 'clock', ms: -61 * MINUTE }, track(0)],
  },
  'what a page that has stopped wrote at last is erased by the next page if it was denied': {
    luck: 0,
    steps: [{ do: 'open' }, track(1), consent(0, 'denied'), { do: 'stop', tab: 1 }],
  },
  'what is tracked after a new consent is not erased by another tab that is late with the old refusal': {
    luck: 0,
    steps: [{ do: 'open' }, consent(0, 'denied'), { do: 'run', tasks: 3 }, consent(0, 'granted'), track(0)],
  },
  'what waits for consent is not taken for erased, though the clock was set back since': {
    luck: 0,
    steps: [
      { do: 'open' },
      consent(0, 'pending'),
      { do: 'clock', ms: -1_440 * MINUTE },
      track(0),
      { do: 'wait', ms: 2_500 },
      consent(0, 'granted'),
    ],
  },
  'what is withdrawn while IndexedDB hangs is never sent, though the clock was set back before': {
    luck: 0,
    setting: { hasLocks: false },
    steps: [
      track(0),
      { do: 'clock', ms: -61 * MINUTE },
      { do: 'wait', ms: 300 },
      { do: 'disconnect' },
      consent(0, 'pending'),
      { do: 'database', is: 'hanging' },
      { do: 'wait', ms: 31_000 },
      consent(0, 'limited'),
    ],
  },
  'a page that was away while two tabs stored a visitor in the same instant does not take its events for erased': {
    luck: 0,
    setting: { batch: 3 },
    steps: [
      { do: 'open' },
      consent(0, 'pending'),
      { do: 'open' },
      track(0, 3),
      { do: 'leave', tab: 0 },
      consent(2, 'granted'),
    ],
  },
  'what a tab tracked in the instant in which another one forgets does not leave though the first is frozen then': {
    luck: 0,
    steps: [{ do: 'open' }, track(1), { do: 'forget', tab: 0 }, { do: 'freeze', tab: 1 }],
  },
  'what a hidden tab tracks under a word that was withdrawn does not leave once it is given again': {
    luck: 0,
    steps: [
      { do: 'database', is: 'full' },
      { do: 'open' },
      consent(0, 'pending'),
      { do: 'hide', tab: 1 },
      track(1),
      { do: 'run', tasks: 3 },
      consent(0, 'granted'),
      { do: 'wait', ms: 2_500 },
    ],
  },
  'what a tab gives up in its last moment is counted': {
    luck: 141_606_373,
    setting: { outbox: 12 },
    steps: [
      { do: 'open' },
      track(0, 2),
      { do: 'close', tab: 1 },
      { do: 'wait', ms: 0 },
      track(0, 6),
      { do: 'track', tab: 0, count: 5, what: 'order' },
    ],
  },
  'what a tab tracks after it was told that another one forgets is not forgotten': {
    luck: 0,
    steps: [{ do: 'open' }, { do: 'forget', tab: 0 }, { do: 'run', tasks: 3 }, track(1)],
  },
  'what another tab holds in memory is forgotten too': {
    luck: 0,
    setting: { consent: 'pending' },
    steps: [{ do: 'open' }, track(1), { do: 'forget', tab: 0 }, consent(0, 'granted')],
  },
  'what was withdrawn is erased though everything is forgotten a moment later': {
    luck: 0,
    steps: [track(0), { do: 'run', tasks: 6 }, consent(0, 'pending'), { do: 'forget', tab: 0 }],
  },
  'what is tracked after a new consent is not erased by another tab that is given the same word': {
    luck: 0,
    steps: [consent(0, 'denied'), { do: 'open' }, consent(0, 'granted'), consent(1, 'granted'), track(0)],
  },
  'what is tracked in the instant in which a page is closed is sent by the next page': CLOSED_AT_ONCE,
  'what a page left behind is not sent once it was withdrawn': {
    ...CLOSED_AT_ONCE,
    steps: [{ do: 'open' }, ...CLOSED_AT_ONCE.steps, consent(0, 'denied'), consent(0, 'granted')],
  },
  'what a page left behind is not sent once it was forgotten': {
    ...CLOSED_AT_ONCE,
    steps: [{ do: 'open' }, ...CLOSED_AT_ONCE.steps, { do: 'forget', tab: 0 }],
  },
  'a connection that is closed while everything is erased bothers nobody': {
    luck: 0,
    steps: [consent(0, 'denied'), { do: 'run', tasks: 7 }, { do: 'disconnect' }],
  },
}

test.each(Object.entries(FOUND))('%s', async (_, schedule) => {
  expect((await runSchedule(schedule)).faults).toEqual([])
})

test('two tabs that make room at the same time count only once what they give up', async () => {
  const { tracked, stored, reported } = await runSchedule({
    luck: 1,
    setting: { outbox: 12 },
    steps: [
      { do: 'network', is: 'down' },
      { do: 'open' },
      { do: 'run', tasks: 20 },
      track(0, 12),
      track(1, 12),
      { do: 'wait', ms: 1_000 },
    ],
  })
  expect(reported).toBe(tracked - stored)
})

test('a tracker that leaves nothing behind loses it', async () => {
  const script = await trackerScript({ line: /leftBehind\.keep\(/, instead: '((...nothing) => {})(' })
  const { faults } = await runSchedule(CLOSED_AT_ONCE, script)
  expect(faults).toEqual([expect.stringMatching(/^Lost: #0# of tab 0; #1# of tab 0; #2# of tab 0$/)])
})

test('a tracker that does not erase what was left behind is caught at it', async () => {
  const script = await trackerScript({ line: /leftBehind\.erase\(\)/, instead: '[]' })
  const steps: Step[] = [{ do: 'open' }, ...CLOSED_AT_ONCE.steps, { do: 'forget', tab: 0 }]
  const { faults } = await runSchedule({ ...CLOSED_AT_ONCE, steps }, script)
  expect(faults.join()).toMatch(/left tab 1 after it was to be erased/)
})
