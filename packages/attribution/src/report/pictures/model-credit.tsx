import type { JSX } from 'preact'
import type { CreditFacts } from '../facts/report-facts.ts'
import { creditWords } from '../words/credit-words.ts'
import { shownName } from '../words/shown-name.ts'
import { chosenModel, disputeSentence, leaderSentence, modelNames, namedRows } from './credit-finding.ts'
import { creditScale } from './credit-scale.ts'
import type { CreditScale } from './credit-scale.ts'
import { marksOf } from './model-marks.ts'
import type { ModelMark } from './model-marks.ts'
import type { DrawPicture, PictureContext, PictureView } from './picture.ts'

const ROW = 46
const AXIS = 40
/** Where in a row its marks are. */
const MIDDLE = 31
const MOST_CHANNELS = 12
/** Of what is not a channel: there are several such views, and the file is to stay small. */
const MOST_OTHERS = 8
/** How many times the largest group all others together may be, to be drawn on one scale with it. */
const LARGEST_OTHER = 1.5
/** How long a name may be that stands on a phone. */
const LONGEST_NAME = 32

interface Row {
  readonly name: string
  readonly isOther: boolean
  /** By model. */
  readonly conversions: readonly number[]
  readonly interval?: readonly [number, number]
}

/** What of a view is drawn and told. */
interface Dumbbells {
  readonly view: number
  readonly rows: readonly Row[]
  readonly names: readonly string[]
  readonly marks: readonly ModelMark[]
  readonly chosen: number
  readonly level?: number | undefined
}

/** Each group's credit under every model, on one line: the longer the line, the less the models agree. */
export const drawModelCredit: DrawPicture = (facts, context) => {
  const credit = facts.credit.filter(({ rows, models }) => rows.length > 0 && models.length > 0)
  if (credit.length === 0) return undefined
  const words = creditWords[context.language]
  return {
    id: 'model-credit',
    title: words.creditTitle,
    choice: words.creditChoice,
    note: words.creditNote(credit[0]!.uncredited, context.formats),
    views: credit.map((of, place) => viewOf(of, place, facts.trend?.model, context)),
  }
}

function viewOf(
  credit: CreditFacts,
  view: number,
  preferred: string | undefined,
  context: PictureContext,
): PictureView {
  const { language, formats, minimum } = context
  const words = creditWords[language]
  const chosen = chosenModel(credit, preferred)
  const shown = namedRows(credit, view === 0 ? MOST_CHANNELS : MOST_OTHERS, minimum)
  const dimension = words.dimension(shownName(credit.by))
  const names = modelNames(credit).map(name => shownName(name, 60))
  const rows = rowsOf(credit, shown, chosen, context)
  const sentence =
    shown === 0
      ? words.tooFew(minimum, formats)
      : [
          leaderSentence(credit, shown, words, formats),
          // Of a single group there is nothing to disagree about.
          credit.rows.length > 1 ? disputeSentence(credit, minimum, chosen, words, formats) : undefined,
        ]
          .filter(part => part)
          .join(' ')
  const amount = (value: number): string =>
    value > 0 && value < minimum && shown === 0 ? words.few(minimum, formats) : formats.number(value, 1)
  const hasIntervals = rows.some(({ interval }) => interval)
  return {
    name: dimension,
    sentence,
    drawing: (
      <Dumbbells
        of={{
          view,
          rows: shown === 0 ? [] : rows,
          names,
          marks: marksOf(credit.models.map(({ name }) => name)),
          chosen,
          level: credit.level,
        }}
        context={context}
      />
    ),
    table: {
      caption: words.creditCaption,
      columns: [
        { name: dimension },
        ...names.map(name => ({ name, isNumber: true })),
        ...(hasIntervals
          ? [{ name: words.intervalOf(names[chosen]!, formats.share(credit.level ?? 0)), isNumber: true }]
          : []),
      ],
      rows: rows.map(({ name, conversions, interval }) => [
        name,
        ...conversions.map(amount),
        ...(hasIntervals
          ? [interval ? words.range(formats.number(interval[0], 1), formats.number(interval[1], 1)) : '–']
          : []),
      ]),
    },
  }
}

function rowsOf(credit: CreditFacts, shown: number, chosen: number, { language, formats }: PictureContext): Row[] {
  const named = credit.rows.slice(0, shown).map(({ key, credits }): Row => {
    const interval = credits[chosen]?.interval?.conversions
    return {
      name: shownName(key, LONGEST_NAME),
      isOther: false,
      conversions: credits.map(({ conversions }) => conversions),
      ...(interval ? { interval } : {}),
    }
  })
  const rest = credit.rows.slice(shown)
  if (rest.length === 0) return named
  const sums = credit.models.map((_, place) =>
    rest.reduce((sum, { credits }) => sum + (credits[place]?.conversions ?? 0), 0),
  )
  return [...named, { name: creditWords[language].other(rest.length, formats), isOther: true, conversions: sums }]
}

