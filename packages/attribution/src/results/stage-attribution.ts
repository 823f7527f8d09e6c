import { compareText } from '../compare-text.ts'
import type { Journey } from '../journey.ts'
import type { ModelSettings } from '../models/model.ts'
import { attribute } from './attribute.ts'
import type { AttributeOptions } from './attribute.ts'
import type { AttributionTable, CreditInterval, CreditResult } from './attribution-result.ts'
import type { TouchGrouping } from './touch-grouping.ts'

export interface StageAttributionOptions extends Omit<AttributeOptions, 'by' | 'conversions'> {
  /** By what touches are grouped. Default `channel`. */
  readonly by?: TouchGrouping
  /**
   * The transitions in the order of the columns, by name; those that are missing are left out. Default: all there are,
   * each after those that lead to it.
   */
  readonly transitions?: readonly string[]
}

/** Which touches moved people from stage to stage: a matrix of groups and transitions for each model. */
export interface StageAttribution {
  readonly by: string
  /** The columns. */
  readonly transitions: readonly TransitionColumn[]
  readonly models: readonly StageModelResult[]
  /** What each column was made from, for all that is not in the matrix. */
  readonly tables: readonly AttributionTable[]
}

export interface TransitionColumn {
  /** `awareness → consideration` */
  readonly name: string
  /** How many people made it. */
  readonly transitions: number
  readonly value: number
  /** How many made it without a touch before; they are in no row. */
  readonly uncredited: number
}

export interface StageModelResult {
  readonly model: string
  readonly options: ModelSettings
  /** The most credit in all first, then by name. Each column sums to the transitions seen, less the uncredited. */
  readonly rows: readonly StageRow[]
}

export interface StageRow {
  readonly key: string
  /** The credited transitions, by column. */
  readonly conversions: readonly number[]
  readonly value: readonly number[]
  /** By column; present if intervals were asked for. */
  readonly intervals?: readonly CreditInterval[]
}

/**
 * Shares each transition between stages out among the touches that led to it: who brings people from awareness to
 * consideration, from the cart to the purchase, from one purchase to the next.
 *
 * @param journeys the journeys of stage transitions, each with its transition as the conversion: what
 *   `BuiltJourneys.transitions` gives. Any journeys with conversions of several names do.
 */
export async function attributeStages(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  options: StageAttributionOptions = {},
): Promise<StageAttribution> {
  const { transitions, ...others } = options
  const { tables: all, by } = await attribute(journeys, { ...others, ...(transitions && { conversions: transitions }) })
  const found = all.filter(({ conversion }) => conversion !== '')
  const tables = transitions ? found : inOrder(found)
  const [first] = tables
  return {
    by,
    transitions: tables.map(({ conversion, totals, diagnostics }) => ({
      name: conversion,
      transitions: totals.conversions,
      value: totals.value,
      uncredited: diagnostics.uncredited.conversions,
    })),
    models: (first?.models ?? []).map(({ model, options: settings }, at) => ({
      model,
      options: settings,
      rows: rowsOf(tables.map(table => table.models[at]!.credits)),
    })),
    tables,
  }
}

function rowsOf(columns: readonly (readonly CreditResult[])[]): StageRow[] {
  const byKey = columns.map(credits => new Map(credits.map(credit => [credit.key, credit])))
  const keys = [...new Set(columns.flatMap(credits => credits.map(({ key }) => key)))]
  const hasIntervals = columns.some(credits => credits.some(({ interval }) => interval !== undefined))
  const rows = keys.map(key => {
    const cells = byKey.map(column => column.get(key))
    return {
      key,
      conversions: cells.map(cell => cell?.conversions ?? 0),
      value: cells.map(cell => cell?.value ?? 0),
      ...(hasIntervals && { intervals: cells.map(cell => cell?.interval ?? NOTHING) }),
    }
  })
  const sum = ({ conversions }: StageRow): number =>
    Number(conversions.reduce((total, count) => total + count, 0).toPrecision(12))
  return rows.sort((a, b) => sum(b) - sum(a) || compareText(a.key, b.key))
}

const NOTHING: CreditInterval = { conversions: [0, 0], value: [0, 0], share: [0, 0] }

/** By the way through the stages: a stage comes after those that lead to it; else by name. */
function inOrder(tables: readonly AttributionTable[]): AttributionTable[] {
  const moves = new Map(tables.map(({ conversion }) => [conversion, conversion.split(' → ')]))
  const depths = new Map<string, number>()
  const depthOf = (stage: string, seen: ReadonlySet<string>): number => {
    const known = depths.get(stage)
    if (known !== undefined) return known
    let depth = 0
    for (const [from, to] of moves.values()) {
      if (to !== stage || from === undefined || seen.has(from)) continue
      depth = Math.max(depth, 1 + depthOf(from, new Set([...seen, stage])))
    }
    if (seen.size === 0) depths.set(stage, depth)
    return depth
  }
  const key = ({ conversion }: AttributionTable): [number, number] => {
    const [from = '', to = ''] = moves.get(conversion)!
    return [depthOf(from, new Set()), depthOf(to, new Set())]
  }
  return tables
    .map(table => ({ table, key: key(table) }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || compareText(a.table.conversion, b.table.conversion))
    .map(({ table }) => table)
}
