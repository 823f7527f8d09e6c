import type { JSX } from 'preact'
import type { Picture, PictureTable, PictureView } from '../pictures/picture.ts'

export interface SectionWords {
  /** What opens the table behind a picture. */
  readonly numbers: string
  /** The legend of a choice that has no name of its own. */
  readonly choice: string
}

/** A picture with its heading, its sentence, its table, and the choice between its views. */
export function Section({ picture, words }: { picture: Picture; words: SectionWords }): JSX.Element {
  const { id, title, views, choice = words.choice, note } = picture
  return (
    <section id={id} class="picture" aria-labelledby={`${id}-h`}>
      <h3 id={`${id}-h`}>{title}</h3>
      {views.length === 1 ? (
        <View view={views[0]!} numbers={words.numbers} />
      ) : (
        <Choice id={id} views={views} legend={choice} numbers={words.numbers} />
      )}
      {note !== undefined && <p class="note">{note}</p>}
    </section>
  )
}

/**
 * Radio buttons before the views, and a style sheet that shows the view whose button is checked: without any script,
 * and with the keyboard as with any radio buttons.
 */
function Choice({
  id,
  views,
  legend,
  numbers,
}: {
  id: string
  views: readonly PictureView[]
  legend: string
  numbers: string
}): JSX.Element {
  return (
    <div class="views">
      <fieldset class="choice">
        <legend>{legend}</legend>
        {views.map((view, at) => (
          <label>
            <input type="radio" name={id} checked={at === 0} />
            <span>
              <bdi>{view.name}</bdi>
            </span>
          </label>
        ))}
      </fieldset>
      {views.map(view => (
        <div class="view">
          <View view={view} numbers={numbers} />
        </div>
      ))}
    </div>
  )
}

function View({ view: { sentence, drawing, table }, numbers }: { view: PictureView; numbers: string }): JSX.Element {
  return (
    <>
      <p class="sentence">{sentence}</p>
      {drawing}
      {table && (
        <details>
          <summary>{numbers}</summary>
          <Table table={table} />
        </details>
      )}
    </>
  )
}

function Table({ table: { caption, columns, rows } }: { table: PictureTable }): JSX.Element {
  // Most cells are numbers, which can be in no other direction, and hundreds of them: those that are not are marked.
  const kind = (at: number): string | undefined => (columns[at]?.isNumber ? undefined : 't')
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name }, at) => (
              <th class={kind(at)}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest]) => (
            <tr>
              <th>
                <bdi>{first}</bdi>
              </th>
              {rest.map((cell, at) =>
                columns[at + 1]?.isNumber ? (
                  <td>{cell}</td>
                ) : (
                  <td class="t">
                    <bdi>{cell}</bdi>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
