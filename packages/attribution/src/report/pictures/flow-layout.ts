import { sankey } from 'd3-sankey'
import type { FlowLink, FlowNode, PathFlow } from '../facts/report-facts.ts'

/** Where the boxes and bands of a flow are, in pixels. Time goes from left to right, whichever way it was counted. */
export interface FlowLayout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly FlowBox[]
  readonly bands: readonly FlowBand[]
  /** Of each column: how many contacts are before it, or after it in a flow from the end. Null: it has outcomes. */
  readonly columns: readonly { readonly x: number; readonly contact: number | null }[]
  /** The step of the first contact, or of the last one in a flow from the end, where an outcome may be before it. */
  readonly firstStep: number
}

export interface FlowBox {
  readonly node: FlowNode
  /** Of the journeys through it, how many converted. Null where nothing is known of it. */
  readonly converted: number | null
  readonly x: number
  readonly y: number
  readonly height: number
}

export interface FlowBand {
  readonly link: FlowLink
  /** The earlier one, and the later one. */
  readonly from: FlowNode
  readonly to: FlowNode
  readonly x: readonly [number, number]
  /** Of its middle. */
  readonly y: readonly [number, number]
  readonly width: number
}

export const BOX_WIDTH = 12
const COLUMN_WIDTH = 178
const LABEL_WIDTH = 150
const TOP = 26
/** Room for two lines of text at every box, however low it is. */
const APART = 30
const LEAST_HEIGHT = 260

/** What a node and a link are to the layout: it adds where they are. */
interface Place {
  readonly node: FlowNode
  readonly column: number
  readonly rank: number
  readonly fixedValue: number
}

interface Way {
  readonly link: FlowLink
  readonly source: number
  readonly target: number
  readonly value: number
}

/** @param minimum what is smaller, and not nothing, is drawn as if it had this size. */
export function layOutFlow(flow: PathFlow, isBackward: boolean, minimum: number): FlowLayout {
  const columns = columnsOf(flow, isBackward)
  const size = (journeys: number): number => (journeys > 0 ? Math.max(journeys, minimum) : 0)
  const ranks = ranksOf(flow)
  const nodes = flow.nodes.map((node, at): Place => ({
    node,
    column: columns[at]!,
    rank: ranks.get(rankKey(node)) ?? 0,
    fixedValue: size(node.journeys),
  }))
  const links = flow.links
    .map((link): Way => {
      const [source, target] = columns[link.from]! < columns[link.to]! ? [link.from, link.to] : [link.to, link.from]
      return { link, source, target, value: size(link.journeys) }
    })
    .filter(({ source, target, value }) => value > 0 && columns[source] !== columns[target])
  const count = Math.max(...columns) + 1
  const tallest = Math.max(...Array.from({ length: count }, (_, at) => columns.filter(own => own === at).length))
  const width = (count - 1) * COLUMN_WIDTH + BOX_WIDTH + LABEL_WIDTH
  const height = TOP + LEAST_HEIGHT + tallest * APART

  const laid = sankey<Place, Way>()
    .nodeWidth(BOX_WIDTH)
    .nodePadding(APART)
    .nodeAlign(node => node.column)
    .nodeSort((a, b) => a.rank - b.rank)
    .extent([
      [0, TOP],
      [width - LABEL_WIDTH, height - 6],
    ])({ nodes, links })

  const converted = convertedOf(flow)
  const boxes = laid.nodes.map((place, at): FlowBox => ({
    node: place.node,
    converted: converted[at]!,
    // Of a single column the layout does not know where it is.
    x: place.x0! || 0,
    y: place.y0!,
    height: Math.max(1, place.y1! - place.y0!),
  }))
  const bands = laid.links.map((way): FlowBand => {
    const source = way.source as Place & { x1: number }
    const target = way.target as Place & { x0: number }
    return {
      link: way.link,
      from: source.node,
      to: target.node,
      x: [source.x1, target.x0],
      y: [way.y0!, way.y1!],
      width: way.width!,
    }
  })
  const firstStep = Math.min(...flow.nodes.filter(node => !isOutcome(node)).map(({ step }) => step))
  return { width, height, boxes, bands, columns: headsOf(boxes, firstStep), firstStep }
}

