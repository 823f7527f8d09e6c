/** One way to have an order delivered, as it was offered. */
export interface ShippingOption {
  /** What the shop calls it, such as `Same day`. */
  tier: string
  /** In the event's `currency`. */
  price?: number
  carrier?: string
  /** ISO 8601 date or time. */
  earliest?: string
  /** ISO 8601 date or time. */
  latest?: string
}
