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
  const picture = draw(facts, { language, formats: createFormats(language, facts.currency), minimum: 5 })
  if (!picture) return undefined
  return {
    ...picture,
    markup: picture.views.map(({ drawing }) => renderToString(drawing)),
    cells: picture.views.map(({ table }) => table.rows),
    sentences: picture.views.map(({ sentence }) => sentence),
  }
}
