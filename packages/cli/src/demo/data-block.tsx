import type { JSX } from 'preact'

/** Data for a page's script: never run, and `<` is written so that nothing in it can end the element. */
export function DataBlock({ id, data }: { id: string; data: unknown }): JSX.Element {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return <script type="application/json" id={id} dangerouslySetInnerHTML={{ __html: json }} />
}
