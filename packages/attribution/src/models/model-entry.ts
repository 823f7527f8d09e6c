import type { Model } from './model.ts'

/** A model as the list of all models has it: what people read of it, and how it is made from text. */
export interface ModelEntry {
  /** One sentence: how it gives credit. */
  readonly meaning: string
  /** The formula, in plain characters, a line each, with its symbols said. */
  readonly formula: string
  /** Who described it where: author, title, place, year; or whose practice it is. */
  readonly source: string
  /** When to use it. One sentence. */
  readonly use: string
  /** When not to. One sentence. */
  readonly avoid: string
  /** What can be written after the name, as in `markov:order=2`, by its name there. */
  readonly options: Readonly<Record<string, ModelOption>>
  /**
   * @param settings what `read` of the options gave, by the name of the option; any may be missing.
   * @throws RangeError if an option is out of range.
   */
  create(settings: Readonly<Record<string, unknown>>): Model
}

export interface ModelOption {
  /** For people, with its default: `after how many days a touch is worth half as much (default 7d)`. */
  readonly meaning: string
  /** @throws RangeError that says what was expected, such as `a whole number from 1 to 8`. */
  read(text: string): unknown
}

// What options can be. Each says in `meaning` what it is for, and throws what it expected.

export function wholeNumberOption(meaning: string, lowest: number, highest: number): ModelOption {
  return {
    meaning,
    read(text) {
      const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
      if (number >= lowest && number <= highest) return number
      throw new RangeError(`a whole number from ${lowest} to ${highest}`)
    },
  }
}

/** A number from `lowest` to `highest`, both included. */
export function numberOption(meaning: string, lowest: number, highest: number): ModelOption {
  return {
    meaning,
    read(text) {
      const number = text.trim() === '' ? Number.NaN : Number(text)
      if (number >= lowest && number <= highest) return number
      throw new RangeError(`a number from ${lowest} to ${highest}`)
    },
  }
}

const UNIT_DAYS: Readonly<Record<string, number>> = { s: 1 / 86_400, m: 1 / 1_440, h: 1 / 24, d: 1, w: 7 }

/** A length of time as `7d`, `12h`, `30m`, `2w` or a plain number of days. */
export function daysOption(meaning: string): ModelOption {
  return { meaning, read: readDays }
}

/**
 * A length of time as `7d`, `12h`, `30m`, `2w` or a plain number of days, in days.
 * @throws RangeError that says what was expected, without what came.
 */
export function readDays(text: string): number {
  const [, number, unit = 'd'] = /^(\d+(?:\.\d+)?)([smhdw])?$/.exec(text) ?? []
  const days = Number(number) * (UNIT_DAYS[unit] ?? Number.NaN)
  if (days > 0 && days < Infinity) return days
  throw new RangeError('a length of time such as 7d, 12h, 30m or 2w')
}

export function choiceOption<Word extends string>(meaning: string, words: readonly Word[]): ModelOption {
  return {
    meaning,
    read(text) {
      if ((words as readonly string[]).includes(text)) return text as Word
      throw new RangeError(`one of ${words.join(', ')}`)
    },
  }
}

/** Numbers of 0 or more, apart by slashes: `0.4/0.2/0.4`. */
export function weightsOption(meaning: string): ModelOption {
  return {
    meaning,
    read(text) {
      const weights = text.split('/').map(part => (/^\d*\.?\d+$/.test(part) ? Number(part) : Number.NaN))
      if (weights.every(Number.isFinite)) return weights
      throw new RangeError('numbers of 0 or more, apart by slashes, such as 0.4/0.2/0.4')
    },
  }
}

/** Any text; in it `%2C` stands for a comma, as commas part one option from the next. */
export function textOption(meaning: string): ModelOption {
  return { meaning, read: text => text.replaceAll(/%2c/gi, ',') }
}
