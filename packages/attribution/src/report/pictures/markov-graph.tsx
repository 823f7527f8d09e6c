import type { JSX } from 'preact'
import { chainWords } from '../words/chain-words.ts'
import type { ChainWords } from '../words/chain-words.ts'
import { shownName } from '../words/shown-name.ts'
import { curvesOf } from './chain-curves.ts'
import { CONVERSION, END_BOX, HEIGHT, layOutChain, NULL, START, WIDTH } from './chain-layout.ts'
import type { ChainLayout, ChainNode } from './chain-layout.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext } from './picture.ts'

const ID = 'markov-graph'
const LONGEST_NAME = 18

/** The chain of channels as circles and lines: where journeys begin, where they go on, where they end. */
export const drawMarkovGraph: DrawPicture = ({ chain, totals }, context) => {
  if (!chain || chain.transitions.length === 0) return undefined
  const { formats, language, minimum } = context
  const words = chainWords[language]
  // The chain knows shares; times the journeys they are people.
  const layout = layOutChain(chain, minimum / Math.max(1, totals.journeys))
  const sentence = layout.edges.length === 0 ? words.tooFew(minimum, formats) : sentenceOf(layout, words, context)
  return {
    id: ID,
    title: words.chainTitle,
    note: words.chainNote(layout.edges.length, layout.all, formats),
    views: [
      {
        name: 'all',
        sentence,
        drawing:
          layout.edges.length === 0 ? (
            <></>
          ) : (
            <div
              class="path-figure scroll"
              tabIndex={0}
              role="region"
              aria-label={`${words.chainTitle}. ${words.scroll}`}
            >
              {drawGraph(layout, context)}
            </div>
          ),
        table: {
          caption: words.chainCaption,
          columns: [{ name: words.fromColumn }, { name: words.toColumn }, { name: words.probability, isNumber: true }],
          rows: layout.edges.map(({ from, to, probability }) => [
            nameOf(from.key, words, 40),
            nameOf(to.key, words, 40),
            formats.share(probability, 1),
          ]),
        },
      },
    ],
  }
}

function sentenceOf({ edges }: ChainLayout, words: ChainWords, { formats, minimum }: PictureContext): string {
  const standout = (ways: ChainLayout['edges'], key: (way: ChainLayout['edges'][number]) => string) => {
    const [best, second] = ways.toSorted((a, b) => b.probability - a.probability)
    if (!best) return undefined
    const isTied = second !== undefined && second.probability > best.probability - 1e-9
    return { standout: { name: isolatedName(key(best)), isTied }, share: best.probability }
  }
  const first = standout(
    edges.filter(({ from, to }) => from.key === START && to.key !== CONVERSION && to.key !== NULL),
    ({ to }) => to.key,
  )
  const last = standout(
    edges.filter(({ from, to }) => to.key === CONVERSION && from.key !== START),
    ({ from }) => from.key,
  )
  const parts = [
    first && words.chainStart(first.standout, first.share, formats),
    last && words.chainEnd(last.standout, last.share, formats),
  ].filter(part => part !== undefined)
  return parts.length > 0 ? parts.join(' ') : words.tooFew(minimum, formats)
}

function drawGraph(layout: ChainLayout, { language, formats }: PictureContext): JSX.Element {
  const words = chainWords[language]
  const curves = curvesOf(layout.edges, layout.nodes)
  const kind = (to: ChainNode): string => (to.key === CONVERSION ? ' won' : to.key === NULL ? ' lost' : '')
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={words.chainCaption}>
      <defs>
        {['', ' won', ' lost'].map(of => (
          <marker
            id={`${ID}-a${of.trim()}`}
            class={`path-arrow${of}`}
            viewBox="0 0 8 8"
            refX="1"
            refY="4"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8Z" />
          </marker>
        ))}
      </defs>
      {curves.map(({ edge: { from, to, probability }, d }) => (
        <path class={`path-way${kind(to)}`} d={d} stroke-width={Math.round((1 + 8 * probability) * 10) / 10}>
          <title>{`${nameOf(from.key, words, 40)} → ${nameOf(to.key, words, 40)}: ${formats.share(probability, 1)}`}</title>
        </path>
      ))}
      {layout.nodes.map(node => (
        <State node={node} words={words} />
      ))}
      {curves.map(({ edge: { probability }, label }) =>
        label ? (
          <text class="path-odds to-middle" x={label.x} y={label.y + 4}>
            {formats.share(probability)}
          </text>
        ) : null,
      )}
    </svg>
  )
}

function State({ node, words }: { node: ChainNode; words: ChainWords }): JSX.Element {
  const { key, x, y, radius } = node
  const isEnd = key === START || key === CONVERSION || key === NULL
  if (!isEnd) {
    return (
      <>
        <circle class="path-state" cx={x} cy={y} r={radius} />
        <text class="name path-name to-middle" x={x} y={y + radius + 15}>
          {shownName(key, LONGEST_NAME)}
        </text>
      </>
    )
  }
  return (
    <>
      <rect
        class={`path-end${key === CONVERSION ? ' won' : key === NULL ? ' lost' : ''}`}
        x={x - END_BOX.x}
        y={y - END_BOX.y}
        width={2 * END_BOX.x}
        height={2 * END_BOX.y}
        rx="8"
      />
      <text class={`path-end-name to-middle${key === CONVERSION ? ' won' : ''}`} x={x} y={y + 4}>
        {nameOf(key, words, 40)}
      </text>
    </>
  )
}

function nameOf(key: string, words: ChainWords, most: number): string {
  if (key === START) return words.start
  if (key === CONVERSION) return words.conversion
  return key === NULL ? words.none : shownName(key, most)
}
