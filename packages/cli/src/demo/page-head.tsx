import type { JSX } from 'preact'

/** What every page of the demo begins with. */
export function PageHead({ title, styles }: { title: string; styles: readonly string[] }): JSX.Element {
  return (
    <>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>{title}</title>
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      {['base', ...styles].map(name => (
        <link rel="stylesheet" href={`/assets/${name}.css`} />
      ))}
    </>
  )
}
