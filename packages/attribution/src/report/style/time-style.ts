/** How the pictures of time look. */
export const timeStyle: string = `
.time-bars,.time-curve{display:block;overflow:visible}
.time-bars text,.time-curve text{font-size:.75rem;fill:var(--muted)}
.time-grid{stroke:var(--line)}
.time-bar{fill:var(--accent)}
.time-mark{stroke:var(--ink);stroke-dasharray:3 3}
.time-bars .time-told{fill:var(--ink)}
.time-band{fill:var(--accent);fill-opacity:.18}
.time-line{fill:none;stroke:var(--accent);stroke-width:2.5;vector-effect:non-scaling-stroke}
.time-multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:1.25rem 2rem}
.time-multiples h4{margin:0 0 .25rem;font-size:var(--small)}
.time-small{margin:.2rem 0 0;color:var(--muted);font-size:.75rem}
`