function Dumbbells({ of, context }: { of: Dumbbells; context: PictureContext }): JSX.Element {
  const { view, rows, names, marks, chosen, level } = of
  // Short, for every mark names it.
  const id = `mc-${'abcdefghijklmnop'[view] ?? `x${view}-`}`
  const { language, formats } = context
  const words = creditWords[language]
  if (rows.length === 0) return <></>
  const named = rows.filter(row => !row.isOther)
  const most = Math.max(...named.flatMap(row => [...row.conversions, row.interval?.[1] ?? 0]))
  const others = Math.max(0, ...rows.filter(row => row.isOther).flatMap(row => row.conversions))
  // Many small ones together would press everything else against the edge: they are told, not drawn.
  const isDrawn = others <= most * LARGEST_OTHER
  const scale = creditScale(isDrawn ? Math.max(most, others) : most)
  const height = rows.length * ROW + AXIS
  const hasIntervals = rows.some(({ interval }) => interval)
  return (
    <figure class="credit-figure">
      <svg width="100%" height={height} role="img" aria-label={words.creditCaption}>
        <defs>
          {marks.map(({ d, isHollow }, place) => (
            <path
              id={`${id}${place}`}
              class={`credit-mark${isHollow ? ' hollow' : ''}${place === chosen ? ' chosen' : ''}`}
              d={d}
            />
          ))}
        </defs>
        <Axis scale={scale} height={height} unit={words.creditAxis} context={context} />
        {rows.map((row, place) => (
          <DumbbellRow
            id={id}
            row={row}
            y={place * ROW}
            scale={scale}
            names={names}
            chosen={chosen}
            isTold={view === 0}
            isDrawn={isDrawn || !row.isOther}
            context={context}
          />
        ))}
      </svg>
      <figcaption class="credit-legend">
        {names.map((name, place) => (
          <span>
            <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
              <use href={`#${id}${place}`} />
            </svg>
            <bdi>{name}</bdi>
          </span>
        ))}
        <span>
          <svg width="26" height="16" aria-hidden="true">
            <path class="credit-span" d="M1 8H25" />
          </svg>
          {words.span}
        </span>
        {hasIntervals ? (
          <span>
            <svg width="26" height="16" aria-hidden="true">
              <path class="credit-interval" d="M1 8H25" />
            </svg>
            {words.intervalOf(names[chosen]!, formats.share(level ?? 0))}
          </span>
        ) : null}
      </figcaption>
    </figure>
  )
}

interface DumbbellProps {
  readonly id: string
  readonly row: Row
  readonly y: number
  readonly scale: CreditScale
  readonly names: readonly string[]
  readonly chosen: number
  /** Whether the pointer finds the numbers. */
  readonly isTold: boolean
  readonly isDrawn: boolean
  readonly context: PictureContext
}

function DumbbellRow({ id, row, y, scale, names, chosen, isTold, isDrawn, context }: DumbbellProps): JSX.Element {
  const { formats, language } = context
  const { conversions, interval } = row
  const told = isTold ? names.map((name, place) => `${name} ${formats.number(conversions[place] ?? 0, 1)}`) : []
  if (!isDrawn) {
    const [least, most] = [Math.min(...conversions), Math.max(...conversions)].map(value => formats.number(value, 1))
    return (
      <svg class="credit-other" y={y}>
        <text class="name" x={scale.at(0)} y="22">
          {creditWords[language].creditOf(row.name, [creditWords[language].range(least!, most!)])}
        </text>
      </svg>
    )
  }
  // The chosen one lies on top.
  const order = names.map((_, place) => place).sort((a, b) => Number(a === chosen) - Number(b === chosen))
  return (
    <svg class={row.isOther ? 'credit-other' : undefined} y={y}>
      {told.length > 0 ? <title>{creditWords[language].creditOf(row.name, told)}</title> : null}
      <text class="name" x={scale.at(0)} y="15">
        {row.name}
      </text>
      <line
        class="credit-span"
        x1={scale.at(Math.min(...conversions))}
        x2={scale.at(Math.max(...conversions))}
        y1={MIDDLE}
        y2={MIDDLE}
      />
      {interval ? (
        <line class="credit-interval" x1={scale.at(interval[0])} x2={scale.at(interval[1])} y1="42" y2="42" />
      ) : null}
      <svg y={MIDDLE}>
        {order.map(place => (
          <use href={`#${id}${place}`} x={scale.at(conversions[place] ?? 0)} />
        ))}
      </svg>
    </svg>
  )
}

function Axis(props: { scale: CreditScale; height: number; unit: string; context: PictureContext }): JSX.Element {
  const { scale, height, unit, context } = props
  const last = scale.ticks.length - 1
  return (
    <>
      {scale.ticks.map((tick, place) => (
        <>
          <line class="credit-grid" x1={scale.at(tick)} x2={scale.at(tick)} y1="0" y2={height - AXIS} />
          <text
            class={place === 0 ? 'credit-axis' : `credit-axis to-${place === last ? 'end' : 'middle'}`}
            x={scale.at(tick)}
            y={height - 22}
          >
            {tick < 10_000 ? context.formats.number(tick, 1) : context.formats.short(tick)}
          </text>
        </>
      ))}
      <text class="credit-axis to-end" x="98.5%" y={height - 5}>
        {unit}
      </text>
    </>
  )
}
