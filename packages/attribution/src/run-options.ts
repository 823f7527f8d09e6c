/** What long work takes besides its task, the same everywhere. */
export interface RunOptions {
  /** Ends the work: it rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Called now and then, at least at the beginning and at the end of each piece of work. */
  readonly onProgress?: (progress: WorkProgress) => void
  /** On how many worker threads work may be spread that can be. Default 0: all in this thread. */
  readonly workers?: number
}

export interface WorkProgress {
  /** For people: `markov order 3`. */
  readonly label: string
  readonly done: number
  readonly total: number
}
