import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Tab } from '../engine.ts'
import { signal } from './processes.ts'
import type { ProgramProcess } from './processes.ts'

const BUSY_MS = 100
/** What a browser takes to notice that one is gone. Before, it would open a new page in it. */
const NOTICE_MS = 300

/** Ends processes at once, and waits until their browser knows. */
export async function killProcesses(pids: readonly number[]): Promise<void> {
  for (const pid of pids) signal(pid)
  await wait(NOTICE_MS)
}

/** Finds out which process a page runs in. No engine tells; but the page can be kept busy, and then it is seen. */
export async function findPageProcess(tab: Tab, candidates: readonly ProgramProcess[]): Promise<number> {
  const before = candidates.map(({ pid }) => ({ pid, ticks: ticksOf(pid) }))
  await tab.run(ms => {
    for (const until = performance.now() + ms; performance.now() < until;);
  }, BUSY_MS)
  const [busiest] = before
    .map(({ pid, ticks }) => ({ pid, spent: ticksOf(pid) - ticks }))
    .toSorted((a, b) => b.spent - a.spent)
  if (!busiest) throw new Error('No process has a page in it.')
  return busiest.pid
}

/** What it has cost so far, in units of the kernel's own. */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  } catch {
    // It has ended.
    return 0
  }
}
