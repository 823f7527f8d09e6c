/**
 * The colours and sizes of a report. Dark is for screens: paper is light.
 *
 * Seven colours for stages: any two stay apart (more than 11 hundredths in OKLab) for normal sight and for protanopia,
 * deuteranopia and tritanopia, and each is readable against the page. They serve for series too, and a name or a number
 * always goes with a colour.
 */
export const tokens: string = `
:root {
  color-scheme: light dark;
  --paper: #faf7f1; --surface: #fffdf9; --ink: #221f1c; --muted: #665f57; --line: #e3dccf;
  --accent: #2a36a4; --on-accent: #fff; --accent-soft: #dfe1f4; --bad: #a3301c; --good: #2c6a3c;
  --c1: #2a36a4; --c2: #2f827d; --c3: #aa6613; --c4: #794636; --c5: #8f55ce; --c6: #183502; --c7: #5e0555;
  --other: #8b857c; --on-colour: #fff;
  --small: 0.8125rem; --large: 1.25rem; --huge: clamp(1.75rem, 1.2rem + 2.2vw, 2.75rem); --radius: 10px;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, 'URW Palladio L', Georgia, serif;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14161b; --surface: #1c1f26; --ink: #eceae5; --muted: #a5a29b; --line: #31353e;
    --accent: #9fb1ff; --on-accent: #14161b; --accent-soft: #2a3050; --bad: #ff9c86; --good: #86d49c;
    --c1: #6f8cf7; --c2: #b7ebfb; --c3: #f2af05; --c4: #ea6a2a; --c5: #c3aefa; --c6: #50db9d; --c7: #c07bb0;
    --other: #8f8b84; --on-colour: #14161b;
  }
}
`
