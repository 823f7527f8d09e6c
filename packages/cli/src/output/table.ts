import { styleText } from 'node:util'
import { LONGEST_SHOWN_NAME, printable } from '@jejak/attribution'
import Table from 'cli-table3'

/**
 * A table for people: the first column is text, the others are numbers and stand to the right. A line break in a head
 * is kept; names are made safe to look at, and cut where they are longer than a terminal is wide.
 */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: head.map(text => text.split('\n').map(shown).map(bold).join('\n')),
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    chars: { ...BARE, mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    // Colours are ours to give, so that NO_COLOR and pipes are respected everywhere.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  })
  table.push(...rows.map(row => row.map(shown)))
  return `${trimLines(table.toString())}\n`
}

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  right: '',
  middle: '',
}

function shown(text: string): string {
  return printable(text, LONGEST_SHOWN_NAME)
}

function bold(text: string): string {
  return styleText('bold', text, { stream: process.stdout })
}

function trimLines(text: string): string {
  return text
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}
