/** How the pictures of stages look: funnel, heat map and stage attribution. */
export const stageStyle: string = `
.stage-funnel{list-style:none;margin:0;padding:0;display:grid;gap:1.25rem}
.stage-funnel h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .6rem;margin:0 0 .3rem;font:600 1.0625rem/1.3 var(--serif);color:var(--ink)}
.stage-funnel h3 span{font:400 var(--small)/1.3 system-ui,sans-serif;color:var(--muted)}
.stage-funnel svg{display:block}
.stage-reached{fill-opacity:.28}
.stage-funnel p{margin:.3rem 0 0;font-size:var(--small)}
.stage-funnel dl{display:flex;flex-wrap:wrap;gap:.15rem .9rem;margin:.25rem 0 0;font-size:var(--small);color:var(--muted)}
.stage-funnel dd{margin:0;overflow-wrap:anywhere;min-width:0}
.stage-funnel dt::after{content:':'}
.stage-cells{border-collapse:separate;border-spacing:2px;width:100%;font-size:var(--small)}
.stage-cells th{font-weight:400;text-align:left;padding:.45rem .6rem .45rem 0;overflow-wrap:anywhere;min-width:7.5rem}
.stage-cells thead th{color:var(--muted);font-size:.75rem;vertical-align:bottom;text-align:right;overflow-wrap:normal;padding-right:.6rem}
.stage-cells thead th:first-child{text-align:left}
.stage-cells td{text-align:right;padding:.45rem .6rem;border-radius:3px}
.stage-cells tfoot :is(th,td){border-top:1px solid var(--line);border-radius:0}
.stage-cells tfoot tr:last-child :is(th,td){font-weight:600}
.stage-shade-1{background:color-mix(in srgb,var(--accent) 7%,var(--surface))}
.stage-shade-2{background:color-mix(in srgb,var(--accent) 16%,var(--surface))}
.stage-shade-3{background:color-mix(in srgb,var(--accent) 26%,var(--surface))}
.stage-shade-4{background:color-mix(in srgb,var(--accent) 36%,var(--surface))}
.stage-shade-5{background:color-mix(in srgb,var(--accent) 85%,var(--surface));color:var(--on-accent)}
.stage-shade-6{background:var(--accent);color:var(--on-accent)}
.stage-rest{margin:.5rem 0 0;color:var(--muted);font-size:var(--small)}
`
