/** A caller's mistake, told with the option's name, what it can be, and what it was. */
export function wrongOption(option: string, expected: string, got: unknown): TypeError {
  return new TypeError(`buildJourneys: expected \`${option}\` to be ${expected}, got ${shown(got)}`)
}

/** A value as it is shown to people who gave it where something else was expected. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value as string | number | boolean | null | undefined)
}
