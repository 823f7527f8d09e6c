const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const NAME_IN_STYLE = /\.([a-z][\w-]*)/g
const PROPERTY = /--([a-z][\w-]*)/g
const CLASS_IN_MARKUP = / class="([^"]*)"/g

export interface ShortClasses {
  /** The style sheet with short names. */
  readonly style: string
  /** Markup, with quotes around its attributes and none in its texts, with the same names; those of no rule are left out. */
  readonly shorten: (markup: string) => string
}

/** Gives the classes and the custom properties of a style sheet names of one or two letters: a drawing has hundreds of them. */
export function shortClasses(style: string): ShortClasses {
  const short = shortNames(style, NAME_IN_STYLE)
  const properties = shortNames(style, PROPERTY)
  return {
    style: style
      .replace(NAME_IN_STYLE, (_, name: string) => `.${short.get(name)!}`)
      .replace(PROPERTY, (_, name: string) => `--${properties.get(name)!}`),
    shorten: markup =>
      markup.replace(CLASS_IN_MARKUP, (_, written: string) => {
        const kept = written.split(' ').flatMap(name => short.get(name) ?? [])
        return kept.length === 0 ? '' : ` class="${kept.join(' ')}"`
      }),
  }
}

function shortNames(style: string, pattern: RegExp): ReadonlyMap<string, string> {
  const names = new Set(Array.from(style.matchAll(pattern), ([, name]) => name!))
  return new Map(Array.from(names, (name, at) => [name, shortName(at)]))
}

function shortName(at: number): string {
  const first = LETTERS[at]
  return first ?? LETTERS[Math.floor(at / LETTERS.length) - 1]! + LETTERS[at % LETTERS.length]!
}
