import { styleText } from 'node:util'
import Table from 'cli-table3'

/** A table for people: the first column is text, the others are numbers and stand to the right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: head.map(bold),
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    chars: { ...BARE, mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    // Colours are ours to give, so that NO_COLOR and pipes are respected everywhere.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  })
  table.push(...rows.map(row => row.map(printable)))
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

function bold(text: string): string {
  return styleText('bold', text, { stream: process.stdout })
}

/** Names come from strangers: a control character must not move the cursor of whoever looks at them. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

function trimLines(text: string): string {
  return text
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
}
