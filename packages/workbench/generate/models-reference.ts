import { DEFAULT_MODELS, MODELS } from '@jejak/attribution'
import type { ModelEntry } from '@jejak/attribution'

/** `docs/attribution-models.md`: every model, written from what `@jejak/attribution` says of it. */
export function modelsReference(): string {
  const names = Object.keys(MODELS)
  return (
    [
      '<!-- Written by `npm run generate` from the `*-entries.ts` in packages/attribution/src/models. Change it there. -->',
      '# Attribution models',
      `Jejak has ${names.length} models. Each is written as its name, with options after a colon: \`--model markov:order=2\` on the command line, \`parseModel('markov:order=2')\` in code. In the text of an option, \`%2C\` stands for a comma. Where no model is asked for, these run side by side: ${DEFAULT_MODELS.map(name => `\`${name}\``).join(', ')}.`,
      'What all have in common: the credits of a model sum to what there was to share, that is, the conversions and the value of all journeys with at least one touch. The result depends neither on the order of the rows nor on the names. None of them is an experiment: a model reads what happened, and only withholding a channel from some people shows what it causes. How far each can be trusted is measured in [how true the models are](attribution-truth.md).',
      ...names.flatMap(name => sectionOf(name, MODELS[name as keyof typeof MODELS])),
    ].join('\n\n') + '\n'
  )
}

function sectionOf(name: string, entry: ModelEntry): string[] {
  const options = Object.entries(entry.options)
  return [
    `## ${name}`,
    entry.meaning,
    `\`\`\`text\n${entry.formula}\n\`\`\``,
    `**When to use it.** ${entry.use} **When not.** ${entry.avoid}`,
    ...(options.length === 0
      ? []
      : [
          [
            '| option | meaning |',
            '| --- | --- |',
            ...options.map(([key, { meaning }]) => `| \`${key}\` | ${meaning} |`),
          ].join('\n'),
        ]),
    `Source: ${entry.source}.`,
  ]
}
