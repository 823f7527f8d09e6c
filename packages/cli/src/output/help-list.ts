import type { AddHelpTextContext } from 'commander'

/** A list at the end of a command's help, wrapped as its options are. */
export function helpList(
  heading: string,
  items: readonly (readonly [term: string, meaning: string])[],
): (context: AddHelpTextContext) => string {
  return ({ command }) => {
    const help = command.createHelp()
    help.prepareContext({ helpWidth: process.stdout.columns ?? 80 })
    const width = Math.max(...items.map(([term]) => term.length))
    return `\n${heading}\n${items.map(([term, meaning]) => help.formatItem(term, width, meaning, help)).join('\n')}`
  }
}
