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

export function positiveNumber(unit: string): (text: string) => number {
  return text => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (value > 0 && Number.isFinite(value)) return value
    throw new InvalidArgumentError(`Expected a number of ${unit} above 0, such as 30.`)
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
