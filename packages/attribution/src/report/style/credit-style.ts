/** How the pictures of credit look: headline numbers, dumbbells, removal effects and weeks. */
export const creditStyle: string = `
.credit-figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr));gap:1rem 1.5rem;margin:0}
.credit-figures>div{border-top:2px solid var(--ink);padding-top:.4rem;min-width:0}
.credit-figures dt{color:var(--muted);font-size:var(--small)}
.credit-figures dd{margin:0;font:600 clamp(1.25rem,1rem + .8vw,1.5rem)/1.25 var(--serif);font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
.credit-figure{margin:0}
.credit-figure svg{display:block;overflow:visible;max-width:100%}
.credit-figure text{fill:var(--ink);font-size:var(--small)}
.credit-figure .name,.path-figure .name{unicode-bidi:plaintext}
.credit-figure .credit-axis{fill:var(--muted);font-size:.75rem}
.credit-grid{stroke:var(--line)}
.credit-span{stroke:var(--muted);stroke-width:2}
.credit-interval{stroke:var(--accent);stroke-width:4;opacity:.75}
.credit-mark{fill:var(--ink);stroke:var(--surface);stroke-width:1;paint-order:stroke}
.credit-mark.hollow{fill:var(--surface);stroke:var(--ink);stroke-width:1.75;paint-order:normal}
.credit-mark.chosen{fill:var(--accent)}
.credit-mark.chosen.hollow{fill:var(--surface);stroke:var(--accent)}
.credit-other .name{fill:var(--muted);font-style:italic}
.credit-legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin-top:.75rem;color:var(--muted);font-size:var(--small)}
.credit-legend>span{display:inline-flex;align-items:center;gap:.4em;min-width:0;overflow-wrap:anywhere}
.credit-legend svg{flex:none}
.credit-bar{fill:var(--accent)}
.credit-whisker{stroke:var(--ink);stroke-width:2}
.credit-whisker.under{stroke:var(--surface);stroke-width:5}
.credit-stack{stroke:var(--surface);stroke-width:1;vector-effect:non-scaling-stroke}
.credit-total{fill:none;stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}
.credit-hatch{fill:var(--muted)}
.credit-open{fill:var(--surface);opacity:.75}
.credit-areas rect{fill:transparent}
.credit-areas rect:hover{fill:var(--ink);opacity:.12}
.credit-key{pointer-events:none}
.credit-figure .credit-key text{fill:var(--on-colour);font-size:.6875rem;font-weight:600;text-anchor:middle;paint-order:stroke;stroke:var(--series);stroke-width:3px;stroke-linejoin:round}
.credit-figure .c-other text{fill:var(--ink)}
@media screen and (prefers-color-scheme:dark){.credit-figure .c-other text{fill:var(--on-colour)}}
.credit-weeks{display:grid;grid-template-columns:auto minmax(0,1fr)}
`
