/** The shape by which a model is told from others without any colour. */
export interface ModelMark {
  readonly d: string
  readonly isHollow: boolean
}

const CIRCLE = 'M-5 0A5 5 0 1 1 5 0A5 5 0 1 1-5 0Z'
const SQUARE = 'M-4.5-4.5H4.5V4.5H-4.5Z'
const DIAMOND = 'M0-6.5L6.5 0L0 6.5L-6.5 0Z'
const UP = 'M0-6L6 5H-6Z'
const DOWN = 'M0 6L6-5H-6Z'
const PLUS = 'M-1.7-6H1.7V-1.7H6V1.7H1.7V6H-1.7V1.7H-6V-1.7H-1.7Z'
const HOURGLASS = 'M-5-6H5L0 0L5 6H-5L0 0Z'
const BOW = 'M-6-5L0 0L6-5V5L0 0L-6 5Z'
const TICK: ModelMark = { d: 'M-1.25-6H1.25V6H-1.25Z', isHollow: false }

const solid = (d: string): ModelMark => ({ d, isHollow: false })
const hollow = (d: string): ModelMark => ({ d, isHollow: true })

/** Those that are always there have a mark that is always the same. */
const OWN: Readonly<Record<string, ModelMark>> = {
  'first-touch': hollow(CIRCLE),
  'last-touch': solid(CIRCLE),
  'last-non-direct': hollow(SQUARE),
  linear: solid(SQUARE),
  position: hollow(DIAMOND),
  'time-decay': solid(DOWN),
  markov: solid(DIAMOND),
  shapley: solid(UP),
}

const SPARE: readonly ModelMark[] = [solid(PLUS), solid(HOURGLASS), solid(BOW), hollow(UP), hollow(DOWN), hollow(PLUS)]

/** A mark for each model, in their order; a tick for those beyond the shapes there are. */
export function marksOf(names: readonly string[]): ModelMark[] {
  const taken = new Set<string>()
  const spare = SPARE.values()
  return names.map(name => {
    const own = Object.hasOwn(OWN, name) && !taken.has(name) ? OWN[name] : undefined
    taken.add(name)
    return own ?? spare.next().value ?? TICK
  })
}
