/** The page around the pictures. For each place that a view may have there is a rule that shows it when it is chosen. */
export function pageStyle(mostViews: number): string {
  const places = Array.from({ length: mostViews }, (_, at) => at + 1)
  const chosen = places
    .map(place => `.views:has(.choice label:nth-of-type(${place}) input:checked)>.view:nth-of-type(${place})`)
    .join(',')
  return `${PAGE}
.views>.view{display:none}
${chosen}{display:block}
@supports not selector(:has(a)){.views>.view{display:block}.choice{display:none}}
`
}

const PAGE = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;font-variant-numeric:tabular-nums;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif}
h1,h2,h3{font-family:var(--serif);font-weight:600;line-height:1.2;margin:0;overflow-wrap:anywhere;text-wrap:balance}
h1{font-size:var(--huge)}
h2{font-size:1.6rem;padding-bottom:.4rem;border-bottom:1px solid var(--line)}
h3{font-size:var(--large)}
p{margin:.5rem 0;max-width:68ch;overflow-wrap:anywhere}
a{color:var(--accent)}
code{font-family:var(--mono);font-size:.9em;overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999rem;background:var(--surface);padding:.5rem 1rem}
.skip:focus{left:1rem;top:1rem;z-index:2}
.top,.columns,.end{max-width:110rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,3rem)}
.top{padding-block:clamp(1.5rem,4vw,3.5rem) 1rem}
.about{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:1rem 0 0}
.about>div{min-width:0}
.about dt{color:var(--muted);font-size:var(--small)}
.about dd{margin:0;overflow-wrap:anywhere}
.contents{font-size:var(--small)}
.contents ol{list-style:none;margin:0;padding:0}
.contents ol ol{display:none}
.contents>ol{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.contents a{display:block;padding:.35rem 0;min-height:24px}
.part{margin-top:2.5rem}
.picture{margin-top:1.75rem;padding:clamp(1rem,2.5vw,1.75rem);background:var(--surface);border:1px solid var(--line);border-radius:var(--radius);min-width:0}
.sentence{font-size:1.0625rem;margin:.4rem 0 1.25rem}
.note{color:var(--muted);font-size:var(--small);max-width:68ch}
.choice{display:flex;flex-wrap:wrap;gap:.4rem;border:0;margin:.75rem 0 0;padding:0;min-width:0}
.choice legend{float:left;margin:.3rem .5rem 0 0;padding:0;color:var(--muted);font-size:var(--small)}
.choice label{position:relative;display:inline-flex}
.choice input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.choice span{padding:.2rem .8rem;border:1px solid var(--muted);border-radius:999px;font-size:var(--small);line-height:1.5;overflow-wrap:anywhere}
.choice input:checked+span{background:var(--accent);border-color:var(--accent);color:var(--on-accent);text-decoration:underline}
.choice input:focus-visible+span{outline:3px solid var(--accent);outline-offset:2px}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--muted);font-size:var(--small);padding:.3rem 0;width:fit-content}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:var(--small)}
caption{text-align:start;color:var(--muted);padding:.25rem 0}
th,td{padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);text-align:start;vertical-align:top;font-weight:400;max-width:24rem;overflow-wrap:anywhere}
thead th{color:var(--muted)}
thead th,td{text-align:end}
thead th.t,td.t{text-align:start}
.method dt{margin-top:.5rem}
.method dd{margin:0;max-width:68ch}
.method li{max-width:68ch;margin:.3rem 0}
.advice{margin-top:2rem;padding:1.5rem;border:2px solid var(--accent);border-radius:var(--radius)}
.missing{margin-top:2rem}
.end{padding-block:3rem;color:var(--muted);font-size:var(--small)}
main{min-width:0}
.to-middle{text-anchor:middle}
.to-end{text-anchor:end}
@media (min-width:75rem){
.columns{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:3rem}
.contents{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow-y:auto;margin-top:2.5rem}
.contents>ol{display:block}
.contents ol ol{display:block;padding-inline-start:.9rem;border-inline-start:1px solid var(--line);margin-bottom:.5rem}
.contents ol ol a{color:var(--muted);text-decoration:none}
.contents ol ol a:hover{color:var(--ink);text-decoration:underline}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{
:root{--paper:#fff;--surface:#fff}
body{font-size:10pt}
.contents,.skip,.choice,details{display:none}
.picture{border:0;padding:0;break-inside:avoid}
.part{margin-top:1.5rem}
h2,h3,.sentence{break-after:avoid}
.scroll{overflow:visible}
}
`
