import cliProgress from 'cli-progress'

/** Shows how far a long piece of work is, on a terminal only, and only once it has taken a while. */
export interface Progress {
  /** Some more was done. */
  add(amount: number): void
  done(): void
}

export interface ProgressOptions {
  /** What is being done: `reading events`. */
  readonly label: string
  /** How much there is to do, in the unit of `add`; undefined when nobody knows. */
  readonly total: number | undefined
  readonly quiet: boolean
}

/** Short work shows no bar: it would only flicker. */
const SHOWN_AFTER_MS = 500

export function startProgress({ label, total, quiet }: ProgressOptions): Progress {
  if (quiet || !process.stderr.isTTY || total === undefined) return { add() {}, done() {} }

  const startedAt = Date.now()
  let bar: cliProgress.SingleBar | undefined
  let done = 0
  return {
    add(amount) {
      done += amount
      if (!bar && Date.now() - startedAt > SHOWN_AFTER_MS) bar = newBar(label, total)
      bar?.update(Math.min(done, total))
    },
    done: () => bar?.stop(),
  }
}

function newBar(label: string, total: number): cliProgress.SingleBar {
  const format = `${label} {bar} {percentage}% · {eta_formatted} left`
  const bar = new cliProgress.SingleBar({ format, clearOnComplete: true, hideCursor: true, stream: process.stderr })
  bar.start(total, 0)
  return bar
}
