import { setImmediate } from 'node:timers/promises'
import type { RunOptions } from '../run-options.ts'
import { simulatePeople } from './simulate-people.ts'
import type { SimulationOptions } from './simulate-people.ts'
import type { World } from './world.ts'

/** What channels truly do in a simulated world. */
export interface CausalTruth {
  /** Conversions to be expected with everything as it is. */
  readonly conversions: number
  /** Conversions to be expected if no channel had an effect on the wish to buy: nobody's merit. */
  readonly anyway: number
  /** By channel, in the world's order: how many conversions fewer there are to be expected without it. */
  readonly channels: readonly { readonly key: string; readonly conversions: number }[]
}

/**
 * Takes each channel away from the world in turn and counts what is lost, as an experiment would that withholds it from
 * everybody. All other luck stays the same, and probabilities are added up in place of purchases, so that little noise is
 * left. With synergies the losses need not sum to what all channels bring together.
 */
export async function causalTruth(
  world: World,
  options: Omit<SimulationOptions, 'without'> & RunOptions,
): Promise<CausalTruth> {
  const { signal, onProgress } = options
  const total = world.channels.length + 2
  let done = 0
  const expected = async (of: World, without?: string): Promise<number> => {
    signal?.throwIfAborted()
    onProgress?.({ label: 'simulating worlds', done: done++, total })
    await setImmediate()
    let sum = 0
    for (const person of simulatePeople(of, { ...options, ...(without !== undefined && { without }) })) {
      sum += person.probability
    }
    return sum
  }

  const conversions = await expected(world)
  const idle = world.channels.map(channel => ({ ...channel, effect: 0 }))
  const anyway = await expected({ ...world, channels: idle, synergies: [] })
  const channels: { key: string; conversions: number }[] = []
  for (const { name } of world.channels) {
    channels.push({ key: name, conversions: conversions - (await expected(world, name)) })
  }
  onProgress?.({ label: 'simulating worlds', done: total, total })
  return { conversions, anyway, channels }
}
