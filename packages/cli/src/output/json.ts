import { printableJson } from '@jejak/attribution'

/** What programs read: names in snake_case as in CSV, every digit of numbers, nothing that moves a cursor. */
export function jsonText(value: unknown): string {
  return `${printableJson(snakeCased(value), 2)}\n`
}

/** The same on one line, for a file of many. */
export function jsonLine(value: unknown): string {
  return `${printableJson(snakeCased(value))}\n`
}

export function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [snakeCase(name), snakeCased(inner)]))
}
