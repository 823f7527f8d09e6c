import type { CountedPaths } from '../../paths/counted-paths.ts'
import type { FlowLink, FlowNode, PathFlow } from './report-facts.ts'

/** So many steps are drawn, and so many channels at each. */
const STEPS = 4
const TOP = 5

/**
 * The ways of journeys step by step: forward from the first touch, with those that converted and those that did not;
 * backward from the conversion, with only those that converted. The same channel again and again counts as one step.
 */
export function pathFlow(paths: CountedPaths, direction: 'forward' | 'backward'): PathFlow {
  const { size, starts, touches, counts, channels } = paths
  const isForward = direction === 'forward'
  const walks: { channels: number[]; converted: number; lost: number }[] = []
  for (let path = 0; path < size; path++) {
    const converted = counts.conversions[path]!
    const lost = isForward ? counts.nulls[path]! : 0
    if (!(converted + lost > 0)) continue
    const own = Array.from(touches.subarray(starts[path], starts[path + 1])).filter(
      (channel, at, all) => at === 0 || channel !== all[at - 1],
    )
    if (own.length > 0) walks.push({ channels: isForward ? own : own.reverse(), converted, lost })
  }

  const top = Array.from({ length: STEPS }, (_, step) => {
    const sums = new Map<number, number>()
    for (const { channels: own, converted, lost } of walks) {
      const channel = own[step]
      if (channel !== undefined) sums.set(channel, (sums.get(channel) ?? 0) + converted + lost)
    }
    const sorted = [...sums].sort(([a, one], [b, other]) => other - one || (channels[a]! < channels[b]! ? -1 : 1))
    // "Other" for a single channel says less than its name.
    return new Set((sorted.length === TOP + 1 ? sorted : sorted.slice(0, TOP)).map(([channel]) => channel))
  })

  const nodes: FlowNode[] = []
  const nodeOf = new Map<string, number>()
  const links = new Map<string, { from: number; to: number; journeys: number; converted: number }>()
  const visit = (step: number, kind: FlowNode['kind'], key: string, journeys: number): number => {
    const name = `${step} ${kind} ${key}`
    const known = nodeOf.get(name)
    if (known !== undefined) {
      nodes[known] = { ...nodes[known]!, journeys: nodes[known]!.journeys + journeys }
      return known
    }
    nodeOf.set(name, nodes.length)
    nodes.push({ step, kind, key, journeys })
    return nodes.length - 1
  }
  const link = (from: number, to: number, journeys: number, converted: number): void => {
    const known = links.get(`${from} ${to}`)
    if (known) {
      known.journeys += journeys
      known.converted += converted
    } else links.set(`${from} ${to}`, { from, to, journeys, converted })
  }

  let journeys = 0
  for (const { channels: own, converted, lost } of walks) {
    const all = converted + lost
    journeys += all
    let last = isForward ? -1 : visit(0, 'converted', '', all)
    const drawn = Math.min(own.length, STEPS)
    for (let at = 0; at < drawn; at++) {
      const channel = own[at]!
      const isTop = top[at]!.has(channel)
      const step = isForward ? at : at + 1
      const node = visit(step, isTop ? 'channel' : 'other', isTop ? channels[channel]! : '', all)
      if (last >= 0) link(last, node, all, converted)
      last = node
    }
    if (own.length > STEPS) {
      const more = visit(isForward ? STEPS : STEPS + 1, 'more', '', all)
      link(last, more, all, converted)
      last = more
    }
    if (!isForward) continue
    const step = STEPS + 1
    if (converted > 0) link(last, visit(step, 'converted', '', converted), converted, converted)
    if (lost > 0) link(last, visit(step, 'lost', '', lost), lost, 0)
  }
  return { journeys, nodes, links: [...links.values()] satisfies FlowLink[] }
}
