import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileAsConsumer } from './consumer-compiler.ts'
import { runProcess, startServer } from './jejak-process.ts'
import { packPackages } from './packed-packages.ts'
import type { PackedPackages } from './packed-packages.ts'

// What a user gets from the registry, installed into empty projects.

let packed: PackedPackages
beforeAll(async () => {
  packed = await packPackages()
})
afterAll(() => rmSync(packed.folder, { recursive: true }))

describe('the packed command line', () => {
  test('runs the demo, with its shop, its assets and the script-tag file', async () => {
    const project = await packed.install('uses-cli', ['cli'])
    const bin = join(project, 'node_modules', '.bin', 'jejak')
    const demo = await startServer(bin, ['demo', '--port', '0', '--folder', join(project, 'data')], { cwd: project })
    const statuses = await Promise.all(
      ['/', '/shop/', '/shop/checkout', '/truth', '/jejak.js', '/assets/base.css', '/assets/live/live.js'].map(
        async path => `${path} ${(await fetch(new URL(path, demo.url))).status}`,
      ),
    )
    const { code } = await demo.stop()
    expect(statuses.filter(line => !line.endsWith(' 200'))).toEqual([])
    expect(code).toBe(0)
  })
})

describe('the packed tracker', () => {
  test('brings no zod, and compiles for whoever imports it', async () => {
    const project = await packed.install('uses-browser', ['browser'])
    expect(
      readdirSync(join(project, 'node_modules'))
        .filter(name => !name.startsWith('.'))
        .sort(),
    ).toEqual(['@jejak', 'idb-keyval', 'web-vitals'])
    expect(existsSync(join(project, 'node_modules', '@jejak', 'browser', 'dist', 'jejak.js'))).toBe(true)

    writeFileSync(join(project, 'shop.ts'), SHOP)
    expect(await compileAsConsumer(project, ['shop.ts'])).toBe('')
  })

  test('can be imported where there is no page', async () => {
    const script = `import { createTracker } from '@jejak/browser'
      const jejak = createTracker({ endpoint: '/e' })
      jejak.track('login')
      await jejak.flush()
      console.log('quiet')`
    const { code, stdout } = await runProcess('node', ['--input-type=module', '-e', script], {
      cwd: join(packed.folder, 'uses-browser'),
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'quiet\n' })
  })
})

const SHOP = `
import { createTracker } from '@jejak/browser'
import { pageViews } from '@jejak/browser/page-views'

declare module '@jejak/browser' {
  interface CustomEvents {
    spin_wheel: { prize: string }
  }
}

const jejak = createTracker({ endpoint: '/e', plugins: [pageViews()] })
jejak.track('purchase', { transaction_id: 'T-1', currency: 'IDR', value: 1 })
jejak.track('spin_wheel', { prize: 'a shirt' })
// @ts-expect-error -- an order has a number
jejak.track('purchase', { value: 1 })
// @ts-expect-error -- no such event
jejak.track('spin_whel', { prize: 'a shirt' })
// @ts-expect-error -- not what that event carries
jejak.track('spin_wheel', { price: 1 })
`
