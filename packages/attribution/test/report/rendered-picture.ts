import { renderToString } from 'preact-render-to-string'
import type { ReportFacts } from '../../src/report/facts/report-facts.ts'
import type { DrawPicture, Picture } from '../../src/report/pictures/picture.ts'
import { createFormats } from '../../src/report/words/formats.ts'
import type { Language } from '../../src/report/words/language.ts'

/** A picture as a reader gets it: the markup of each view, and what it says. */
export interface RenderedPicture extends Picture {
  /** By view. */
  readonly markup: readonly string[]
  /** By view: the cells of its table. */
  readonly cells: readonly (readonly (readonly string[])[])[]
  readonly sentences: readonly string[]
}

export function render(draw: DrawPicture, facts: ReportFacts, language: Language = 'en'): RenderedPicture | undefined {
  const picture = draw(facts, {
    language,
    formats: createFormats(language, facts.currency, facts.timeZone),
    minimum: 5,
  })
  if (!picture) return undefined
  return {
    ...picture,
    markup: picture.views.map(({ drawing }) => renderToString(drawing)),
    cells: picture.views.map(({ table, drawing }) => table?.rows ?? cellsIn(renderToString(drawing))),
    sentences: picture.views.map(({ sentence }) => sentence),
  }
}

/** Of a drawing that is a table or a list itself: its rows without the head. */
function cellsIn(markup: string): string[][] {
  const text = (html: string): string =>
    html
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&')
  const rows = markup.matchAll(/<tr>(.*?)<\/tr>|<div>(<dt>.*?<\/dd>)<\/div>/gs)
  return Array.from(rows, ([, row, entry]) =>
    Array.from((row ?? entry)!.matchAll(/<(t[hd]|d[td])\b[^>]*>(.*?)<\/\1>/gs), ([, , cell]) => text(cell!)),
  ).filter((_, at) => !markup.includes('<thead>') || at > 0)
}