/** Without the other bands, the boxes that only they lead to or from, and the columns of nothing else, closed up. */
export function onlyBands(layout: FlowLayout, bands: readonly FlowBand[]): FlowLayout {
  const met = new Set(bands.flatMap(({ from, to }) => [from, to]))
  const boxes = layout.boxes.filter(({ node }) => bands.length === 0 || met.has(node))
  const kept = [...new Set(boxes.map(({ x }) => columnAt(x)))].sort((a, b) => a - b)
  const moved = (x: number): number => kept.indexOf(columnAt(x)) * COLUMN_WIDTH
  return {
    ...layout,
    width: (kept.length - 1) * COLUMN_WIDTH + BOX_WIDTH + LABEL_WIDTH,
    boxes: boxes.map(box => ({ ...box, x: moved(box.x) })),
    bands: bands.map(band => ({ ...band, x: [moved(band.x[0] - BOX_WIDTH) + BOX_WIDTH, moved(band.x[1])] })),
    columns: layout.columns
      .filter(({ x }) => kept.includes(columnAt(x)))
      .map(column => ({ ...column, x: moved(column.x) })),
  }
}

function columnAt(x: number): number {
  return Math.round(x / COLUMN_WIDTH)
}

/** Places from left to right: by time, what a journey came to after what led to it. */
function columnsOf({ nodes, links }: PathFlow, isBackward: boolean): number[] {
  const times = nodes.map(node => (isBackward ? -node.step : node.step))
  nodes.forEach((node, at) => {
    if (!isOutcome(node)) return
    const before = links.flatMap(({ from, to }) => (to === at ? [times[from]!] : from === at ? [times[to]!] : []))
    times[at] = Math.max(isBackward ? -Infinity : node.step, ...before.map(time => time + (isBackward ? 1 : 0.5)))
  })
  const sorted = [...new Set(times)].sort((a, b) => a - b)
  return times.map(time => sorted.indexOf(time))
}

/** One order of channels for all columns, so that a channel is looked for at the same height everywhere. */
function ranksOf({ nodes }: PathFlow): Map<string, number> {
  const sums = new Map<string, { journeys: number; kind: FlowNode['kind'] }>()
  for (const node of nodes) {
    const key = rankKey(node)
    sums.set(key, { journeys: (sums.get(key)?.journeys ?? 0) + node.journeys, kind: node.kind })
  }
  const order: readonly FlowNode['kind'][] = ['converted', 'channel', 'other', 'more', 'lost']
  const sorted = [...sums].sort(
    ([, a], [, b]) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.journeys - a.journeys,
  )
  return new Map(sorted.map(([key], at) => [key, at]))
}

function rankKey({ kind, key }: FlowNode): string {
  return `${kind} ${key}`
}

/** Journeys come out of a box as they go in, so that either side tells how many of them converted. */
function convertedOf({ nodes, links }: PathFlow): (number | null)[] {
  return nodes.map((node, at) => {
    if (node.kind === 'converted') return node.journeys
    if (node.kind === 'lost') return 0
    const [out, into] = [links.filter(({ from }) => from === at), links.filter(({ to }) => to === at)]
    const sum = (of: readonly FlowLink[], what: 'journeys' | 'converted'): number =>
      of.reduce((all, link) => all + link[what], 0)
    const whole = [out, into].find(of => sum(of, 'journeys') === node.journeys)
    return whole ? sum(whole, 'converted') : null
  })
}

function headsOf(boxes: readonly FlowBox[], firstStep: number): FlowLayout['columns'] {
  const heads = new Map<number, number | null>()
  for (const { x, node } of boxes) {
    if (!isOutcome(node)) heads.set(x, node.step - firstStep)
    else if (!heads.has(x)) heads.set(x, null)
  }
  return Array.from(heads, ([x, contact]) => ({ x, contact }))
}

export function isOutcome({ kind }: FlowNode): boolean {
  return kind === 'converted' || kind === 'lost'
}
