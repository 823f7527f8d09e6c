import type { ChainFacts } from '../facts/report-facts.ts'

export const START = '(start)'
export const CONVERSION = '(conversion)'
export const NULL = '(null)'

/** A Markov chain with places for its states and ways, in pixels. */
export interface ChainLayout {
  readonly nodes: readonly ChainNode[]
  readonly edges: readonly ChainEdge[]
  /** How many steps there are, drawn or not. */
  readonly all: number
}

export interface ChainNode {
  readonly key: string
  /** Of a journey, on the mean. */
  readonly visits: number
  readonly x: number
  readonly y: number
  readonly radius: number
}

export interface ChainEdge {
  readonly from: ChainNode
  readonly to: ChainNode
  readonly probability: number
  /** How often a journey takes it, on the mean. */
  readonly flow: number
}

export const WIDTH = 860
export const HEIGHT = 500
const MIDDLE = { x: WIDTH / 2, y: HEIGHT / 2 - 8 }
const REACH = { x: 225, y: 190 }
const MOST_CHANNELS = 10
/** So many of each kind: journeys that end in nothing would take all the lines otherwise. */
const MOST_EDGES = { begin: 8, between: 9, convert: 6, end: 4 } as const
const SMALLEST = 7
const LARGEST = 27
/** Half the width of the boxes where journeys begin and end, and half their height. */
export const END_BOX = { x: 52, y: 19 } as const

const ENDS: readonly ChainNode[] = [
  { key: START, visits: 1, x: END_BOX.x + 4, y: MIDDLE.y, radius: END_BOX.x },
  { key: CONVERSION, visits: 0, x: WIDTH - END_BOX.x - 4, y: 130, radius: END_BOX.x },
  { key: NULL, visits: 0, x: WIDTH - END_BOX.x - 4, y: HEIGHT - 146, radius: END_BOX.x },
]

type Transition = ChainFacts['transitions'][number]

/** @param fewest what is travelled less often by a journey, on the mean, is left out. */
export function layOutChain({ transitions }: ChainFacts, fewest: number): ChainLayout {
  const visits = visitsOf(transitions)
  const flowOf = ({ from, probability }: Transition): number => (visits.get(from) ?? 0) * probability
  const channels = [...visits]
    .filter(([key, count]) => key !== START && count >= fewest)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, MOST_CHANNELS)
    .map(([key]) => key)
  const shown = new Set([...channels, START, CONVERSION, NULL])
  const ways = transitions
    .filter(({ from, to }) => shown.has(from) && shown.has(to) && from !== CONVERSION && from !== NULL)
    .map(transition => ({ transition, flow: flowOf(transition) }))
    .filter(({ flow }) => flow > 0 && flow >= fewest)
    .sort((a, b) => b.flow - a.flow)
    .filter(mostOfEachKind())
  const met = new Set(ways.flatMap(({ transition: { from, to } }) => [from, to]))
  const placed = placeChannels(
    channels.filter(key => met.has(key)),
    visits,
    transitions,
  )
  const nodes = [...ENDS.filter(({ key }) => met.has(key)), ...placed]
  const byKey = new Map(nodes.map(node => [node.key, node]))
  const edges = ways.map(({ transition: { from, to, probability }, flow }): ChainEdge => ({
    from: byKey.get(from)!,
    to: byKey.get(to)!,
    probability,
    flow,
  }))
  return { nodes, edges, all: transitions.filter(({ from }) => from !== CONVERSION && from !== NULL).length }
}

function mostOfEachKind(): (way: { readonly transition: Transition }) => boolean {
  const counts = { begin: 0, between: 0, convert: 0, end: 0 }
  return ({ transition: { from, to } }) => {
    const kind = to === CONVERSION ? 'convert' : to === NULL ? 'end' : from === START ? 'begin' : 'between'
    return ++counts[kind] <= MOST_EDGES[kind]
  }
}

/** How often a journey is in each state on the mean: what enters it, step by step, until next to nothing is on its way. */
function visitsOf(transitions: readonly Transition[]): Map<string, number> {
  const visits = new Map([[START, 1]])
  let now = new Map([[START, 1]])
  for (let round = 0; round < 1_000 && now.size > 0; round++) {
    const next = new Map<string, number>()
    for (const { from, to, probability } of transitions) {
      const mass = (now.get(from) ?? 0) * probability
      if (mass > 1e-9 && to !== CONVERSION && to !== NULL) next.set(to, (next.get(to) ?? 0) + mass)
    }
    for (const [key, mass] of next) visits.set(key, (visits.get(key) ?? 0) + mass)
    now = next
  }
  return visits
}

/** On an ellipse: left where journeys begin, right where they convert, so that ways run from left to right. */
function placeChannels(
  keys: readonly string[],
  visits: ReadonlyMap<string, number>,
  transitions: readonly Transition[],
): ChainNode[] {
  const begun = new Map(transitions.filter(({ from }) => from === START).map(way => [way.to, way.probability]))
  const ended = new Map(transitions.filter(({ to }) => to === CONVERSION).map(way => [way.from, way.probability]))
  const leaning = (key: string): number => (begun.get(key) ?? 0) / (visits.get(key) ?? 1) - (ended.get(key) ?? 0)
  const most = Math.max(...keys.map(key => visits.get(key) ?? 0), 1e-9)
  const sorted = keys.toSorted((a, b) => leaning(b) - leaning(a))
  return sorted.map((key, at) => {
    const along = (Math.PI * (at + 0.5)) / sorted.length
    const angle = at % 2 === 0 ? Math.PI + along : Math.PI - along
    const alone = sorted.length === 1
    const count = visits.get(key) ?? 0
    return {
      key,
      visits: count,
      x: Math.round(MIDDLE.x + (alone ? 0 : REACH.x * Math.cos(angle))),
      y: Math.round(MIDDLE.y + (alone ? 0 : REACH.y * Math.sin(angle))),
      radius: Math.round(SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(count / most)),
    }
  })
}
