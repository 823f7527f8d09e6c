import type { JSX } from 'preact'
import { fill } from '../words/language.ts'
import { useFormats, useWords } from '../words/spoken.ts'
import { TRUTH_WORDS } from '../words/truth-words.ts'
import type { DemoTruth } from './truth-of.ts'

const ROW = 46
const AXIS = 26
const STEP = 0.1

type MarkKind = 'truth' | 'nearest' | 'other'

/** Told apart by form as well as by colour. */
const MARKS: Readonly<Record<MarkKind, string>> = {
  truth: 'M0 -9 L9 0 L0 9 L-9 0 Z',
  nearest: 'M-6 0 A6 6 0 1 1 6 0 A6 6 0 1 1 -6 0 Z',
  other: 'M-1.25 -7 H1.25 V7 H-1.25 Z',
}

/** Each channel on one line: what it truly caused, and what the models say. The table below has every number. */
export function TruthPicture({ truth: { channels, models } }: { truth: DemoTruth }): JSX.Element {
  const words = useWords(TRUTH_WORDS)
  const { share } = useFormats()
  const most = Math.max(...channels.map(one => one.share), ...models.flatMap(({ shares }) => shares))
  const top = Math.ceil(most / STEP) * STEP
  // Room for half a mark at either side.
  const x = (part: number) => `${(1.6 + (96.8 * part) / top).toFixed(2)}%`
  const height = channels.length * ROW + AXIS
  const ticks = Array.from({ length: Math.round(top / STEP) + 1 }, (_, index) => index * STEP)
  const [best, ...others] = models

  return (
    <figure class="dumbbells">
      <svg width="100%" height={height} role="img" aria-labelledby="picture-title">
        <title id="picture-title">{words.pictureTitle}</title>
        {ticks.map((tick, index) => (
          <>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1="0" y2={height - AXIS} />
            <text
              class="axis"
              x={x(tick)}
              y={height - 8}
              text-anchor={index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle'}
            >
              {share(tick)}
            </text>
          </>
        ))}
        {channels.map((channel, row) => (
          <svg y={row * ROW} overflow="visible">
            <text x={x(0)} y="16">
              {channel.name}
            </text>
            <line class="span" x1={x(channel.share)} x2={x(best!.shares[row]!)} y1="32" y2="32" />
            {others.map(({ name, shares }) => (
              <Mark kind="other" x={x(shares[row]!)} words={`${name}: ${share(shares[row]!)}`} />
            ))}
            <Mark kind="nearest" x={x(best!.shares[row]!)} words={`${best!.name}: ${share(best!.shares[row]!)}`} />
            <Mark kind="truth" x={x(channel.share)} words={`${words.truth}: ${share(channel.share)}`} />
          </svg>
        ))}
      </svg>
      <figcaption class="legend">
        <LegendMark kind="truth" text={words.truth} />
        <LegendMark kind="nearest" text={fill(words.nearestModel, { model: best!.name })} />
        <LegendMark kind="other" text={words.otherModels} />
      </figcaption>
    </figure>
  )
}

function Mark({ kind, x, words }: { kind: MarkKind; x: string; words: string }): JSX.Element {
  return (
    <svg x={x} y="32" overflow="visible">
      <path class={`mark ${kind}`} d={MARKS[kind]}>
        <title>{words}</title>
      </path>
    </svg>
  )
}

function LegendMark({ kind, text }: { kind: MarkKind; text: string }): JSX.Element {
  return (
    <span>
      <svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
        <path class={`mark ${kind}`} d={MARKS[kind]} />
      </svg>
      {text}
    </span>
  )
}
