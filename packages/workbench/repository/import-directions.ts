import { dirname, join, normalize } from 'node:path/posix'

/** Which packages a package may import. Everybody may import `events`; only the command line composes. */
export const PACKAGE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  events: [],
  browser: ['@jejak/events'],
  collector: ['@jejak/events'],
  attribution: ['@jejak/events'],
  cli: ['@jejak/events', '@jejak/browser', '@jejak/collector', '@jejak/attribution'],
}

/**
 * The files of a package in layers, by path below `src`: a file may import files of its own layer's left neighbours
 * and everything further left, never one of its own layer or further right. `*` stands for any one name.
 */
export type Layers = readonly (readonly string[])[]

export interface Imports {
  /** Path below `packages`, such as `browser/src/session.ts`. */
  readonly file: string
  /** What it imports, as written. */
  readonly from: readonly string[]
}

/** The specifiers a source file imports or re-exports, `import()` included. */
export function importsOf(source: string): string[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  )
  return [...found].map(match => (match[1] ?? match[2] ?? match[3])!)
}

/** What is wrong with the imports between packages, one sentence each. */
export function packageFaults({ file, from }: Imports): string[] {
  const name = file.split('/')[0]!
  const allowed = PACKAGE_IMPORTS[name] ?? []
  return from.flatMap(specifier => {
    const ours = /^(@jejak\/[^/]+|jejak)(\/|$)/.exec(specifier)?.[1]
    if (ours && !allowed.includes(ours)) return [`${file} imports ${ours}: ${name} may not`]
    if (leavesPackage(file, specifier)) return [`${file} imports ${specifier}, which is outside its package`]
    if (/^zod\b/.test(specifier) && name === 'browser') return [`${file} imports zod: none of it may reach a page`]
    if (/^zod\b/.test(specifier) && name === 'events' && !file.endsWith('/schemas.ts'))
      return [`${file} imports zod: in events only schemas.ts may`]
    if (specifier === '@jejak/events/schemas' && name === 'browser')
      return [`${file} imports the schemas, and zod with them: none of it may reach a page`]
    return []
  })
}

/** What is wrong with the imports inside a package, one sentence each. */
export function layerFaults({ file, from }: Imports, layers: Layers): string[] {
  const layer = layerOf(below(file), layers)
  if (layer < 0) return [`${file} stands in no layer: say in import-directions.test.ts where it belongs`]
  return from
    .filter(specifier => specifier.startsWith('.'))
    .flatMap(specifier => {
      const target = normalize(join(dirname(below(file)), specifier))
      const targetLayer = layerOf(target, layers)
      return targetLayer < layer ? [] : [`${file} imports ${target}, which does not stand before it`]
    })
}

function layerOf(path: string, layers: Layers): number {
  return layers.findIndex(names => names.some(name => matches(name, path)))
}

function matches(name: string, path: string): boolean {
  const pattern = name.replaceAll('.', '\\.').replaceAll('*', '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}

function below(file: string): string {
  return file.replace(/^[^/]+\/src\//, '')
}

function leavesPackage(file: string, specifier: string): boolean {
  return (
    specifier.startsWith('.') && !normalize(join(dirname(file), specifier)).startsWith(`${file.split('/')[0]}/src/`)
  )
}
