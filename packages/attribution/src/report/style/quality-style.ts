/** How the pictures of quality look. */
export const qualityStyle: string = `
.quality-dots{display:block}
.quality-dots,.quality-dots svg{overflow:visible}
.quality-dots text{font-size:var(--small);fill:var(--ink)}
.quality-dots .name{unicode-bidi:plaintext;paint-order:stroke;stroke:var(--surface);stroke-width:4px;stroke-linejoin:round}
.quality-dots .quality-axis{fill:var(--muted);font-size:.75rem}
.quality-told{fill:var(--muted)}
.quality-grid{stroke:var(--line)}
.quality-join{stroke:var(--muted);stroke-width:2}
.quality-whisker{stroke:var(--accent);stroke-width:3;stroke-opacity:.6}
.quality-dot{fill:var(--accent);stroke:var(--accent);stroke-width:2}
.quality-dot.hollow{fill:var(--surface)}
.quality-key{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .5rem;color:var(--muted);font-size:var(--small)}
.quality-checks{list-style:none;margin:0;padding:0;display:grid;gap:.5rem;max-width:68ch}
.quality-checks li{padding-inline-start:.9rem;border-inline-start:3px solid var(--good)}
.quality-checks .open{border-inline-start:3px double var(--bad)}
.quality-checks strong{color:var(--good)}
.quality-checks .open strong{color:var(--bad)}
.quality-checks span{color:var(--muted)}
`
