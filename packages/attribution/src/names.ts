/** Names as whole numbers, each name once: 4 bytes wherever one is meant. */
export interface Names {
  /** The number of `name`, which is its place in `list`; -1 for none. */
  numberOf(name: string | undefined): number
  readonly list: readonly string[]
}

export function createNames(): Names {
  const numbers = new Map<string, number>()
  const list: string[] = []
  return {
    list,
    numberOf(name) {
      if (name === undefined) return -1
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, list.length)
      return list.push(name) - 1
    },
  }
}
