import { dirname, join, normalize } from 'node:path/posix'

/** Which packages a package may import. Everybody may import `events`; only the command line composes. */
export const PACKAGE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  events: [],
  browser: ['@jejak/events'],
  collector: ['@jejak/events'],
  attribution: ['@jejak/events'],
  server: ['@jejak/events'],
  cli: ['@jejak/events', '@jejak/browser', '@jejak/collector', '@jejak/attribution'],
}

/** Files of a package that stand together. Among themselves they may import each other, but not in a circle. */
export interface Area {
  /** Paths below `src`; `*` stands for any name, `**` for any path. */
  readonly files: readonly string[]
  /** The other areas these may import. */
  readonly may: readonly string[]
  /** The areas of which they may import types, and nothing that runs. */
  readonly mayTypes?: readonly string[]
}

export type Areas = Readonly<Record<string, Area>>

export interface Import {
  /** As written: `./outbox.ts`, `@jejak/events`. */
  readonly specifier: string
  /** Whether nothing of it is there at run time. */
  readonly typesOnly: boolean
}

export interface SourceFile {
  /** Path below `packages`, such as `browser/src/session.ts`. */
  readonly file: string
  readonly imports: readonly Import[]
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\b(?<what>[^'"`;]*?)from\s*['"](?<from>[^'"]+)['"]/g
const BARE = /(?:\bimport\(|(?:^|\n)\s*import)\s*['"](?<from>[^'"]+)['"]/g

/** What a source file imports or re-exports, `import()` included. */
export function importsOf(source: string): Import[] {
  const statements = Array.from(source.matchAll(STATEMENT), ({ groups }) => {
    return { specifier: groups!['from']!, typesOnly: /^\s+type\b/.test(groups!['what']!) }
  })
  const others = Array.from(source.matchAll(BARE), ({ groups }) => ({ specifier: groups!['from']!, typesOnly: false }))
  return [...statements, ...others]
}

/** What is wrong with the imports between packages, one sentence each. */
export function packageFaults({ file, imports }: SourceFile): string[] {
  const name = file.split('/')[0]!
  return imports.flatMap(({ specifier }) => {
    const fault = packageFault(file, name, specifier)
    return fault ? [`${file} imports ${specifier}: ${fault}`] : []
  })
}

function packageFault(file: string, name: string, specifier: string): string | undefined {
  const ours = /^(@jejak\/[^/]+|jejak)(\/|$)/.exec(specifier)?.[1]
  if (ours && !PACKAGE_IMPORTS[name]?.includes(ours)) return `${name} may not`
  if (specifier.startsWith('.') && !target(file, specifier).startsWith(`${name}/src/`))
    return 'it is outside the package'
  const bringsZod = /^zod\b/.test(specifier) || specifier === '@jejak/events/schemas'
  if (bringsZod && name === 'browser') return 'nothing of zod may reach a page'
  if (bringsZod && name === 'events' && !file.endsWith('/schemas.ts')) return 'in events only schemas.ts may'
  return undefined
}

/** What is wrong with the imports inside a package, one sentence each. */
export function areaFaults({ file, imports }: SourceFile, areas: Areas): string[] {
  const here = areaOf(file, areas)
  if (!here) return [`${file} stands in no area: say in import-directions.test.ts where it belongs`]
  const { may, mayTypes = [] } = areas[here]!
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .flatMap(({ specifier, typesOnly }) => {
      const there = areaOf(target(file, specifier), areas)
      if (there && (there === here || may.includes(there) || (typesOnly && mayTypes.includes(there)))) return []
      return [`${file} imports ${specifier}: ${here} may not import ${there ?? 'what stands in no area'}`]
    })
}

function areaOf(file: string, areas: Areas): string | undefined {
  const path = file.replace(/^[^/]+\/src\//, '')
  return Object.keys(areas).find(name => areas[name]!.files.some(pattern => matches(pattern, path)))
}

function matches(pattern: string, path: string): boolean {
  const source = pattern.replaceAll('.', '\\.').replaceAll(/\*+/g, stars => (stars === '*' ? '[^/]+' : '.+'))
  return new RegExp(`^${source}$`).test(path)
}

function target(file: string, specifier: string): string {
  return normalize(join(dirname(file), specifier))
}
