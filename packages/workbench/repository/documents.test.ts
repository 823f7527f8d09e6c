import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { compileAsConsumer } from '../end-to-end/consumer-compiler.ts'
import { runProcess, startServer } from '../end-to-end/jejak-process.ts'
import { ndjson, SAMPLE } from '../end-to-end/sample-events.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'examples/README.md',
  ...markdownIn('docs'),
  ...readdirSync(join(root, 'packages')).map(name => `packages/${name}/README.md`),
].filter(exists)

describe('the sizes that documents state', () => {
  const measured = JSON.parse(
    spawnSync('npx', ['--no-install', 'size-limit', '--json'], { cwd: root, encoding: 'utf8' }).stdout,
  ) as { name: string; size: number }[]

  test.each(documents.flatMap(sizesIn))('in $file, of $of: $stated', ({ of, stated }) => {
    const entry = measured.find(({ name }) => name.startsWith(of))
    expect(stated).toBe(`${(entry!.size / 1_000).toFixed(2)} kB`)
  })
})

describe('the commands in documents', () => {
  // Where they are run: with some events and the files that documents show beside, and the packages as `npx` finds them.
  const folder = mkdtempSync(join(tmpdir(), 'jejak-documents-'))
  beforeAll(() => {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    mkdirSync(join(folder, 'events'))
    writeFileSync(join(folder, 'events', 'events.ndjson'), ndjson(SAMPLE))
    for (const [name, content] of documents.flatMap(filesIn)) writeFileSync(join(folder, name), content)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const commands = [...new Set(documents.flatMap(commandsIn))]
  const serves = (command: string) => /^npm start|jejak (demo|collect)/.test(command)
  // This very run.
  const isRunning = (command: string) => command === 'npm test'

  test.each(commands.filter(command => !serves(command) && !isRunning(command)))('%s', async command => {
    const { code, stdout } = await runProcess('bash', ['-c', command], { cwd: folder })
    expect(code).toBe(0)
    expect(stdout).not.toBe('')
  })

  test.each(commands.filter(serves))('%s serves, and ends cleanly when it is told to', async command => {
    const [program, ...args] = command.split(' ')
    const isNpm = program === 'npm'
    const server = await startServer(program!, [...args, ...(isNpm ? ['--', '--folder', folder] : [])], {
      cwd: isNpm ? root : folder,
      env: { PORT: '0' },
    })
    const { status } = await fetch(server.url)
    // npm ends by the signal it was sent; what it had started must be gone too, and have let go of its port.
    await server.stop()
    expect(status).toBeLessThan(500)
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
  })
})

test('the TypeScript in documents compiles, as whoever copies it would find', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-snippets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const snippets = documents.flatMap(snippetsIn)
  expect(snippets).not.toHaveLength(0)
  snippets.forEach((snippet, index) => writeFileSync(join(folder, `snippet-${index}.ts`), snippet))
  const files = snippets.map((_, index) => `snippet-${index}.ts`)
  expect(await compileAsConsumer(folder, files, 'node')).toBe('')
})

describe('the links between documents', () => {
  test.each(documents.flatMap(linksIn))('in $file to $to', ({ file, to }) => {
    expect(exists(join(file, '..', to))).toBe(true)
  })
})

function commandsIn(file: string): string[] {
  const blocks = read(file).matchAll(/```sh\n(.*?)```/gs)
  return Array.from(blocks, ([, block]) => block!.trim().split('\n')).flat()
}

/** Files that a document shows: blocks that are opened with the name of one, as in "csv paths.csv". */
function filesIn(file: string): [name: string, content: string][] {
  const blocks = read(file).matchAll(/```(?:csv|json) (\S+)\n(.*?)```/gs)
  return Array.from(blocks, ([, name, content]) => [name!, content!])
}

/** Each block as a module of its own. What a document has made before, a later block of it may use. */
function snippetsIn(file: string): string[] {
  const made = `import { createTracker } from '@jejak/browser'\nconst jejak = createTracker({ endpoint: '/e' })\n`
  const blocks = Array.from(read(file).matchAll(/```ts\n(.*?)```/gs), ([, block]) => block!)
  return blocks.map(block => {
    const needsTracker = /\bjejak\./.test(block) && !block.includes('createTracker(')
    return `${needsTracker ? made : ''}${block}\nexport {}\n`
  })
}

function sizesIn(file: string): { file: string; of: string; stated: string }[] {
  return Array.from(read(file).matchAll(/<!-- size:(\w+) -->(.*?)<!-- \/size -->/g), ([, of, stated]) => {
    return { file, of: of!, stated: stated! }
  })
}

function linksIn(file: string): { file: string; to: string }[] {
  const links = read(file).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)
  return Array.from(links, ([, to]) => ({ file, to: to! }))
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`)
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function exists(file: string): boolean {
  try {
    return readdirSync(join(root, file, '..')).includes(file.split('/').at(-1)!)
  } catch {
    return false
  }
}
