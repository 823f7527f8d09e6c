import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { missingEngines } from '../setup/engines.mjs'
import { ENGINES } from './engine.ts'
import type { Engine } from './engine.ts'
import type { Fault, Outcome } from './fault.ts'
import { allFaults } from './all-faults.ts'
import { createStages } from './stages.ts'

/** What came of a fault in an engine, for the table in `docs/delivery.md`. */
type Result = Pick<Fault, 'row' | 'name' | 'mayLose'> & { readonly engine: Engine; readonly ms: number } & (
    | Outcome
    | { readonly error: string }
  )

const { JEJAK_FAULTS, JEJAK_FAULT_RESULTS } = process.env
const missing: readonly string[] = missingEngines().map(({ engine }) => engine)
const results: Result[] = []

/** The rows of the table that are tried in an engine: all of them, or the fast half. */
function faultsIn(engine: Engine): Fault[] {
  const enginesOf = ({ engines, fast = [] }: Fault) => (JEJAK_FAULTS === 'all' ? engines : fast)
  return allFaults.filter(fault => enginesOf(fault).includes(engine)).toSorted((a, b) => a.row - b.row)
}

for (const engine of ENGINES.filter(each => !missing.includes(each))) {
  describe(`in ${engine}`, () => {
    const stages = createStages(engine)
    afterAll(() => stages.close())

    for (const fault of faultsIn(engine)) {
      const { row, name } = fault
      const mayLose = fault.mayLose?.engines?.includes(engine) === false ? undefined : fault.mayLose

      test(`row ${row}: ${name} (${engine})`, async () => {
        const began = Date.now()
        const keep = (came: Outcome | { readonly error: string }) =>
          results.push({ row, name, engine, ...(mayLose && { mayLose }), ...came, ms: Date.now() - began })
        try {
          const outcome = await stages.tryOut(fault)
          keep(outcome)
          expect(outcome.tracked).toBeGreaterThan(0)
          expect(outcome.lost, 'lost').toBeLessThanOrEqual(mayLose?.atMost ?? 0)
          expect(outcome.doubled, 'doubled').toBe(0)
        } catch (error) {
          if (results.at(-1)?.name !== name) keep({ error: String(error) })
          throw error
        }
      })
    }
  })
}

test('every fault has a name of its own, and says for each engine where it is not tried why', () => {
  expect(new Set(allFaults.map(({ name }) => name)).size).toBe(allFaults.length)
  for (const { name, engines, cannot = {}, fast = [] } of allFaults) {
    const said = [...engines, ...Object.keys(cannot)].toSorted()
    expect(said, name).toEqual([...ENGINES].toSorted())
    expect(engines, name).toEqual(expect.arrayContaining([...fast]))
  }
})

afterAll(() => {
  if (JEJAK_FAULT_RESULTS)
    writeFileSync(JEJAK_FAULT_RESULTS, JSON.stringify({ faults: allFaults, results }, undefined, 2))
})
