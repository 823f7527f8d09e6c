/** A channel of a simulated world, with what it truly does. */
export interface SimulatedChannel {
  readonly name: string
  /** Contacts a person has with it in a day whatever they want: a campaign that is shown to everybody. */
  readonly reach?: number
  /** Contacts in a day of a person whose wish to buy is as usual; in proportion to the wish: a search. */
  readonly follows?: number
  /** Contacts in a day, in proportion to the wish, of people who had another contact in the last seven days. */
  readonly retargets?: number
  /** What one contact adds to the wish to buy, as a multiple of the usual one. 0: it does nothing. */
  readonly effect: number
  /** After how many days half of that is gone. */
  readonly halfLifeDays: number
}

export interface World {
  /** One sentence: what is going on in it. */
  readonly meaning: string
  readonly days: number
  /** The probability that an average person without any contact buys on an average day. */
  readonly base: number
  readonly channels: readonly SimulatedChannel[]
  /** How much people differ: the variance of their lasting wish to buy, whose mean is 1. */
  readonly spread: number
  /** The part of the people who want the thing for two weeks, four times as much, whatever they are shown. */
  readonly inMarket: number
  /** Pairs of channels that together do more: the wish times `factor` while both were met in the last seven days. */
  readonly synergies: readonly { readonly channels: readonly [string, string]; readonly factor: number }[]
  /** How much the wish rises at weekends and in the last week, as a part of it. */
  readonly season: number
}

const CALM = { days: 60, base: 0.001, spread: 0, inMarket: 0, synergies: [], season: 0 }

/** Channels that are shown to people whatever they want. They differ in how often, how much and how long. */
const CAMPAIGNS: readonly SimulatedChannel[] = [
  { name: 'Display', reach: 0.08, effect: 0.4, halfLifeDays: 2 },
  { name: 'Paid Social', reach: 0.05, effect: 2.5, halfLifeDays: 4 },
  { name: 'Email', reach: 0.04, effect: 4, halfLifeDays: 2 },
  { name: 'Paid Video', reach: 0.03, effect: 3, halfLifeDays: 12 },
  { name: 'Affiliates', reach: 0.02, effect: 0, halfLifeDays: 1 },
]

/** Contacts that people make because they want something already, and advertisements that run after them. */
const FOLLOWERS: readonly SimulatedChannel[] = [
  { name: 'Organic Search', follows: 0.01, effect: 0.5, halfLifeDays: 2 },
  { name: 'Direct', follows: 0.015, effect: 0, halfLifeDays: 1 },
  { name: 'Retargeting', retargets: 0.05, effect: 0.1, halfLifeDays: 1 },
]

export type WorldName = 'campaigns' | 'synergy' | 'intent' | 'everything'

/** The worlds that models are tried in, from a tame one to one like the real. */
export const WORLDS: Readonly<Record<WorldName, World>> = {
  campaigns: {
    ...CALM,
    meaning: 'Contacts come by chance, add up and fade; nothing else goes on.',
    channels: CAMPAIGNS,
  },
  synergy: {
    ...CALM,
    meaning: 'As campaigns, and some channels do more together than each alone.',
    channels: CAMPAIGNS,
    synergies: [
      { channels: ['Paid Video', 'Email'], factor: 2 },
      { channels: ['Paid Social', 'Display'], factor: 1.5 },
    ],
  },
  intent: {
    ...CALM,
    meaning: 'People differ, some are looking for the thing, search because of it and are followed by retargeting.',
    channels: [...CAMPAIGNS, ...FOLLOWERS],
    spread: 0.5,
    inMarket: 0.2,
  },
  everything: {
    ...CALM,
    meaning: 'Wishes of all strengths, retargeting that follows them, synergies and seasons.',
    channels: [...CAMPAIGNS, ...FOLLOWERS],
    spread: 0.5,
    inMarket: 0.2,
    synergies: [{ channels: ['Paid Video', 'Email'], factor: 2 }],
    season: 0.5,
  },
}
