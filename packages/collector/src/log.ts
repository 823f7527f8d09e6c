/** Where the collector says what its operator should know. `console` is one; so is a pino logger. */
export interface Log {
  /** Something was refused or given up: nothing to do at once. */
  warn(message: string): void
  /** Something failed and needs somebody. */
  error(message: string): void
}

/** What went wrong, in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
