import { printable } from '@jejak/attribution'
import type { Diagnosis } from './diagnosis.ts'

const SIGNS: Readonly<Record<Diagnosis['level'], string>> = { ok: '✓', warning: '!', broken: '✗' }
const LONGEST = 500

/** A diagnosis for a terminal: what was found, and below it what to do. Pages are strangers: their texts are made neutral. */
export function doctorLines(diagnoses: readonly Diagnosis[]): string[] {
  return diagnoses.flatMap(({ level, what, mend }) => [
    `${SIGNS[level]} ${capitalised(printable(what, LONGEST))}`,
    ...(mend === undefined ? [] : [`  → ${printable(mend, LONGEST)}`]),
  ])
}

function capitalised(text: string): string {
  return text.startsWith('http') ? text : text.slice(0, 1).toUpperCase() + text.slice(1)
}
