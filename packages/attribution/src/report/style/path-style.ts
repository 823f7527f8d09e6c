/** How the pictures of paths look: flow, frequent paths, roles and the Markov graph. */
export const pathStyle: string = `
.path-figure{margin:0}
.path-figure svg{display:block;overflow:visible}
.path-figure .scroll svg,.path-figure.scroll svg{max-width:none;overflow:hidden;margin:0 auto}
.path-figure text{fill:var(--ink);font-size:var(--small)}
.path-figure .path-head{fill:var(--muted);font-size:.75rem}
.path-figure .path-name{font-weight:600;font-size:.75rem;paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}
.path-figure .path-amount,.path-figure .path-odds{font-size:.75rem;paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}
.path-figure .path-number{font-size:.75rem}
.path-ribbons{fill:none}
.path-ribbons path:not([stroke]){stroke:color-mix(in srgb,var(--other) 85%,var(--surface))}
.path-ribbons path.won{stroke:var(--accent)}
.path-ribbons g:hover path{opacity:.72}
.path-box{fill:var(--ink)}
.path-box.converted{fill:var(--accent)}
.path-box.lost{fill:var(--surface);stroke:var(--ink);stroke-dasharray:3 2}
.path-hatch{fill:var(--muted)}
.path-legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin-top:.75rem;color:var(--muted);font-size:var(--small)}
.path-legend>span{display:inline-flex;align-items:center;gap:.4em}
.path-legend svg{flex:none}
.path-opened{fill:var(--accent)}
.path-assisted{fill:url(#channel-roles-p);stroke:var(--accent)}
.path-closed{fill:var(--surface);stroke:var(--accent);stroke-width:1.5}
.path-pattern-back{fill:var(--surface)}
.path-pattern{fill:var(--accent)}
.path-list{list-style:none;margin:0;padding:0;display:grid;gap:1rem}
.path-list p{margin:.3rem 0 0;max-width:none;color:var(--muted);font-size:var(--small)}
.path-chain{list-style:none;margin:0 0 .45rem;padding:0;display:flex;flex-wrap:wrap;gap:.35rem 0}
.path-chain>li{display:inline-flex;align-items:center;min-width:0;overflow-wrap:anywhere;font-size:var(--small);line-height:1.35}
.path-chain>li+li::before{content:'→';padding:0 .4em;color:var(--muted)}
.path-chip{padding:.15em .6em;border:1px solid var(--line);border-radius:1em;background:var(--accent-soft);color:var(--ink)}
.path-skipped{color:var(--muted)}
.path-length{display:block}
.path-way{fill:none;marker-end:url(#markov-graph-a);stroke:var(--muted);opacity:.7}
.path-way.won{marker-end:url(#markov-graph-awon);stroke:var(--accent);opacity:.85}
.path-way.lost{marker-end:url(#markov-graph-alost);stroke:var(--other);stroke-dasharray:5 4}
.path-way:hover{opacity:1}
.path-arrow{fill:var(--muted)}
.path-arrow.won{fill:var(--accent)}
.path-arrow.lost{fill:var(--other)}
.path-state{fill:var(--accent-soft);stroke:var(--ink);stroke-width:1.5}
.path-end{fill:var(--surface);stroke:var(--ink);stroke-width:1.5}
.path-end.won{fill:var(--accent);stroke:var(--accent)}
.path-end.lost{stroke-dasharray:4 3}
.path-figure .path-end-name{font-size:.75rem;font-weight:600}
.path-figure .path-end-name.won{fill:var(--on-accent)}
`
