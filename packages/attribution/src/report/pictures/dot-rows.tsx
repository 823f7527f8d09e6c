import { scaleLinear } from 'd3-scale'
import type { JSX } from 'preact'
import { shownName } from '../words/shown-name.ts'

/** A line of the drawing: a name, what is told of it, and one or two dots with their intervals. */
interface DotRow {
  readonly name: string
  readonly told: string
  /** The second one is hollow. */
  readonly dots: readonly { readonly at: number; readonly interval: readonly [low: number, high: number] }[]
}

export interface DotRowsProps {
  readonly title: string
  readonly rows: readonly DotRow[]
  readonly domain: readonly [from: number, to: number]
  readonly axis: (value: number) => string
}

const ROW = 46
/** Where the dots of a row are. */
const MIDDLE = 31
const AXIS = 24

/** Dots on a line each, with whiskers: estimates and how sure they are. */
export function DotRows({ title, rows, domain, axis }: DotRowsProps): JSX.Element {
  const scale = scaleLinear().domain(domain).range([2, 98]).clamp(true)
  const at = (value: number): string => `${Math.round(scale(value) * 10) / 10}%`
  const height = rows.length * ROW + AXIS
  const ticks = scale.ticks(4)
  return (
    <svg class="quality-dots" width="100%" height={height} role="img" aria-label={title}>
      {ticks.map(tick => (
        <>
          <line class="quality-grid" x1={at(tick)} x2={at(tick)} y1="0" y2={height - AXIS} />
          <text class="quality-axis to-middle" x={at(tick)} y={height - 7}>
            {axis(tick)}
          </text>
        </>
      ))}
      {rows.map(({ name, told, dots }, place) => (
        <svg y={place * ROW + MIDDLE}>
          <text class="name" x="2%" y="-16">
            {shownName(name, 30)} <tspan class="quality-told">{told}</tspan>
          </text>
          {dots.length > 1 && <line class="quality-join" x1={at(dots[0]!.at)} x2={at(dots[1]!.at)} />}
          {dots.map(({ at: value, interval: [low, high] }, dot) => (
            <>
              <line
                class="quality-whisker"
                x1={at(low)}
                x2={at(high)}
                y1={4 * dot || undefined}
                y2={4 * dot || undefined}
              />
              <circle class={dot === 0 ? 'quality-dot' : 'quality-dot hollow'} cx={at(value)} r="5.5" />
            </>
          ))}
        </svg>
      ))}
    </svg>
  )
}
