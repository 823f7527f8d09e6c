import type { ModelResult } from '../../results/attribution-result.ts'
import type { ChainFacts, CreditFacts, StageCreditFacts } from './report-facts.ts'
import type { StageAttribution } from '../../results/stage-attribution.ts'

export function creditFacts(
  by: string,
  models: readonly ModelResult[],
  level: number | undefined,
  uncredited: number,
): CreditFacts {
  const byKey = models.map(({ credits }) => new Map(credits.map(credit => [credit.key, credit])))
  const keys = [...new Set(models.flatMap(({ credits }) => credits.map(({ key }) => key)))]
  const rows = keys.map(key => ({
    key,
    credits: byKey.map(credits => {
      const { conversions = 0, value = 0, share = 0, interval } = credits.get(key) ?? {}
      return { conversions, value, share, ...(interval && { interval }) }
    }),
  }))
  const sum = (row: (typeof rows)[number]): number => row.credits.reduce((all, { conversions }) => all + conversions, 0)
  return {
    by,
    models: models.map(({ model, options, notes = [] }) => ({
      name: model,
      asWritten: written(model, options),
      notes,
    })),
    ...(level !== undefined && { level }),
    rows: rows.sort((a, b) => sum(b) - sum(a) || (a.key < b.key ? -1 : 1)),
    uncredited,
  }
}

function written(model: string, options: object): string {
  const settings = Object.entries(options).map(([name, value]) => `${name}=${String(value)}`)
  return settings.length === 0 ? model : `${model}:${settings.join(',')}`
}

/** The chain of a Markov model of first order, and what would be lost without each channel. */
export function chainFacts(models: readonly ModelResult[]): ChainFacts | undefined {
  const chain = models.find(result => result.kind === 'path' && result.transitions && result.options['order'] === 1)
  if (chain?.kind !== 'path' || !chain.transitions) return undefined
  const transitions = chain.transitions().flatMap(({ from, to, conversion, none }) => {
    const name = from[0] ?? '(start)'
    return [
      ...to.map(({ key, probability }) => ({ from: name, to: key, probability })),
      { from: name, to: '(conversion)', probability: conversion },
      { from: name, to: '(null)', probability: none },
    ].filter(({ probability }) => probability > 0)
  })
  return {
    transitions: transitions.sort((a, b) => b.probability - a.probability),
    removalEffects: (chain.removalEffects ?? [])
      .map(({ key, conversions, interval }) => ({
        key,
        conversions,
        ...(interval && { interval: interval.conversions }),
      }))
      .sort((a, b) => b.conversions - a.conversions),
  }
}

export function stageCreditFacts({ transitions, models }: StageAttribution): StageCreditFacts | undefined {
  if (transitions.length === 0) return undefined
  return {
    models: models.map(({ model }) => model),
    transitions: transitions.map(({ name, transitions: count, uncredited }) => ({
      name,
      transitions: count,
      uncredited,
    })),
    credits: models.map(({ rows }) => rows.map(({ key, conversions }) => ({ key, conversions }))),
  }
}
