import type { ComponentChildren, JSX } from 'preact'
import { LanguageLinks } from '../language-links.tsx'
import { PageHead } from '../page-head.tsx'
import { fill } from '../words/language.ts'
import { useFormats, useLanguage, useWords } from '../words/spoken.ts'
import { TRUTH_WORDS } from '../words/truth-words.ts'
import { Scrollable } from './scrollable.tsx'
import type { DemoTruth } from './truth-of.ts'
import { TruthPicture } from './truth-picture.tsx'

/** Where even the best model is beyond this, none is called near. */
const NEAR = 0.2

/** What the models make of the simulated visitors, beside what their world knows. */
export function TruthPage({ truth }: { truth: DemoTruth | undefined }): JSX.Element {
  const words = useWords(TRUTH_WORDS)
  return (
    <html lang={useLanguage()}>
      <head>
        <PageHead title={`Jejak: ${words.title}`} styles={['truth']} />
      </head>
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <main id="main">
          <nav class="back">
            <a href="/">{words.back}</a>
            <a href="/report">{words.report}</a>
            <LanguageLinks path="/truth" />
          </nav>
          <h1>{words.title}</h1>
          {truth ? <Comparison truth={truth} /> : <Nothing />}
          <section aria-labelledby="terminal">
            <h2 id="terminal">{words.again}</h2>
            <pre class="command">npx jejak evaluate --world everything --people 20000</pre>
          </section>
        </main>
      </body>
    </html>
  )
}

function Nothing(): JSX.Element {
  const words = useWords(TRUTH_WORDS)
  return (
    <p class="lead">
      {words.nothing} <a href="/">{words.nothingLink}</a>
    </p>
  )
}

function Comparison({ truth }: { truth: DemoTruth }): JSX.Element {
  const words = useWords(TRUTH_WORDS)
  const { number } = useFormats()
  return (
    <>
      <p class="lead">{words.known}</p>
      <dl class="headline">
        <Fact name={words.facts.visitors} value={number(truth.visitors)} />
        <Fact name={words.facts.orders} value={number(truth.orders)} />
        <Fact name={words.facts.expected} value={number(truth.truth.conversions)} />
        <Fact name={words.facts.anyway} value={number(truth.truth.anyway)} />
      </dl>
      <Section id="verdict" title={words.verdict}>
        <Verdict truth={truth} />
        <TruthPicture truth={truth} />
      </Section>
      <Section id="misplaced" title={words.modelsTitle}>
        <ModelTable truth={truth} />
      </Section>
      <Section id="numbers" title={words.creditsTitle}>
        <CreditTable truth={truth} />
      </Section>
      <Section id="world" title={words.meaningTitle}>
        <p>{words.meaning}</p>
      </Section>
    </>
  )
}

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}

function Section({ id, title, children }: SectionProps): JSX.Element {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function Fact({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Verdict({ truth: { channels, models, truth } }: { truth: DemoTruth }): JSX.Element {
  const words = useWords(TRUTH_WORDS)
  const { number, share } = useFormats()
  const [best, worst] = [models[0]!, models.at(-1)!]
  const named = { best: best.name, worst: worst.name }
  return (
    <>
      <p class="lead">
        {fill(words.nearest, { ...named, bestShare: share(best.misplaced), worstShare: share(worst.misplaced) })}{' '}
        {best.misplaced > NEAR && words.noneIsNear}
      </p>
      <p>
        {fill(words.biggest, {
          ...named,
          channel: channels[0]!.name,
          share: share(channels[0]!.share),
          bestShare: share(best.shares[0]!),
          worstShare: share(worst.shares[0]!),
        })}{' '}
        {fill(words.anywayText, { anyway: number(truth.anyway), expected: number(truth.conversions) })} {words.chance}
      </p>
    </>
  )
}

function ModelTable({ truth: { models } }: { truth: DemoTruth }): JSX.Element {
  const words = useWords(TRUTH_WORDS)
  const { share } = useFormats()
  return (
    <table class="misplaced">
      <caption>{words.modelsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.model}</th>
          <th scope="col" class="number">
            {words.misplaced}
          </th>
          <td class="wide" />
        </tr>
      </thead>
      <tbody>
        {models.map(({ name, misplaced }) => (
          <tr>
            <th scope="row">{name}</th>
            <td class="number">{share(misplaced)}</td>
            <td class="wide">
              <svg class="bar" width="100%" height="12" aria-hidden="true">
                <rect width={`${(misplaced * 100).toFixed(1)}%`} height="12" rx="3" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function CreditTable({ truth: { channels, models } }: { truth: DemoTruth }): JSX.Element {
  const words = useWords(TRUTH_WORDS)
  const { share, number } = useFormats()
  const points = (difference: number) => {
    const rounded = Math.round(difference * 100)
    return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${number(Math.abs(rounded))}`
  }
  return (
    <Scrollable label={words.creditsCaption}>
      <table class="credits">
        <caption>{words.creditsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.channel}</th>
            <th scope="col" class="number">
              {words.truth}
            </th>
            {models.map(({ name }) => (
              <th scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel, row) => (
            <tr>
              <th scope="row">{channel.name}</th>
              <td class="number">
                <strong>{share(channel.share)}</strong>
              </td>
              {models.map(({ shares }) => (
                <td class="number">
                  {share(shares[row]!)}
                  <span class="off">
                    {points(shares[row]! - channel.share)} <span class="hidden-text">{words.points}</span>
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}
