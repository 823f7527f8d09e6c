import { parseModel, readDays } from '@jejak/attribution'
import type { Model } from '@jejak/attribution'
import { InvalidArgumentError } from 'commander'

// What commander calls with the text of an option. A text that cannot be right becomes a message that names the
// option, what came, what was expected; commander adds the option.

export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return text => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= lowest && value <= highest) return value
    throw new InvalidArgumentError(`Expected a whole number from ${lowest} to ${highest}.`)
  }
}

/** A number between two others, neither of them included. */
export function numberBetween(low: number, high: number): (text: string) => number {
  return text => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (value > low && value < high) return value
    throw new InvalidArgumentError(`Expected a number between ${low} and ${high}.`)
  }
}

export function positiveNumber(unit: string): (text: string) => number {
  return text => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (value > 0 && Number.isFinite(value)) return value
    throw new InvalidArgumentError(`Expected a number of ${unit} above 0, such as 30.`)
  }
}

/** Any text but none. */
export function someText(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('Expected text of one character or more.')
}

export function currencyCode(text: string): string {
  if (/^[a-z]{3}$/i.test(text)) return text.toUpperCase()
  throw new InvalidArgumentError('Expected the code of a currency, such as IDR.')
}

/** A length of time as `7d`, `12h` or a plain number of days. Read as days. */
export function daysOf(text: string): number {
  try {
    return readDays(text)
  } catch (error) {
    throw new InvalidArgumentError(`Expected ${(error as RangeError).message}.`)
  }
}

/** An option that may be given several times and takes several words at once, apart by commas. */
export function listOf<Word extends string>(allowed?: readonly Word[]) {
  return (text: string, before: readonly Word[] | undefined): readonly Word[] => {
    const words = text.split(',').map(word => word.trim())
    const wrong = words.find(word => word === '' || (allowed && !(allowed as readonly string[]).includes(word)))
    if (wrong !== undefined)
      throw new InvalidArgumentError(allowed ? expected(allowed) : 'Expected words, apart by commas.')
    return [...(before ?? []), ...(words as Word[])]
  }
}

function expected(allowed: readonly string[]): string {
  return `Expected one of ${allowed.join(', ')}.`
}

/**
 * Models with their options, apart by commas and over several options: `first-touch,markov:order=2,self-transitions=kept`.
 * What has an equals sign and no colon before it goes on with the options of the model before it.
 */
export function modelsOf(text: string, before: readonly Model[] | undefined): readonly Model[] {
  const texts: string[] = []
  for (const part of text.split(',')) {
    const goesOn = texts.length > 0 && /^[^:]*=/.test(part)
    if (goesOn) texts.push(`${texts.pop()!},${part}`)
    else texts.push(part.trim())
  }
  try {
    return [...(before ?? []), ...texts.map(parseModel)]
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error
    throw new InvalidArgumentError(error.message)
  }
}

/** IANA's name of a time zone. */
export function timeZoneOf(name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name
  } catch {
    throw new InvalidArgumentError('Expected a time zone such as Asia/Jakarta.')
  }
}
