import type { JSX, VNode } from 'preact'
import type { ReportFacts } from '../facts/report-facts.ts'
import { PICTURES } from '../pictures/all-pictures.ts'
import type { Picture, PictureContext } from '../pictures/picture.ts'
import { PICTURES_BY_PART } from '../words/picture-names.ts'
import type { PictureName, ReportPart } from '../words/picture-names.ts'
import { methodWords } from '../words/method-words.ts'
import { pageWords } from '../words/page-words.ts'
import type { PageWords } from '../words/page-words.ts'
import { shownName } from '../words/shown-name.ts'
import { MOST_VIEWS } from './most-views.ts'
import { Section } from './section.tsx'

const MOST_SOURCES = 3

export interface ReportPageProps {
  readonly facts: ReportFacts
  readonly context: PictureContext
  readonly title: string | undefined
  /** The only styles the page may have, and their hash; likewise the script. */
  readonly style: string
  readonly csp: string
}

interface Part {
  readonly name: ReportPart
  readonly pictures: readonly Picture[]
}

/** The report as one page that needs nothing else. */
export function ReportPage({ facts, context, title, style, csp }: ReportPageProps): VNode {
  const words = pageWords[context.language]
  const { parts, missing } = drawn(facts, context)
  const heading = title === undefined ? words.title : shownName(title, 120)
  return (
    <html lang={context.language}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={csp} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>{heading}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <header class="top">
          <h1>{heading}</h1>
          <About facts={facts} context={context} words={words} />
        </header>
        <div class="columns">
          <Contents parts={parts} words={words} method={methodWords[context.language].title} />
          <main id="content">
            {facts.totals.journeys === 0 ? (
              <Advice title={words.empty.nothingTitle} lead={words.empty.nothing} steps={words.empty.nothingSteps} />
            ) : (
              facts.totals.conversions === 0 && (
                <Advice
                  title={words.empty.noConversionTitle}
                  lead={words.empty.noConversion(shownName(facts.conversion), facts.totals.events, context.formats)}
                  steps={words.empty.noConversionSteps}
                />
              )
            )}
            {parts.map(({ name, pictures }) => (
              <div class="part" id={name}>
                <h2>{words.parts[name]}</h2>
                {pictures.map(picture => (
                  <Section picture={picture} words={words} />
                ))}
              </div>
            ))}
            <Method facts={facts} context={context} />
            <Missing names={missing} words={words} />
          </main>
        </div>
        <footer class="end">{words.footer}</footer>
      </body>
    </html>
  )
}

function drawn(facts: ReportFacts, context: PictureContext): { parts: Part[]; missing: PictureName[] } {
  const missing: PictureName[] = []
  const parts = (Object.keys(PICTURES_BY_PART) as ReportPart[]).map(name => ({
    name,
    pictures: PICTURES_BY_PART[name].flatMap((picture: PictureName) => {
      const one = PICTURES[picture](facts, context)
      if (!one) missing.push(picture)
      return one ? [{ ...one, views: one.views.slice(0, MOST_VIEWS) }] : []
    }),
  }))
  return { parts: parts.filter(({ pictures }) => pictures.length > 0), missing }
}

function About({ facts, context, words }: { facts: ReportFacts; context: PictureContext; words: PageWords }): VNode {
  const { formats } = context
  const { from, to, totals, sources, made, conversion, stageModel } = facts
  const isOfPaths = stageModel === ''
  const rows: readonly (readonly [string, string])[] = [
    ...(from !== null && to !== null
      ? [[words.period, words.fromTo(formats.date(from), formats.date(to))] as const]
      : isOfPaths
        ? [[words.period, words.noPeriod] as const]
        : []),
    [
      words.read,
      [
        words.sources(
          sources.slice(0, MOST_SOURCES).map(source => shownName(source, 60)),
          Math.max(0, sources.length - MOST_SOURCES),
          formats,
        ),
        isOfPaths ? words.journeys(totals.journeys, formats) : words.events(totals.events, formats),
      ]
        .filter(text => text !== '')
        .join(': '),
    ],
    ...(conversion === '' ? [] : [[words.conversion, shownName(conversion, 80)] as const]),
    [words.made, formats.date(made)],
  ]
  return (
    <dl class="about">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Contents({ parts, words, method }: { parts: readonly Part[]; words: PageWords; method: string }): VNode {
  return (
    <nav class="contents" aria-label={words.contents}>
      <ol>
        {parts.map(({ name, pictures }) => (
          <li>
            <a href={`#${name}`}>{words.parts[name]}</a>
            <ol>
              {pictures.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ol>
          </li>
        ))}
        <li>
          <a href="#method">{method}</a>
        </li>
      </ol>
    </nav>
  )
}

function Advice({ title, lead, steps }: { title: string; lead: string; steps: readonly string[] }): JSX.Element {
  return (
    <section class="advice">
      <h2>{title}</h2>
      <p>{lead}</p>
      <ul>
        {steps.map(step => (
          <li>
            <WithCommands text={step} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What stands between backticks is a command. */
function WithCommands({ text }: { text: string }): JSX.Element {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code>{part}</code> : part))}</>
}

function Method({ facts, context }: { facts: ReportFacts; context: PictureContext }): JSX.Element {
  const words = methodWords[context.language]
  const [credit] = facts.credit
  return (
    <section class="part" id="method" aria-labelledby="method-h">
      <h2 id="method-h">{words.title}</h2>
      <ul class="method">
        {words
          .rules(context.minimum, credit?.level === undefined ? undefined : context.formats.share(credit.level))
          .map(rule => (
            <li>{rule}</li>
          ))}
      </ul>
      {credit && credit.models.length > 0 && (
        <dl class="method">
          {credit.models.map(({ name, asWritten, notes }) => (
            <div>
              <dt>
                <code>{shownName(asWritten, 80)}</code>
              </dt>
              <dd>
                {words.models[name] ?? words.otherModel}
                {notes.map(note => (
                  <span class="note"> {note}</span>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

function Missing({ names, words }: { names: readonly PictureName[]; words: PageWords }): JSX.Element | null {
  if (names.length === 0) return null
  return (
    <details class="missing">
      <summary>{words.missing.title}</summary>
      <p>{words.missing.lead}</p>
      <ul>
        {names.map(name => (
          <li>
            <WithCommands text={words.missing.needs[name]} />
          </li>
        ))}
      </ul>
    </details>
  )
}
