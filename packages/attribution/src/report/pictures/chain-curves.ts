import { CONVERSION, END_BOX, HEIGHT, NULL, START, WIDTH } from './chain-layout.ts'
import type { ChainEdge, ChainNode } from './chain-layout.ts'

export interface ChainCurve {
  readonly edge: ChainEdge
  readonly d: string
  /** Where its number stands; without one where there is no room, or it says little. */
  readonly label?: Point
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Of the distance between two states, how far the line between them is bent: there and back are two lines. */
const BEND = 0.16
const ARROW = 7
const MOST_LABELS = 20
const LABEL = { width: 34, height: 15 }

/** Lines with arrows from state to state, and places for numbers at which they cover no other and no state. */
export function curvesOf(edges: readonly ChainEdge[], nodes: readonly ChainNode[]): ChainCurve[] {
  const taken: Point[] = []
  return edges.map((edge, at): ChainCurve => {
    const { d, along } = edge.from === edge.to ? loopOf(edge.from) : bowOf(edge)
    if (at >= MOST_LABELS) return { edge, d }
    const label = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25]
      .map(along)
      .find(
        point =>
          taken.every(
            other => Math.abs(other.x - point.x) > LABEL.width || Math.abs(other.y - point.y) > LABEL.height,
          ) &&
          nodes.every(
            node =>
              Math.hypot(node.x - point.x, node.y - point.y) > node.radius + LABEL.width / 2 && !isInName(point, node),
          ),
      )
    if (!label) return { edge, d }
    taken.push(label)
    return { edge, d, label: { x: Math.round(label.x), y: Math.round(label.y) } }
  })
}

/** The line below a state where its name stands. */
function isInName({ x, y }: Point, node: ChainNode): boolean {
  return Math.abs(node.x - x) < 70 && Math.abs(node.y + node.radius + 12 - y) < LABEL.height
}

function bowOf({ from, to, probability }: ChainEdge): { d: string; along: (t: number) => Point } {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const far = Math.hypot(dx, dy) || 1
  const control = { x: (from.x + to.x) / 2 - dy * BEND, y: (from.y + to.y) / 2 + dx * BEND }
  const start = towards(from, control, borderOf(from, control))
  const end = towards(to, control, Math.min(borderOf(to, control) + ARROW + probability * 2, far / 2))
  return {
    d: `M${text(start)}Q${text(control)} ${text(end)}`,
    along: t => ({
      x: (1 - t) ** 2 * start.x + 2 * t * (1 - t) * control.x + t * t * end.x,
      y: (1 - t) ** 2 * start.y + 2 * t * (1 - t) * control.y + t * t * end.y,
    }),
  }
}

/** A state that follows itself: a loop away from the middle of the drawing. */
function loopOf(node: ChainNode): { d: string; along: (t: number) => Point } {
  const out = Math.atan2(node.y - HEIGHT / 2, node.x - WIDTH / 2 || 1)
  const at = (angle: number, far: number): Point => ({
    x: node.x + Math.cos(angle) * far,
    y: node.y + Math.sin(angle) * far,
  })
  const reach = node.radius + 34
  const [start, end] = [at(out - 0.5, node.radius), at(out + 0.5, node.radius + ARROW)]
  const [first, second] = [at(out - 0.6, reach), at(out + 0.6, reach)]
  const middle = at(out, node.radius + 32)
  return { d: `M${text(start)}C${text(first)} ${text(second)} ${text(end)}`, along: () => middle }
}

/** How far from its middle a state reaches towards a point. */
function borderOf({ key, x, y, radius }: ChainNode, to: Point): number {
  if (key !== START && key !== CONVERSION && key !== NULL) return radius
  const far = Math.hypot(to.x - x, to.y - y) || 1
  return Math.min(
    (END_BOX.x * far) / Math.max(1, Math.abs(to.x - x)),
    (END_BOX.y * far) / Math.max(1, Math.abs(to.y - y)),
  )
}

function towards(from: Point, to: Point, length: number): Point {
  const far = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: from.x + ((to.x - from.x) * length) / far, y: from.y + ((to.y - from.y) * length) / far }
}

function text({ x, y }: Point): string {
  return `${Math.round(x)} ${Math.round(y)}`
}
