import { scaleLinear } from 'd3-scale'
import type { JSX } from 'preact'
import { stageWords } from '../words/stage-words.ts'
import type { PictureContext } from './picture.ts'

export interface BarChartProps {
  readonly title: string
  readonly amounts: readonly number[]
  /** What stands under some of the bars, by their places. */
  readonly labels: readonly (readonly [place: number, text: string])[]
  /** A line across, at a place between the bars: a median. */
  readonly mark?: { readonly place: number; readonly text: string }
  readonly height?: number
  readonly context: PictureContext
}

const BOTTOM = 22
const TOP = 16

/** Bars side by side, as one path as wide as the page. Those of few people are left out; where all are, it says so. */
export function BarChart({ title, amounts, labels, mark, height = 150, context }: BarChartProps): JSX.Element {
  const { formats, language, minimum } = context
  const plot = height - BOTTOM - TOP
  const shown = amounts.map(amount => (amount < minimum ? 0 : amount))
  if (shown.every(amount => amount === 0)) return <p>{stageWords[language].tooFew(minimum, formats)}</p>
  const scale = scaleLinear()
    .domain([0, Math.max(1, ...shown)])
    .range([0, plot])
    .nice(2)
  const at = (place: number): string => `${Math.round((1_000 * place) / amounts.length) / 10}%`
  const [, top] = scale.domain() as [number, number]
  return (
    <svg class="time-bars" width="100%" height={height} role="img" aria-label={title}>
      <line class="time-grid" x1="0" x2="100%" y1={TOP} y2={TOP} />
      <line class="time-grid" x1="0" x2="100%" y1={TOP + plot} y2={TOP + plot} />
      <text class="time-axis" x="0" y={TOP - 4}>
        {formats.short(top)}
      </text>
      <svg y={TOP} width="100%" height={plot} viewBox={`0 0 ${amounts.length * 10} ${plot}`} preserveAspectRatio="none">
        <path
          class="time-bar"
          d={shown
            .map((amount, place) =>
              amount > 0 ? `M${place * 10 + 1} ${plot}V${Math.round(plot - scale(amount))}h8V${plot}z` : '',
            )
            .join('')}
        />
      </svg>
      {mark && (
        <>
          <line class="time-mark" x1={at(mark.place)} x2={at(mark.place)} y1={TOP - 10} y2={TOP + plot} />
          <text class="time-told" x={at(mark.place)} y={TOP - 4} dx="5">
            {mark.text}
          </text>
        </>
      )}
      {labels.map(([place, text]) => (
        <text class="time-axis to-middle" x={at(place + 0.5)} y={height - 6}>
          {text}
        </text>
      ))}
    </svg>
  )
}
