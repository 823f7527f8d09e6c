import type { JSX } from 'preact'
import { render } from 'preact-render-to-string'
import type { Colour, Motif, Product, Silhouette } from './catalogue.ts'

/** A drawing of a product in one of its colours: the outline, filled with its motif. A whole SVG file. */
export function drawProduct({ name, silhouette, motif }: Product, colour: Colour): string {
  const outline = OUTLINES[silhouette]
  const picture = (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" role="img" aria-label={`${name}, ${colour.name}`}>
      <defs>
        {MOTIFS[motif](colour)}
        <linearGradient id="light" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stop-color="#fff" stop-opacity=".16" />
          <stop offset=".55" stop-color="#fff" stop-opacity="0" />
          <stop offset="1" stop-color="#000" stop-opacity=".2" />
        </linearGradient>
      </defs>
      <ellipse cx="160" cy="292" rx="96" ry="9" fill="#000" opacity=".09" />
      <path d={outline.body} fill={colour.cloth} />
      <path d={outline.body} fill="url(#motif)" />
      <path d={outline.body} fill="url(#light)" />
      {outline.details.map(d => (
        <path
          d={d}
          fill="none"
          stroke={colour.motif}
          stroke-opacity=".85"
          stroke-width="3"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      ))}
      {outline.straps?.map(d => (
        <path d={d} fill="none" stroke={colour.cloth} stroke-width="11" stroke-linecap="round" />
      ))}
    </svg>
  )
  return render(picture)
}

interface Outline {
  readonly body: string
  /** Seams, buttons, folds: drawn over the cloth. */
  readonly details: readonly string[]
  readonly straps?: readonly string[]
}

const OUTLINES: Readonly<Record<Silhouette, Outline>> = {
  shirt: {
    body: 'M118 52 Q160 74 202 52 L236 66 L284 132 L250 158 L232 138 L234 276 Q160 288 86 276 L88 138 L70 158 L36 132 L84 66 Z',
    details: ['M160 66 V281', 'M118 52 Q132 84 160 92 Q188 84 202 52', 'M88 138 L92 108', 'M232 138 L228 108'],
  },
  skirt: {
    body: 'M108 48 H212 L246 272 Q160 292 74 272 Z',
    details: ['M108 66 H214', 'M182 66 Q196 160 176 281', 'M182 66 Q210 92 226 84', 'M182 66 Q204 108 214 124'],
  },
  scarf: {
    body: 'M104 46 Q160 28 216 46 Q236 64 224 104 L242 268 L190 276 L176 122 Q160 132 144 122 L130 276 L78 268 L96 104 Q84 64 104 46 Z',
    details: ['M104 46 Q160 96 216 46', 'M96 104 Q126 122 144 122', 'M224 104 Q194 122 176 122'],
  },
  sarong: {
    body: 'M64 76 L256 56 V128 L64 148 Z M64 154 L256 134 V206 L64 226 Z M64 232 L256 212 V262 Q256 276 242 277 L78 286 Q64 286 64 272 Z',
    details: ['M64 151 L256 131', 'M64 229 L256 209'],
  },
  bag: {
    body: 'M66 128 H254 L238 268 Q236 284 220 284 H100 Q84 284 82 268 Z',
    details: ['M66 144 H254'],
    straps: ['M110 132 Q112 46 160 46 Q208 46 210 132'],
  },
  pouch: {
    body: 'M58 108 Q58 92 74 92 H246 Q262 92 262 108 V244 Q262 262 244 262 H76 Q58 262 58 244 Z',
    details: ['M62 118 H258', 'M236 118 v24'],
  },
  sandal: {
    body: 'M84 64 Q116 34 140 74 Q150 104 140 150 Q150 206 138 252 Q126 290 100 282 Q72 274 74 230 Q80 190 70 146 Q62 96 84 64 Z M236 64 Q204 34 180 74 Q170 104 180 150 Q170 206 182 252 Q194 290 220 282 Q248 274 246 230 Q240 190 250 146 Q258 96 236 64 Z',
    details: [
      'M68 128 Q108 96 145 128',
      'M72 156 Q110 126 141 158',
      'M252 128 Q212 96 175 128',
      'M248 156 Q210 126 179 158',
    ],
  },
}

