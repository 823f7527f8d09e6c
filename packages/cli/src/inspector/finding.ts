/** Something about an event or a request that should be mended. */
export interface Finding {
  /** `wrong`: it was not stored because of this. `lacking`: it was, but says less than it should. */
  readonly level: 'wrong' | 'lacking'
  /** What it is. */
  readonly what: string
  /** What to do about it. */
  readonly mend: string
}
