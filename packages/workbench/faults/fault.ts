import type { Engine, OpenBrowser } from './engine.ts'
import type { FaultyEndpoint } from './faulty-endpoint.ts'

/** One row of the table in `docs/delivery.md`: what goes wrong, and what must come of it. */
export interface Fault {
  /** The group it belongs to in that table, from 1 to 30. */
  readonly row: number
  /** What goes wrong, in the words of the table. Unique. */
  readonly name: string
  /** Where it is tried. */
  readonly engines: readonly Engine[]
  /** For each of the other engines, why it cannot be tried there. */
  readonly cannot?: Readonly<Partial<Record<Engine, string>>>
  /** The engines in which it is tried by `npm test` too, and not only by `npm run test:faults`. */
  readonly fast?: readonly Engine[]
  /** Default: none. */
  readonly mayLose?: Allowance | undefined
  run(stage: Stage): Promise<Outcome>
}

/** How many events may be lost at most, where it is physically impossible to keep them. */
interface Allowance {
  readonly atMost: number
  readonly because: string
  /** Default: in all. */
  readonly engines?: readonly Engine[]
}

/** What a fault is tried with. Whatever is opened here is closed after it. */
export interface Stage {
  readonly engine: Engine
  readonly openBrowser: OpenBrowser
  /** A server that gives out the shop's pages and takes its events, in this fault's own way. */
  readonly endpoint: FaultyEndpoint
}

/** Every event carries a number of its own, given by whoever called `track`: that is what is counted here. */
export interface Outcome {
  /** How many events were tracked. */
  readonly tracked: number
  /** How many of them are not stored. */
  readonly lost: number
  /** How many are stored more than once, however their ids may be. */
  readonly doubled: number
  /** How many the tracker has said it gave up: in a batch, or to `onDrop`. They count as lost too. Default: 0. */
  readonly reported?: number
}
