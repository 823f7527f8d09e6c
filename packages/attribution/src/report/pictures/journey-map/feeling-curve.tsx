import { area, curveMonotoneX, line } from 'd3-shape'
import type { JSX } from 'preact'
import type { StageOnMap } from '../../facts/report-facts.ts'
import { mapWords } from '../../words/map-words.ts'
import type { PictureContext } from '../picture.ts'
import { shownPeople } from './stage-columns.tsx'

const HEIGHT = 168
/** Room for the labels above the best and below the worst. */
const TOP = 26
const BOTTOM = 36

type Feeling = NonNullable<StageOnMap['feeling']>

interface Point {
  readonly x: number
  readonly feeling: Feeling | undefined
}

/** Feelings from stage to stage, or undefined where nothing of them may be shown. */
export function FeelingCurve(props: {
  readonly stages: readonly StageOnMap[]
  readonly context: PictureContext
}): JSX.Element | undefined {
  const { stages, context } = props
  const words = mapWords[context.language]
  const points = stages.map((stage, place): Point => ({
    x: round((100 * (place + 0.5)) / stages.length),
    feeling: shownFeeling(stage, context),
  }))
  if (points.every(({ feeling }) => !feeling)) return undefined
  const band = area<Point>(
    ({ x }) => x,
    ({ feeling }) => heightOf(feeling!.interval[0]),
    ({ feeling }) => heightOf(feeling!.interval[1]),
  )
  const curve = line<Point>(
    ({ x }) => x,
    ({ feeling }) => heightOf(feeling!.mean),
  )
  for (const drawn of [band, curve]) {
    drawn
      .defined(({ feeling }) => feeling !== undefined)
      .curve(curveMonotoneX)
      .digits(1)
  }
  return (
    <svg
      class="map-curve"
      width="100%"
      height={HEIGHT}
      role="img"
      aria-label={`${words.feelingTitle}. ${words.feelingDesc}`}
    >
      {[2, 1, 0, -1, -2].map(value => (
        <>
          <line
            class={value === 0 ? 'map-zero' : 'map-level'}
            x1="0"
            x2="100%"
            y1={heightOf(value)}
            y2={heightOf(value)}
          />
          {value % 2 === 0 && (
            <text class="map-axis" x="2" y={heightOf(value) - 4}>
              {signed(value, context, 0)}
            </text>
          )}
        </>
      ))}
      <svg width="100%" height={HEIGHT} viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none">
        <path class="map-band" d={band(points) ?? ''} />
        <path class="map-line" d={curve(points) ?? ''} />
      </svg>
      {points.map(({ x, feeling }, place) => (
        <FeelingMark x={x} feeling={feeling} place={place} stage={stages[place]!} context={context} />
      ))}
    </svg>
  )
}

function FeelingMark(props: {
  readonly x: number
  readonly feeling: Feeling | undefined
  readonly place: number
  readonly stage: StageOnMap
  readonly context: PictureContext
}): JSX.Element {
  const { x, feeling, place, stage, context } = props
  const words = mapWords[context.language]
  const at = `${x}%`
  return (
    <>
      {feeling ? (
        <>
          <line
            class="map-range"
            x1={at}
            x2={at}
            y1={heightOf(feeling.interval[0])}
            y2={heightOf(feeling.interval[1])}
          />
          <circle class="map-dot" cx={at} cy={heightOf(feeling.mean)} r="5" />
          <text class="map-mean" x={at} y={heightOf(feeling.interval[1]) - 7}>
            {signed(feeling.mean, context)}
          </text>
          <text class="map-answers" x={at} y={HEIGHT - 16}>
            {`n ${context.formats.number(feeling.answers)}`}
          </text>
        </>
      ) : (
        <text class="map-answers" x={at} y={HEIGHT - 16}>
          {stage.feeling ? `n ${shownPeople(stage.feeling.answers, context)}` : words.nothing}
        </text>
      )}
      <text class="map-answers map-key" x={at} y={HEIGHT - 1}>
        {place + 1}
      </text>
    </>
  )
}

/** The feeling in a stage, if enough people told it. */
export function shownFeeling({ feeling }: StageOnMap, { minimum }: PictureContext): Feeling | undefined {
  return feeling && feeling.answers >= minimum ? feeling : undefined
}

/** `+0.7`, `−1.2`, `0`. */
export function signed(value: number, { formats }: PictureContext, decimals: number = 1): string {
  const size = formats.number(Math.abs(value), decimals)
  if (size === formats.number(0)) return size
  return `${value > 0 ? '+' : '−'}${size}`
}

function heightOf(value: number): number {
  return round(TOP + ((2 - Math.max(-2, Math.min(2, value))) / 4) * (HEIGHT - TOP - BOTTOM))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
