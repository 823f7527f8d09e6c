import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findChromium } from './setup/chromium.mjs'

const root = new URL('../..', import.meta.url).pathname
const chromium = findChromium()
// Packages are tested from their sources: nothing has to be built for it.
const resolve = { conditions: ['@jejak/source', 'module', 'import', 'default'] }
const ssr = { resolve: { conditions: ['@jejak/source', 'module', 'node'] } }

export default defineConfig({
  root,
  resolve,
  ssr,
  test: {
    projects: [
      {
        root,
        resolve,
        ssr,
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/{events,collector,attribution,server,cli}/test/**/*.test.ts'],
          exclude: ['packages/collector/test/faults/**'],
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: 'collector-faults',
          environment: 'node',
          include: ['packages/collector/test/faults/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        root,
        resolve,
        ssr,
        test: { name: 'jsdom', environment: 'jsdom', include: ['packages/browser/test/jsdom/**/*.test.ts'] },
      },
      {
        root,
        resolve,
        test: {
          name: 'browser',
          globalSetup: ['packages/browser/test/browser/collector.ts'],
          include: ['packages/browser/test/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: ['--no-sandbox', '--disable-gpu'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: 'chaos',
          environment: 'node',
          include: ['packages/browser/test/chaos/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: 'faults',
          environment: 'node',
          include: ['packages/workbench/faults/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: 'workbench',
          environment: 'node',
          include: ['packages/workbench/{end-to-end,repository}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
