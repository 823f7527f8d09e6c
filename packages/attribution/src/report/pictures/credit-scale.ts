import { scaleLinear } from 'd3-scale'

/** From numbers to places across a drawing as wide as its page, with room for half a mark at either side. */
export interface CreditScale {
  at(value: number): string
  /** How wide a bar from zero is. */
  wide(value: number): string
  readonly ticks: readonly number[]
}

const ROOM = 1.5

export function creditScale(most: number): CreditScale {
  const scale = scaleLinear()
    .domain([0, most > 0 ? most : 1])
    .range([ROOM, 100 - ROOM])
    .nice(4)
  const percent = (place: number): string => `${Math.round(place * 10) / 10}%`
  return {
    at: value => percent(scale(value)),
    wide: value => percent(scale(value) - scale(0)),
    ticks: scale.ticks(4),
  }
}
