import type { JSX } from 'preact'
import { formatNumber } from '../../output/numbers.ts'
import type { Comparison } from './comparison.ts'

const ROW = 46
const AXIS = 26

interface MarkShape {
  readonly d: string
  readonly hollow?: true
}

/** The models that have a mark of their own; the others are ticks. */
const MARKS: Readonly<Record<string, MarkShape>> = {
  first: { d: 'M-6 0 A6 6 0 1 1 6 0 A6 6 0 1 1 -6 0 Z', hollow: true },
  last: { d: 'M-6 0 A6 6 0 1 1 6 0 A6 6 0 1 1 -6 0 Z' },
  markov: { d: 'M0 -7.5 L7.5 0 L0 7.5 L-7.5 0 Z' },
  shapley: { d: 'M0 -7 L7 6 H-7 Z' },
}
const TICK: MarkShape = { d: 'M-1.25 -6 H1.25 V6 H-1.25 Z' }

/** Each channel's credit under every model, on one line: the longer the line, the less the models agree. */
export function Dumbbells({ comparison: { models, channels, sentence } }: { comparison: Comparison }): JSX.Element {
  const step = stepFor(Math.max(...channels.map(({ most }) => most)))
  const top = step * Math.ceil(Math.max(...channels.map(({ most }) => most)) / step)
  // Room for half a mark at either side.
  const x = (amount: number) => `${(1.2 + (97.6 * Math.max(0, amount)) / top).toFixed(2)}%`
  const height = channels.length * ROW + AXIS
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step)

  return (
    <figure class="dumbbells">
      <svg width="100%" height={height} role="img" aria-labelledby="dumbbells-title dumbbells-desc">
        <title id="dumbbells-title">Orders credited to each channel, by model</title>
        <desc id="dumbbells-desc">{sentence} The table below has every number.</desc>
        {ticks.map((tick, index) => (
          <>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1="0" y2={height - AXIS} />
            <text
              class="axis"
              x={x(tick)}
              y={height - 8}
              text-anchor={index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle'}
            >
              {formatNumber(tick)}
              {index === ticks.length - 1 ? ' orders' : ''}
            </text>
          </>
        ))}
        {channels.map(({ channel, credits, least, most }, row) => (
          <svg y={row * ROW} overflow="visible">
            <text class="label" x={x(0)} y="16">
              {channel}
            </text>
            <line class="span" x1={x(least)} x2={x(most)} y1="32" y2="32" />
            {credits.map(({ conversions }, index) => (
              <Mark
                model={models[index]!}
                x={x(conversions)}
                words={`${models[index]}: ${formatNumber(conversions, 1)}`}
              />
            ))}
          </svg>
        ))}
      </svg>
      <figcaption class="legend">
        {Object.keys(MARKS)
          .filter(model => models.includes(model))
          .map(model => (
            <span>
              <LegendMark model={model} />
              {model}
            </span>
          ))}
        <span>
          <LegendMark model="" />
          other models
        </span>
      </figcaption>
    </figure>
  )
}

function Mark({ model, x, words }: { model: string; x: string; words: string }): JSX.Element {
  const { d, hollow } = MARKS[model] ?? TICK
  return (
    <svg x={x} y="32" overflow="visible">
      <path class={hollow ? 'mark hollow' : 'mark'} d={d}>
        <title>{words}</title>
      </path>
    </svg>
  )
}

function LegendMark({ model }: { model: string }): JSX.Element {
  const { d, hollow } = MARKS[model] ?? TICK
  return (
    <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
      <path class={hollow ? 'mark hollow' : 'mark'} d={d} />
    </svg>
  )
}

/** The distance between lines of the grid: 1, 2 or 5 times a power of ten, four or so to the whole. */
function stepFor(most: number): number {
  const rough = Math.max(most, 1) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5, 10].find(factor => factor * power >= rough) ?? 10) * power
}
