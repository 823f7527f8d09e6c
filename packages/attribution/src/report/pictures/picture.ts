import type { VNode } from 'preact'
import type { ReportFacts } from '../facts/report-facts.ts'
import type { Formats } from '../words/formats.ts'
import type { Language } from '../words/language.ts'

/** What a picture may use besides the facts. */
export interface PictureContext {
  readonly language: Language
  readonly formats: Formats
  /** Groups of fewer people are not shown, so that nobody can be made out. */
  readonly minimum: number
}

/** A section of the report. */
export interface Picture {
  /** Its place on the page, for links: `time-to-convert`. Unique; every `id` in its drawings begins with it, or with its initials. */
  readonly id: string
  readonly title: string
  /** One at least. Where there are several the reader may choose, by `choice`; the first is shown at once. */
  readonly views: readonly PictureView[]
  /** What is chosen: `Model`. */
  readonly choice?: string
  /** What one should know to read it rightly: small print. */
  readonly note?: string
}

export interface PictureView {
  /** Unique within the picture: `markov`. Shown only where there is a choice. */
  readonly name: string
  /** One plain sentence on what it shows: told from the numbers, true, and no more than they say. */
  readonly sentence: string
  readonly drawing: VNode
  /** All numbers of the drawing; left out where that is a table or a list with its numbers. */
  readonly table?: PictureTable
}

export interface PictureTable {
  readonly caption: string
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[]
  /** Ready to be read. The first cell names the row. */
  readonly rows: readonly (readonly string[])[]
}

/** Undefined where the facts have nothing for it. */
export type DrawPicture = (facts: ReportFacts, context: PictureContext) => Picture | undefined
