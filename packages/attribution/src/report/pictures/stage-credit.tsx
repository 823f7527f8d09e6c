import type { JSX } from 'preact'
import type { StageCreditFacts } from '../facts/report-facts.ts'
import { stageName } from '../words/event-words.ts'
import { shownName } from '../words/shown-name.ts'
import { stageWords } from '../words/stage-words.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext, PictureView } from './picture.ts'

const MOST_CHANNELS = 12
/** Every model is a table of its own, and the file is to stay small: of many models those that differ most in kind. */
const MOST_MODELS = 4
const TELLING: readonly string[] = ['first-touch', 'last-touch', 'markov', 'shapley']

interface Row {
  readonly key: string
  readonly conversions: readonly number[]
}

/** Which channels stood before the steps from stage to stage, by model. */
export const drawStageCredit: DrawPicture = ({ stageCredit: facts }, context) => {
  if (!facts || facts.transitions.length === 0 || facts.models.length === 0) return undefined
  const words = stageWords[context.language]
  return {
    id: 'stage-credit',
    title: words.creditTitle,
    choice: words.creditChoice,
    note: words.creditNote,
    views: shownModels(facts.models).map(place => viewOf(facts, facts.models[place]!, facts.credits[place]!, context)),
  }
}

/** The places of the models that are shown, in their order. */
function shownModels(models: readonly string[]): number[] {
  const places = [...models.keys()]
  const isTelling = (place: number): boolean => TELLING.includes(models[place]!)
  return [...places.filter(isTelling), ...places.filter(place => !isTelling(place))]
    .slice(0, MOST_MODELS)
    .sort((a, b) => a - b)
}

function viewOf(facts: StageCreditFacts, model: string, credits: readonly Row[], context: PictureContext): PictureView {
  const { language, minimum, formats } = context
  const words = stageWords[language]
  const transitions = facts.transitions.map(transition => ({
    ...transition,
    name: transition.name
      .split(' → ')
      .map(stage => stageName(stage, language))
      .join(' → '),
    // A step that few made is not told in any of its cells.
    isTold: transition.transitions >= minimum,
  }))
  const sum = (row: Row): number => row.conversions.reduce((all, count) => all + count, 0)
  const sorted = credits.toSorted((a, b) => sum(b) - sum(a) || (a.key < b.key ? -1 : 1))
  const cells = (counts: readonly number[]): string[] =>
    transitions.map(({ isTold }, place) => (isTold ? inWords(counts[place]!, context) : words.nothing))
  const foot = [
    [words.uncredited, ...cells(transitions.map(({ uncredited }) => uncredited))],
    [
      words.all,
      ...transitions.map(({ transitions: count, isTold }) =>
        isTold ? formats.number(count) : words.few(minimum, formats),
      ),
    ],
  ]
  const drawn = sorted.slice(0, MOST_CHANNELS)
  const rest = sorted.slice(MOST_CHANNELS)
  const body = drawn.map(({ key, conversions }) => [shownName(key, 28), ...cells(conversions)])
  if (rest.length > 0) {
    const together = transitions.map((_, place) => rest.reduce((all, row) => all + row.conversions[place]!, 0))
    body.push([words.rest(rest.length, formats), ...cells(together)])
  }
  const columns = [{ name: words.channel }, ...transitions.map(({ name }) => ({ name, isNumber: true }))]
  // The model's sentence is on the step that most people made.
  const greatest = transitions.reduce((most, step) => (step.transitions > most.transitions ? step : most))
  const at = transitions.indexOf(greatest)
  const [first, second] = sorted.toSorted((a, b) => b.conversions[at]! - a.conversions[at]!)
  const credit = first?.conversions[at] ?? 0
  const sentence = !greatest.isTold
    ? words.tooFew(minimum, formats)
    : credit === 0
      ? words.creditNone
      : words.credit(
          isolatedName(first!.key),
          greatest.name,
          formats.share(credit / greatest.transitions),
          Math.abs((second?.conversions[at] ?? -1) - credit) < 1e-9,
        )
  return {
    name: model,
    sentence,
    drawing: (
      <Cells
        label={`${words.creditTitle}: ${model}`}
        head={columns.map(({ name }) => name)}
        body={body}
        foot={foot}
        context={context}
      />
    ),
    ...(rest.length > 0 && {
      table: {
        caption: `${words.creditCaption}: ${model}`,
        columns,
        rows: [...sorted.map(({ key, conversions }) => [isolatedName(key), ...cells(conversions)]), ...foot],
      },
    }),
  }
}

function Cells(props: {
  readonly label: string
  readonly head: readonly string[]
  readonly body: readonly (readonly string[])[]
  readonly foot: readonly (readonly string[])[]
  readonly context: PictureContext
}): JSX.Element {
  const { label, head, body, foot, context } = props
  const row = ([name, ...cells]: readonly string[]): JSX.Element => (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      {cells.map(cell => (
        <td>{cell}</td>
      ))}
    </tr>
  )
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={`${label}. ${stageWords[context.language].region}`}>
      <table class="stage-cells">
        <thead>
          <tr>
            {head.map(name => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>{body.map(row)}</tbody>
        <tfoot>{foot.map(row)}</tfoot>
      </table>
    </div>
  )
}

/** Credit is shared out, so it has parts of persons; whole ones are written without decimals. */
function inWords(count: number, { formats }: PictureContext): string {
  return formats.number(count, 1)
}
