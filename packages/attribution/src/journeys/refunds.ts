import type { StoredEvent } from '@jejak/events'
import { compareText } from '../compare-text.ts'
import { groupBy } from '../group-by.ts'
import { REFUND_EVENT, transactionOf } from './conversions.ts'
import type { Candidate } from './conversions.ts'

/**
 * What refunds do to the conversions of their orders.
 * - `net`: they take from the value. The conversion still counts, as in GA4, where a refund takes revenue back and
 *   leaves the key event. https://support.google.com/analytics/answer/9268036
 * - `ignore`: nothing.
 */
export const REFUND_RULES = ['net', 'ignore'] as const

export type RefundRule = (typeof REFUND_RULES)[number]

/** Money given back, as an event told of it. */
export interface Refund {
  readonly id: string
  readonly time: number
  readonly transaction: string | undefined
  /** What all reports of this refund have in common. */
  readonly key: string | undefined
  /** How much; all of the order where the event names neither a value nor items; NaN where it cannot be read. */
  readonly amount: number
  readonly currency: string | undefined
}

/** What became of the refunds. Each is counted in one of these. */
export interface RefundSummary {
  /** Those that belong to a conversion, and count. */
  readonly counted: number
  /** Those that were there before, under the same id, or in the same order under the same refund id. */
  readonly duplicates: number
  /** Those whose order is no conversion here, or which name none. */
  readonly withoutOrder: number
  /** Those in another currency than their order: not counted. */
  readonly otherCurrency: number
  /** Those whose value is no number, or whose items have no prices: not counted. */
  readonly unreadable: number
}

export const NO_REFUNDS: RefundSummary = { counted: 0, duplicates: 0, withoutOrder: 0, otherCurrency: 0, unreadable: 0 }

/** The refund that an event tells of, if it is one. */
export function refundOf({ name, id, corrected_time: time, properties }: StoredEvent): Refund | undefined {
  if (name !== REFUND_EVENT) return undefined
  const { value, items, currency, refund_id: refundId } = properties
  const transaction = transactionOf(properties)
  const amount = amountOf(value, items)
  const isNamed = (typeof refundId === 'string' && refundId !== '') || typeof refundId === 'number'
  return {
    id,
    time,
    transaction,
    key:
      transaction === undefined || (!isNamed && Number.isNaN(amount))
        ? undefined
        : JSON.stringify([transaction, isNamed ? [String(refundId)] : String(amount)]),
    amount,
    currency: typeof currency === 'string' && currency !== '' ? currency.toUpperCase() : undefined,
  }
}

/** Some write what they gave back below zero. */
function amountOf(value: unknown, items: unknown): number {
  if (value !== undefined && value !== null) {
    return typeof value === 'number' && Number.isFinite(value) ? Math.abs(value) : Number.NaN
  }
  if (!Array.isArray(items) || items.length === 0) return Infinity
  let sum = 0
  for (const item of items as readonly unknown[]) {
    const { price, quantity = 1 } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>
    sum += typeof price === 'number' && typeof quantity === 'number' ? price * quantity : Number.NaN
  }
  return Number.isFinite(sum) ? Math.abs(sum) : Number.NaN
}

/**
 * The conversions with what is left of their value.
 *
 * A refund belongs to every conversion with its `transaction_id`, whoever told of it and however much later. It takes
 * the same part of a conversion's value as it is of the `value` of the conversion's event; of a conversion that is
 * worth just that, this is the amount. Several add up, and at most the whole value is taken: a conversion that was
 * above 0 never falls below. One without a currency is in that of its order.
 */
export function netOfRefunds(
  conversions: readonly Candidate[],
  refunds: readonly Refund[],
): { readonly conversions: readonly Candidate[]; readonly summary: RefundSummary } {
  const summary = { ...NO_REFUNDS }
  const distinct = distinctRefunds(refunds)
  summary.duplicates = refunds.length - distinct.length

  const orders = groupBy(
    conversions.filter(({ isRefund, conversion }) => !isRefund && conversion.transaction_id !== undefined),
    ({ conversion }) => conversion.transaction_id!,
  )
  const refundsOf = new Map<Candidate, number>()
  for (const { transaction, amount, currency } of distinct) {
    const own = transaction === undefined ? undefined : orders.get(transaction)
    if (!own) {
      summary.withoutOrder++
      continue
    }
    if (Number.isNaN(amount)) {
      summary.unreadable++
      continue
    }
    const inCurrency = own.filter(({ conversion }) => isSameMoney(amount, currency, conversion.currency))
    for (const candidate of inCurrency) refundsOf.set(candidate, (refundsOf.get(candidate) ?? 0) + amount)
    if (inCurrency.length > 0) summary.counted++
    else summary.otherCurrency++
  }

  const net = conversions.map(candidate => {
    const refunded = takenFrom(candidate, refundsOf.get(candidate) ?? 0)
    if (refunded === 0) return candidate
    const { conversion } = candidate
    return { ...candidate, conversion: { ...conversion, value: conversion.value - refunded, refunded } }
  })
  return { conversions: net, summary }
}

/** In order of time, so that sums are the same in whatever order the events came. */
function distinctRefunds(refunds: readonly Refund[]): Refund[] {
  const seen = new Set<string>()
  const inOrder = (a: Refund, b: Refund) =>
    a.time - b.time || compareText(a.id, b.id) || compareText(a.key ?? '', b.key ?? '') || a.amount - b.amount
  return refunds.toSorted(inOrder).filter(({ id, key }) => {
    const keys = [`id ${id}`, ...(key === undefined ? [] : [`key ${key}`])]
    const isNew = keys.every(name => !seen.has(name))
    for (const name of keys) seen.add(name)
    return isNew
  })
}

/** All of an order is all of it in any currency. */
function isSameMoney(amount: number, currency: string | undefined, ofOrder: string | undefined): boolean {
  return amount === Infinity || currency === undefined || !ofOrder || currency === ofOrder.toUpperCase()
}

function takenFrom({ conversion: { value }, base = value }: Candidate, refunded: number): number {
  if (!(value > 0)) return 0
  if (refunded === Infinity) return value
  if (value === base) return Math.min(value, refunded)
  return base > 0 ? value * Math.min(1, refunded / base) : 0
}
