import type { JSX } from 'preact'
import type { FlowNode, PathFlow } from '../facts/report-facts.ts'
import { pathWords } from '../words/path-words.ts'
import type { PathWords } from '../words/path-words.ts'
import { shownName } from '../words/shown-name.ts'
import { BOX_WIDTH, isOutcome, layOutFlow, onlyBands } from './flow-layout.ts'
import type { FlowBand, FlowBox, FlowLayout } from './flow-layout.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext, PictureTable, PictureView } from './picture.ts'

/** How long a name may be beside a box. */
const LONGEST_NAME = 20
/** Narrower ones would be a web of hair. */
const MOST_BANDS = 18

/** How journeys run from contact to contact, and where those come from that convert. */
export const drawPathFlow: DrawPicture = ({ flow }, context) => {
  if (!flow || flow.forward.journeys === 0) return undefined
  const words = pathWords[context.language]
  const views = [
    viewOf('path-flow-0', words.forward, flow.forward, false, context),
    viewOf('path-flow-1', words.backward, flow.backward, true, context),
  ].filter(view => view !== undefined)
  if (views.length === 0) return undefined
  return { id: 'path-flow', title: words.flowTitle, choice: words.flowChoice, note: words.flowNote, views }
}

function viewOf(
  id: string,
  name: string,
  flow: PathFlow,
  isBackward: boolean,
  context: PictureContext,
): PictureView | undefined {
  if (flow.journeys === 0 || flow.nodes.length === 0) return undefined
  const words = pathWords[context.language]
  const laid = layOutFlow(flow, isBackward, context.minimum)
  const widest = laid.bands.toSorted((a, b) => b.link.journeys - a.link.journeys).slice(0, MOST_BANDS)
  const layout = onlyBands(laid, widest)
  const areConversions = flow.links.length > 0 && flow.links.every(link => link.converted === link.journeys)
  const isTooSmall = flow.nodes.every(node => node.journeys < context.minimum)
  const told = sentenceOf(flow, laid, areConversions, isBackward, context)
  const left = laid.bands.length - widest.length
  const sentence = left > 0 ? `${told} ${words.widest(widest.length, laid.bands.length, context.formats)}` : told
  return {
    name,
    sentence,
    drawing: isTooSmall ? (
      <></>
    ) : (
      <Flow id={id} layout={layout} areConversions={areConversions} isBackward={isBackward} context={context} />
    ),
    table: tableOf({ ...layout, bands: widest }, isBackward, context),
  }
}

function sentenceOf(
  flow: PathFlow,
  { boxes, firstStep }: FlowLayout,
  areConversions: boolean,
  isBackward: boolean,
  context: PictureContext,
): string {
  const { language, formats } = context
  const words = pathWords[language]
  const ends = boxes.filter(({ node }) => node.step === firstStep && !isOutcome(node))
  const converted = ends.reduce((sum, box) => sum + (box.converted ?? 0), 0)
  const channels = ends.filter(({ node }) => node.kind === 'channel').map(({ node }) => node)
  const [first, second] = channels.sort((a, b) => b.journeys - a.journeys)
  if (!first || first.journeys < context.minimum) return words.tooFew(context.minimum, formats)
  const standout = { name: isolatedName(first.key), isTied: second?.journeys === first.journeys }
  const count = formats.number(first.journeys)
  return isBackward
    ? words.flowBackward(
        flow.journeys,
        standout,
        count,
        formats.share(first.journeys / flow.journeys),
        areConversions,
        formats,
      )
    : words.flowForward(
        flow.journeys,
        shownCount(converted, context),
        shownShare(converted, flow.journeys, context),
        standout,
        count,
        formats,
      )
}

interface FlowProps {
  readonly id: string
  readonly layout: FlowLayout
  /** Whether all of them converted: then it is no news at every name. */
  readonly areConversions: boolean
  readonly isBackward: boolean
  readonly context: PictureContext
}

