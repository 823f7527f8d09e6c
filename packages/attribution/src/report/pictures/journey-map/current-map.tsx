import type { StageOnMap } from '../../facts/report-facts.ts'
import { eventName, pageName, stageName } from '../../words/event-words.ts'
import { mapWords } from '../../words/map-words.ts'
import type { MapWords } from '../../words/map-words.ts'
import { shownName } from '../../words/shown-name.ts'
import { isolatedName } from '../isolated-name.ts'
import type { PictureContext, PictureView } from '../picture.ts'
import { FeelingCurve, shownFeeling, signed } from './feeling-curve.tsx'
import { outstanding } from './outstanding.ts'
import { Bar, Doings, StageColumns, shownPeople } from './stage-columns.tsx'
import type { Lane } from './stage-columns.tsx'

/** The map as it is: who was in each stage, what they did, felt and met, and how they went on. */
export function currentMap(stages: readonly StageOnMap[], context: PictureContext): PictureView {
  const { language } = context
  const words = mapWords[language]
  const names = stages.map(({ stage }) => stageName(stage, language))
  return {
    name: words.current,
    sentence: sentenceOf(stages, names, words, context),
    drawing: (
      <StageColumns
        stages={names}
        lanes={lanesOf(stages, words, context)}
        context={context}
        across={FeelingCurve({ stages, context })}
      />
    ),
    table: {
      caption: words.title,
      columns: [
        { name: words.stage },
        { name: words.volume, isNumber: true },
        { name: words.events, isNumber: true },
        { name: words.time, isNumber: true },
        { name: words.dropOff, isNumber: true },
        { name: words.feeling },
        ...[words.did, words.pages, words.channels, words.friction, words.organisation].map(name => ({ name })),
      ],
      rows: stages.map((stage, place) => [
        names[place]!,
        shownPeople(stage.people, context),
        shownPeople(stage.events, context),
        timeOf(stage, context),
        stayedOf(stage, place === stages.length - 1, context),
        feelingInWords(stage, words, context),
        listed(stage.touchpoints, context, language),
        listed(stage.pages, context, language, pageName),
        listed(
          stage.channels.map(({ key, people }) => ({ name: key, people })),
          context,
          language,
          isolatedChannel,
        ),
        listed(stage.friction, context, language),
        listed(stage.organisation, context, language),
      ]),
    },
  }
}

function lanesOf(stages: readonly StageOnMap[], words: MapWords, context: PictureContext): Lane[] {
  const { formats, minimum, language } = context
  const most = Math.max(1, ...stages.map(({ people }) => people))
  const at = (place: number): StageOnMap => stages[place]!
  const lanes: (Lane | undefined)[] = [
    {
      name: words.volume,
      cell: place => (
        <>
          <strong class="map-figure">{shownPeople(at(place).people, context)}</strong>{' '}
          {words.people(at(place).people, formats)}
          <Bar share={at(place).people < minimum ? 0 : at(place).people / most} />
        </>
      ),
    },
    { name: words.did, cell: place => <Doings of={at(place).touchpoints} context={context} /> },
    {
      name: words.pages,
      cell: place => (
        <Doings of={at(place).pages} context={context} named={page => pageName(page, language)} most={3} />
      ),
    },
    {
      name: words.channels,
      cell: place => (
        <Doings
          of={at(place).channels.map(({ key, people }) => ({ name: key, people, times: people }))}
          context={context}
          named={key => shownName(key, 28)}
          most={3}
        />
      ),
    },
    stages.some(stage => shownFeeling(stage, context))
      ? { name: words.feeling, kind: 'feeling', cell: place => feelingInWords(at(place), words, context) }
      : undefined,
    { name: words.friction, cell: place => <Doings of={at(place).friction} context={context} most={3} /> },
    { name: words.organisation, cell: place => <Doings of={at(place).organisation} context={context} /> },
    { name: words.time, cell: place => <span class="map-time">{timeOf(at(place), context)}</span> },
    { name: words.dropOff, cell: place => stayedOf(at(place), place === stages.length - 1, context) },
  ]
  return lanes.filter(lane => lane !== undefined)
}

function timeOf({ movedOn, medianMs }: StageOnMap, { formats, minimum, language }: PictureContext): string {
  const isShown = medianMs !== null && movedOn >= minimum
  return isShown ? formats.duration(medianMs) : mapWords[language].nothing
}

/** Those who went no further; neither they nor those who did may be few. */
function stayedOf({ people, movedOn }: StageOnMap, isLast: boolean, context: PictureContext): string {
  const words = mapWords[context.language]
  if (isLast) return words.lastStage
  const stayed = people - movedOn
  if (!isTellable(stayed, context) || !isTellable(movedOn, context) || people === 0) return words.nothing
  return words.stayed(context.formats.number(stayed), context.formats.share(stayed / people))
}

function isTellable(people: number, { minimum }: PictureContext): boolean {
  return people === 0 || people >= minimum
}

function feelingInWords(stage: StageOnMap, words: MapWords, context: PictureContext): string {
  const feeling = shownFeeling(stage, context)
  if (!feeling) return stage.feeling ? words.few(context.minimum, context.formats) : words.nobodyAnswered
  const [low, high] = feeling.interval
  return words.feelingOf(
    signed(feeling.mean, context),
    `${signed(low, context)} … ${signed(high, context)}`,
    context.formats.number(feeling.answers),
  )
}

function listed(
  of: readonly { readonly name: string; readonly people: number }[],
  context: PictureContext,
  language: PictureContext['language'],
  named: (name: string, language: PictureContext['language']) => string = eventName,
): string {
  const rows = of.filter(({ people }) => people >= context.minimum)
  if (rows.length === 0) return mapWords[language].nothing
  return rows.map(({ name, people }) => `${named(name, language)} ${context.formats.number(people)}`).join(', ')
}

const isolatedChannel = (name: string): string => isolatedName(name)

function sentenceOf(
  stages: readonly StageOnMap[],
  names: readonly string[],
  words: MapWords,
  context: PictureContext,
): string {
  const { formats, minimum } = context
  const all = stages.map((stage, place) => ({ ...stage, name: names[place]! }))
  const shown = all.filter(({ people }) => people >= minimum)
  const most = outstanding(shown, ({ people }) => people)
  if (!most) return words.tooFew(minimum, formats)
  const sentences = [words.mostPeople(most, most.row.people, formats)]
  const left = all
    .slice(0, -1)
    .filter(({ people, movedOn }) => people - movedOn >= minimum && isTellable(movedOn, context))
  const stayed = outstanding(left, ({ people, movedOn }) => (people - movedOn) / people)
  if (stayed)
    sentences.push(words.mostStayed(stayed, stayed.row.people - stayed.row.movedOn, stayed.row.people, formats))
  const felt = all.flatMap(stage => {
    const feeling = shownFeeling(stage, context)
    return feeling ? [{ name: stage.name, mean: Number(feeling.mean.toFixed(1)) }] : []
  })
  const best = outstanding(felt, ({ mean }) => mean)
  const worst = outstanding(felt, ({ mean }) => -mean)
  if (felt.length === 1) sentences.push(words.feltIn(felt[0]!.name, signed(felt[0]!.mean, context)))
  else if (best && worst && best.row.mean > worst.row.mean) {
    sentences.push(words.feltBetween(best, signed(best.row.mean, context), worst, signed(worst.row.mean, context)))
  }
  return sentences.join(' ')
}