/** Each motif as a pattern called `motif`, drawn in the colour's second shade. */
const MOTIFS: Readonly<Record<Motif, (colour: Colour) => JSX.Element>> = {
  lurik: ({ motif }) => (
    <pattern id="motif" width="28" height="20" patternUnits="userSpaceOnUse">
      <rect width="3" height="20" fill={motif} opacity=".95" />
      <rect x="7" width="1.5" height="20" fill={motif} opacity=".6" />
      <rect x="11" width="1.5" height="20" fill={motif} opacity=".6" />
      <rect x="18" width="6" height="20" fill="#000" opacity=".16" />
    </pattern>
  ),
  parang: ({ motif }) => (
    <pattern
      id="motif"
      width="34"
      height="34"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
      fill="none"
      stroke={motif}
    >
      <path d="M4 0 V34" stroke-width="2" opacity=".7" />
      <path d="M12 30 C12 18 30 26 30 14 C30 6 20 6 20 13" stroke-width="3.4" />
      <circle cx="13" cy="7" r="1.8" fill={motif} stroke="none" />
    </pattern>
  ),
  kawung: ({ motif }) => (
    <pattern id="motif" width="36" height="36" patternUnits="userSpaceOnUse" fill={motif}>
      <g opacity=".92">
        <ellipse cx="18" cy="8" rx="5" ry="7.5" transform="rotate(45 18 18)" />
        <ellipse cx="18" cy="28" rx="5" ry="7.5" transform="rotate(45 18 18)" />
        <ellipse cx="8" cy="18" rx="7.5" ry="5" transform="rotate(45 18 18)" />
        <ellipse cx="28" cy="18" rx="7.5" ry="5" transform="rotate(45 18 18)" />
      </g>
      <circle cx="18" cy="18" r="1.8" />
      <circle r="2" />
    </pattern>
  ),
  truntum: ({ motif }) => (
    <pattern id="motif" width="30" height="30" patternUnits="userSpaceOnUse" stroke={motif} stroke-linecap="round">
      <path d="M8 3 V13 M3 8 H13 M4.5 4.5 L11.5 11.5 M11.5 4.5 L4.5 11.5" stroke-width="1.5" />
      <path d="M23 18 V28 M18 23 H28 M19.5 19.5 L26.5 26.5 M26.5 19.5 L19.5 26.5" stroke-width="1.5" />
      <circle cx="23" cy="8" r="1.4" fill={motif} stroke="none" />
      <circle cx="8" cy="23" r="1.4" fill={motif} stroke="none" />
    </pattern>
  ),
  anyam: ({ motif }) => (
    <pattern id="motif" width="24" height="24" patternUnits="userSpaceOnUse">
      <rect x="1" y="2" width="10" height="8" rx="2" fill={motif} opacity=".5" />
      <rect x="13" y="14" width="10" height="8" rx="2" fill={motif} opacity=".5" />
      <rect x="14" y="1" width="8" height="10" rx="2" fill={motif} opacity=".25" />
      <rect x="2" y="13" width="8" height="10" rx="2" fill={motif} opacity=".25" />
    </pattern>
  ),
  ikat: ({ motif }) => (
    <pattern id="motif" width="44" height="36" patternUnits="userSpaceOnUse" fill="none" stroke={motif}>
      <path d="M22 3 L40 18 L22 33 L4 18 Z" stroke-width="2.6" stroke-dasharray="5 1.6" />
      <path d="M22 11 L31 18 L22 25 L13 18 Z" fill={motif} stroke="none" opacity=".9" />
      <path d="M0 8 L8 18 L0 28 M44 8 L36 18 L44 28" stroke-width="1.8" opacity=".7" />
    </pattern>
  ),
  mega: ({ motif }) => (
    <pattern id="motif" width="76" height="46" patternUnits="userSpaceOnUse" fill="none" stroke={motif}>
      <path d="M6 34 H70 C76 24 62 18 56 24 C54 8 32 8 30 22 C20 14 6 22 6 34 Z" stroke-width="2.6" />
      <path
        d="M16 30 H60 C60 26 54 26 52 29 C50 16 36 16 35 28 C28 22 18 24 16 30 Z"
        stroke-width="1.8"
        opacity=".75"
      />
      <path d="M26 27 H50" stroke-width="1.4" opacity=".5" />
    </pattern>
  ),
}
