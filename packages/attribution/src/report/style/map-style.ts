const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** The grid takes its columns and rows from classes: inline styles are not allowed in a report. */
const counted = COUNTS.map(
  count =>
    `.map-n${count}{--columns:${count}}.map-r${count}{--rows:${count}}.map-at${count}{--row:${count}}.map-stage:nth-of-type(${count}){--place:${count + 1}}`,
).join('')

/** How the journey map looks: columns of stages where there is room, one stage after the other where not. */
export const mapStyle: string = `
${counted}
.map{container-type:inline-size}
.map-grid{display:grid;gap:1rem}
.map-names{display:none}
.map-stage,.map-week{border-top:3px solid var(--series);padding-top:.6rem;min-width:0}
.map-stage h3,.map-week h3{display:flex;align-items:baseline;gap:.5rem;margin:0 0 .5rem;font:600 1.125rem/1.25 var(--serif);color:var(--ink);overflow-wrap:anywhere;min-width:0}
.map-place{flex:none;font:600 .75rem/1.5rem var(--mono);min-width:1.5rem;text-align:center;border-radius:1em;background:var(--series);color:var(--on-colour)}
.map-stage dl,.map-stage dd{margin:0}
.map-stage dl{display:grid;gap:.75rem}
.map-stage dl>div{position:relative;min-width:0;font-size:var(--small);line-height:1.4}
.map-stage dl>div dt,.map-names{color:var(--muted);font-size:.75rem;letter-spacing:.02em}
.map-stage dl>div dt{margin-bottom:.15rem}
.map-stage dl>div dt i,.map-names i{display:block;font-style:normal;color:var(--accent);border-top:1px dashed var(--accent);padding-top:.2rem;margin-bottom:.35rem}
.map-figure{font:600 1.25rem/1.2 var(--serif);font-variant-numeric:tabular-nums lining-nums}
.map-bar{display:block;width:100%;height:8px;margin-top:.3rem;border-radius:2px;background:var(--line);print-color-adjust:exact}
.map-list,.map-steps{list-style:none;margin:0;padding:0}
.map-list li{display:flex;justify-content:space-between;gap:.6rem;padding:.14rem 0;border-bottom:1px solid var(--line)}
.map-list li:last-child{border-bottom:0}
.map-list,.map-steps{overflow-wrap:anywhere}
.map-list span{color:var(--muted);overflow-wrap:normal}
.map-nothing{color:var(--muted)}
.map-steps{display:grid;gap:.9rem}
.map-still{color:var(--muted);font-style:italic}
.map-still>*{font-style:normal}
.map-still .map-figure{color:var(--ink)}
.map-still rect{fill:var(--other)}
.map-small{color:var(--muted);font-size:.75rem;line-height:1.4}
p.map-small{margin:.35rem 0 0}
.map-curve{display:block;overflow:visible}
.map-curve text,.map-axis{font-size:.75rem;fill:var(--muted)}
.map-curve .map-mean{fill:var(--ink);font-weight:600;font-size:.875rem;text-anchor:middle;paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}
.map-curve .map-answers{text-anchor:middle}
.map-curve .map-key{font-weight:600;fill:var(--ink)}
.map-level,.map-zero{stroke:var(--line)}
.map-zero{stroke:var(--other);stroke-dasharray:2 3}
.map-band{fill:var(--accent);fill-opacity:.16}
.map-line{fill:none;stroke:var(--accent);stroke-width:2.5;stroke-linecap:round;vector-effect:non-scaling-stroke}
.map-range{stroke:var(--accent);stroke-width:1.5}
.map-dot{fill:var(--surface);stroke:var(--accent);stroke-width:2.5}
.map-weeks{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1.5rem}
.map-weeks>p{grid-column:1/-1}
.map-week svg{display:block}
.map-hours{fill:var(--line);fill-opacity:.45}
.map-week path{stroke:var(--series)}
.map-shade-1{stroke-opacity:.18}.map-shade-2{stroke-opacity:.38}.map-shade-3{stroke-opacity:.58}.map-shade-4{stroke-opacity:.78}
@container (min-width:46rem){
.map-grid{grid-template-columns:8.5rem repeat(var(--columns),minmax(8rem,1fr));grid-template-rows:repeat(var(--rows),auto);gap:0 1rem;min-width:calc(8.5rem + 9rem*var(--columns));width:100%}
.map-names{display:grid;grid-column:1;grid-row:1/span var(--rows);grid-template-rows:subgrid;position:sticky;left:0;z-index:1;background:var(--surface)}
.map-names>span,.map-stage dl>div{padding:.7rem 0;border-top:1px solid var(--line)}
.map-names>span{padding-right:.75rem}
.map-names>span:first-child,.map-stage dl>div:first-child{border-top:0}
.map-names>span:nth-child(2){border-top:0}
.map-stage{display:grid;grid-column:var(--place);grid-row:1/span var(--rows);grid-template-rows:subgrid}
.map-stage h3{font-size:.9375rem;line-height:1.5rem;gap:.35rem}
.map-stage dl{display:grid;grid-row:2/-1;grid-template-rows:subgrid;gap:0}
.map-stage dl>div dt,.map-feeling dd{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.map-across{grid-column:2/-1;grid-row:var(--row);padding:.7rem 0;border-top:1px solid var(--line)}
.map-stage dl>.map-feeling{border-top-color:transparent}
.map-curve .map-key{display:none}
.map-names>.map-below-line,.map-stage dl>.map-below-line{border-top:1px dashed var(--accent)}
.map-names i{border:0;padding:0}
}
`
