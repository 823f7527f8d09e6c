import { matchesPattern } from '@jejak/events'
import type { Arrival, ChannelRule } from './channel-grouping.ts'

/**
 * A shop's own rule, tried before the default grouping: `{ channel: 'Influencers', medium: ['influencer', 'kol-*'] }`.
 * Every part that is given must fit. `*` stands for anything; case does not matter.
 */
export interface ShopChannelRule {
  readonly channel: string
  readonly source?: string | readonly string[]
  readonly medium?: string | readonly string[]
  readonly campaign?: string | readonly string[]
}

const PARTS = ['source', 'medium', 'campaign'] as const

type Part = (typeof PARTS)[number]

/** Throws a TypeError that names the rule where it has no channel, no part to fit, or a pattern that is no text. */
export function readShopRule(rule: ShopChannelRule, index: number): ChannelRule {
  const { channel } = rule
  if (typeof channel !== 'string' || channel.trim() === '') {
    throw new TypeError(
      `createChannelRules: \`rules[${index}].channel\` must be a name, got ${JSON.stringify(channel)}`,
    )
  }
  const parts = PARTS.flatMap(part => (rule[part] === undefined ? [] : [{ part, patterns: readPatterns(rule, part) }]))
  if (parts.length === 0) {
    throw new TypeError(
      `createChannelRules: \`rules[${index}]\` ("${channel}") would take every arrival: say which \`source\`, \`medium\` or \`campaign\` it is for`,
    )
  }

  const fits = (arrival: Arrival): boolean =>
    parts.every(({ part, patterns }) => patterns.some(pattern => matchesPattern(pattern, arrival[part])))
  return {
    channel,
    when: fits,
    because: (words, say) =>
      say.ownRule(
        channel,
        parts.map(({ part }) => words[part]),
      ),
  }

  function readPatterns(from: ShopChannelRule, part: Part): string[] {
    const given = from[part]
    const patterns = typeof given === 'string' ? [given] : given
    if (!Array.isArray(patterns) || patterns.length === 0 || patterns.some(one => typeof one !== 'string')) {
      throw new TypeError(
        `createChannelRules: \`rules[${index}].${part}\` must be a text or a list of texts, such as "kol-*", got ${JSON.stringify(given)}`,
      )
    }
    return patterns.map(pattern => pattern.trim().toLowerCase())
  }
}
