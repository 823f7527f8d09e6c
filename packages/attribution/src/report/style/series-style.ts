/** The classes by which drawings take the colours of the page: `c1` to `c7` for series and stages, `c-other` for the rest. */
export const seriesStyle: string = [1, 2, 3, 4, 5, 6, 7, 'other']
  .map(series => {
    const [name, colour] = series === 'other' ? ['c-other', '--other'] : [`c${series}`, `--c${series}`]
    return `.${name}{fill:var(${colour});--series:var(${colour})}`
  })
  .join('\n')
