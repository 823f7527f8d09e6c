import type { ComponentChildren, JSX, VNode } from 'preact'
import type { Doing } from '../../facts/report-facts.ts'
import { eventName } from '../../words/event-words.ts'
import { mapWords } from '../../words/map-words.ts'
import type { PictureContext } from '../picture.ts'

const MOST_LISTED = 4

/** A row of the map. */
export interface Lane {
  readonly name: string
  /** Of the stage in this place. */
  readonly cell: (place: number) => ComponentChildren
  /** Sets it apart: `feeling` is drawn across the stages where there is room, a `line` is above it in a blueprint. */
  readonly kind?: 'feeling' | 'below-line'
  /** The name of the line above it. */
  readonly line?: string
}

/**
 * Stages as columns and lanes as rows where there is room; on a phone stage after stage, each with its lanes. It is the
 * same markup in both: each column takes part in the rows of all.
 *
 * @param across is drawn over all columns in the lane of feelings, and on a phone on top.
 */
export function StageColumns(props: {
  readonly stages: readonly string[]
  readonly lanes: readonly Lane[]
  readonly context: PictureContext
  readonly across?: VNode | undefined
}): JSX.Element {
  const { stages, lanes, context, across } = props
  const words = mapWords[context.language]
  const feelings = lanes.findIndex(({ kind }) => kind === 'feeling')
  return (
    <div class="map">
      <div class="scroll" tabindex={0} role="region" aria-label={words.region}>
        <div class={`map-grid map-n${stages.length} map-r${lanes.length + 1}`}>
          <div class="map-names" aria-hidden="true">
            <span />
            {lanes.map(({ name, kind, line }) => (
              <span class={kind && `map-${kind}`}>
                {line !== undefined && <i>{line}</i>}
                {name}
              </span>
            ))}
          </div>
          {across && <div class={`map-across map-at${feelings + 2}`}>{across}</div>}
          {stages.map((stage, place) => (
            <section class={`map-stage c${(place % 7) + 1}`}>
              <h3>
                <span class="map-place">{place + 1}</span>
                <bdi>{stage}</bdi>
              </h3>
              <dl>
                {lanes.map(({ name, cell, kind, line }) => (
                  <div class={kind && `map-${kind}`}>
                    <dt>
                      {line !== undefined && <i>{line}</i>}
                      {name}
                    </dt>
                    <dd>{cell(place)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </div>
  )
}

/** What was done, with how many people did it; of few people nothing is listed. */
export function Doings(props: {
  readonly of: readonly Doing[]
  readonly context: PictureContext
  readonly named?: (name: string) => string
  readonly most?: number
}): JSX.Element {
  const { of, context, most = MOST_LISTED, named = (name: string) => eventName(name, context.language) } = props
  const { formats, minimum, language } = context
  const rows = of.filter(({ people }) => people >= minimum).slice(0, most)
  if (rows.length === 0) return <span class="map-nothing">{mapWords[language].nothing}</span>
  return (
    <ul class="map-list">
      {rows.map(({ name, people }) => (
        <li>
          <bdi>{named(name)}</bdi> <span>{formats.number(people)}</span>
        </li>
      ))}
    </ul>
  )
}

/** A number of people as it may be shown. */
export function shownPeople(people: number, { formats, minimum, language }: PictureContext): string {
  return people > 0 && people < minimum ? mapWords[language].few(minimum, formats) : formats.number(people)
}

/** A bar of a share, 0 to 1. */
export function Bar({ share }: { readonly share: number }): JSX.Element {
  return (
    <svg class="map-bar" aria-hidden="true">
      <rect width={`${Math.round(share * 1_000) / 10}%`} height="8" />
    </svg>
  )
}
