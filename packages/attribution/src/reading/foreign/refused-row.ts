const NAME = 'RefusedRow'

/** For the functions of a mapping: leaves a row out for a reason, which is reported and should quote nothing of it. */
export function refuseRow(reason: string): never {
  throw Object.assign(new Error(reason), { name: NAME })
}

/** The reason, if that is what an error is. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof Error && error.name === NAME ? error.message : undefined
}
