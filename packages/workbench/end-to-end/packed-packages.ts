import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProcess } from './jejak-process.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const PUBLISHED = ['events', 'browser', 'collector', 'attribution', 'server', 'cli'] as const

export type PublishedPackage = (typeof PUBLISHED)[number]

export interface PackedPackages {
  readonly folder: string
  /** An empty project in which these packages, and what they need of each other, are installed from their tarballs. */
  install(project: string, names: readonly PublishedPackage[]): Promise<string>
}

/** Packs every published package, as `npm publish` would. */
export async function packPackages(): Promise<PackedPackages> {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-packed-'))
  const workspaces = PUBLISHED.flatMap(name => ['-w', join('packages', name)])
  await succeed('npm', ['pack', '--silent', '--pack-destination', folder, ...workspaces], root)
  const tarballs = readdirSync(folder).filter(file => file.endsWith('.tgz'))
  const tarballOf = (name: PublishedPackage) =>
    join(
      folder,
      tarballs.find(file => file.startsWith(name === 'cli' ? 'jejak-0' : `jejak-${name}-`))!,
    )

  return {
    folder,
    async install(project, names) {
      const path = join(folder, project)
      mkdirSync(path)
      // Not on the registry yet: wherever one of ours needs another of ours, it gets the tarball.
      const ours = Object.fromEntries(PUBLISHED.map(name => [packageName(name), `file:${tarballOf(name)}`]))
      const dependencies = Object.fromEntries(names.map(name => [packageName(name), ours[packageName(name)]]))
      const overrides = Object.fromEntries(Object.entries(ours).filter(([name]) => !(name in dependencies)))
      const manifest = { name: project, private: true, type: 'module', dependencies, overrides }
      writeFileSync(join(path, 'package.json'), JSON.stringify(manifest))
      await succeed('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], path)
      return path
    },
  }
}

function packageName(name: PublishedPackage): string {
  return name === 'cli' ? 'jejak' : `@jejak/${name}`
}

async function succeed(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, stdout, stderr } = await runProcess(command, args, { cwd })
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`)
}
