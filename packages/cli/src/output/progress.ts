import cliProgress from 'cli-progress'

/** Shows how far a long piece of work is, on a terminal only, and only once it has taken a while. */
export interface Progress {
  /** How much was done by now. */
  set(done: number): void
  done(): void
}

export interface ProgressOptions {
  /** What is being done: `reading`. */
  readonly label: string
  /** How much there is to do, in the unit of `set`; undefined when nobody knows. */
  readonly total: number | undefined
  readonly quiet: boolean
}

/** Short work shows no bar: it would only flicker. */
const SHOWN_AFTER_MS = 500

export function startProgress({ label, total, quiet }: ProgressOptions): Progress {
  if (quiet || !process.stderr.isTTY || total === undefined) return { set() {}, done() {} }

  const startedAt = Date.now()
  let bar: cliProgress.SingleBar | undefined
  return {
    set(done) {
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
