// Takes the pictures of README and docs anew, from the running product: `npm run screenshots`.
import { spawnSync } from 'node:child_process'

const options = ['--config', 'packages/workbench/vitest.config.ts', '--project', 'workbench', '--update']
const { status } = spawnSync('npx', ['vitest', 'run', 'screenshots', ...options], {
  stdio: 'inherit',
  env: { ...process.env, SCREENSHOTS: 'take' },
})
process.exitCode = status ?? 1