function Flow({ id, layout, areConversions, isBackward, context }: FlowProps): JSX.Element {
  const words = pathWords[context.language]
  const { width, height, boxes, bands, columns } = layout
  const tall = Math.round(height)
  return (
    <figure class="path-figure">
      <div
        class="scroll"
        tabIndex={0}
        role="region"
        aria-label={`${words.flowTitle}, ${isBackward ? words.backward : words.forward}. ${words.scroll}`}
      >
        <svg width={width} height={tall} viewBox={`0 0 ${width} ${tall}`} role="img" aria-label={words.flowCaption}>
          <defs>
            <pattern id={`${id}-h`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="path-hatch" width="1.5" height="6" />
            </pattern>
          </defs>
          {columns.map(({ x, contact }) => (
            <text class="path-head" x={Math.round(x)} y="12">
              {contact === null ? words.outcome : words.contact(contact, isBackward)}
            </text>
          ))}
          <g class="path-ribbons">
            {bands.map(band => (
              <Band id={id} band={band} isBackward={isBackward} context={context} />
            ))}
          </g>
          {boxes.map(box => (
            <Box
              id={id}
              box={areConversions ? { ...box, converted: null } : box}
              isBackward={isBackward}
              context={context}
            />
          ))}
        </svg>
      </div>
      {areConversions ? null : <Legend words={words} />}
    </figure>
  )
}

function Legend({ words }: { words: PathWords }): JSX.Element {
  return (
    <figcaption class="path-legend">
      {[words.legendConverted, words.legendNot].map((text, place) => (
        <span>
          <svg class="path-ribbons" width="30" height="14" aria-hidden="true">
            <path class={place === 0 ? 'won' : undefined} d="M1 7H29" stroke-width="10" />
          </svg>
          {text}
        </span>
      ))}
    </figcaption>
  )
}

interface BandProps {
  readonly id: string
  readonly band: FlowBand
  readonly isBackward: boolean
  readonly context: PictureContext
}

/** A band is two: above those who converted in the end, below those who did not. */
function Band({ id, band, isBackward, context }: BandProps): JSX.Element {
  const { link, from, to, x, y, width } = band
  const isSmall = link.journeys < context.minimum
  const won = link.converted < context.minimum ? 0 : (width * link.converted) / link.journeys
  const lost = width - won
  const d = (off: number): string => {
    const [x0, x1] = [Math.round(x[0]), Math.round(x[1])]
    const half = Math.round((x1 - x0) / 2)
    const down = tenth(y[1] - y[0])
    return `M${x0} ${tenth(y[0] + off)}c${half} 0 ${half} ${down} ${x1 - x0} ${down}`
  }
  const told = pathWords[context.language].link(
    nameOf(from, isBackward, context),
    nameOf(to, isBackward, context),
    shownCount(link.journeys, context),
    shownCount(link.converted, context),
  )
  const thick = (value: number): number => Math.max(0.5, tenth(value))
  return (
    <g>
      <title>{told}</title>
      {isSmall ? (
        <path d={d(0)} stroke={`url(#${id}-h)`} stroke-width={thick(width)} />
      ) : (
        <>
          {lost > 0 ? <path d={d(won / 2)} stroke-width={thick(lost)} /> : null}
          {won > 0 ? <path class="won" d={d(-lost / 2)} stroke-width={thick(won)} /> : null}
        </>
      )}
    </g>
  )
}

interface BoxProps {
  readonly id: string
  readonly box: FlowBox
  readonly isBackward: boolean
  readonly context: PictureContext
}

function Box({ id, box, isBackward, context }: BoxProps): JSX.Element {
  const { language, minimum } = context
  const { node, converted, x, y, height } = box
  const middle = y + height / 2
  const isSmall = node.journeys > 0 && node.journeys < minimum
  const share =
    isOutcome(node) || converted === null || isSmall
      ? ''
      : ` · ${pathWords[language].convertedOf(
          converted > 0 && converted < minimum
            ? shownCount(converted, context)
            : shownShare(converted, node.journeys, context),
        )}`
  const text = Math.round(x) + BOX_WIDTH + 5
  return (
    <>
      <rect
        class={isSmall ? undefined : `path-box ${node.kind}`}
        x={Math.round(x)}
        y={tenth(y)}
        width={BOX_WIDTH}
        height={tenth(height)}
        {...(isSmall ? { fill: `url(#${id}-h)` } : {})}
      />
      <text class="name path-name" x={text} y={tenth(middle - 1)}>
        {nameOf(node, isBackward, context)}
      </text>
      <text class="path-amount" x={text} y={tenth(middle + 13)}>
        {shownCount(node.journeys, context)}
        {share}
      </text>
    </>
  )
}

function tableOf({ bands, firstStep }: FlowLayout, isBackward: boolean, context: PictureContext): PictureTable {
  const words = pathWords[context.language]
  const named = (node: FlowNode): string =>
    isOutcome(node)
      ? nameOf(node, isBackward, context)
      : `${words.contact(node.step - firstStep, isBackward)}: ${nameOf(node, isBackward, context)}`
  return {
    caption: words.flowCaption,
    columns: [
      { name: words.fromColumn },
      { name: words.toColumn },
      { name: words.journeys, isNumber: true },
      { name: words.ofThemConverted, isNumber: true },
    ],
    rows: bands
      .toSorted((a, b) => a.x[0] - b.x[0] || b.link.journeys - a.link.journeys)
      .map(({ link, from, to }) => [
        named(from),
        named(to),
        shownCount(link.journeys, context),
        shownCount(link.converted, context),
      ]),
  }
}

function nameOf({ kind, key }: FlowNode, isBackward: boolean, { language }: PictureContext): string {
  const words = pathWords[language]
  if (kind === 'channel') return shownName(key, LONGEST_NAME)
  return kind === 'more' && isBackward ? words.earlier : words[kind]
}

function shownCount(count: number, { language, formats, minimum }: PictureContext): string {
  return count > 0 && count < minimum ? pathWords[language].few(minimum, formats) : formats.number(count)
}

function shownShare(part: number, of: number, { language, formats, minimum }: PictureContext): string {
  if (part > 0 && part < minimum) {
    return of <= minimum ? pathWords[language].few(minimum, formats) : `<${formats.share(minimum / of, 1)}`
  }
  return formats.share(of === 0 ? 0 : part / of)
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
