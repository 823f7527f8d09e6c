/** Of the panel alone. `!important` keeps the page's rules for unknown elements from moving it. */
export const PANEL_STYLE = `
:host{all:initial!important;position:fixed!important;inset:auto .5rem .5rem auto!important;z-index:2147483647!important;display:block!important;width:min(25rem,calc(100vw - 1rem))!important;color-scheme:light dark;--paper:#fffdf9;--ink:#221f1c;--muted:#665f57;--line:#d9d0c0;--accent:#2a36a4;--bad:#a3301c;--doubt:#8a4f08;--good:#2c6a3c;--code:#f4efe5}
@media(prefers-color-scheme:dark){:host{--paper:#1c1f26;--ink:#eceae5;--muted:#a5a29b;--line:#3b404b;--accent:#9fb1ff;--bad:#ff9c86;--doubt:#f2af05;--good:#86d49c;--code:#14161b}}
@media print{:host{display:none!important}}
*{box-sizing:border-box}
[hidden]{display:none!important}
section{display:flex;flex-direction:column;max-height:min(32rem,70vh);border:1px solid var(--line);border-radius:10px;background:var(--paper);color:var(--ink);box-shadow:0 6px 24px #0004;font:13px/1.45 system-ui,sans-serif;overflow:hidden;text-align:left;direction:ltr}
header{display:flex;align-items:center;gap:.25rem;padding:.25rem .25rem .25rem .75rem}
header strong{flex:1;font-size:14px}
button{min-width:2.25rem;min-height:2.25rem;border:0;border-radius:6px;background:none;color:inherit;font:inherit;font-size:18px;cursor:pointer}
button:hover{background:var(--code)}
:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
.body{overflow:auto;padding:0 .75rem .5rem;border-top:1px solid var(--line)}
dl{display:grid;grid-template-columns:auto 1fr auto 1fr;gap:.1rem .75rem;margin:.5rem 0}
dt,time,i,.stage{color:var(--muted);font-style:normal}
dd{margin:0;font-weight:600;overflow-wrap:anywhere}
ul,ol{margin:0;padding:0;list-style:none}
li{border-top:1px solid var(--line);padding:.15rem 0;overflow-wrap:anywhere}
.problems li{border-left:3px solid var(--bad);border-top:0;margin:.25rem 0;padding:.25rem .5rem;background:var(--code)}
summary{display:flex;align-items:baseline;gap:.5rem;padding:.2rem 0;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary b{flex:1;min-width:0;unicode-bidi:isolate}
time{font-variant-numeric:tabular-nums}
.stage{white-space:nowrap}
.sign{width:1em;font-weight:700}
.stored{color:var(--good)}.bad{color:var(--bad)}.doubt,.kept{color:var(--doubt)}
.note{margin:0 0 .25rem 1.5em;color:var(--doubt)}
details p{margin:.25rem 0}
pre{max-height:12rem;margin:.15rem 0 .4rem;padding:.4rem .5rem;overflow:auto;border-radius:6px;background:var(--code);font:12px/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(max-width:30rem){section{max-height:55vh}dl{grid-template-columns:auto 1fr}}
`
