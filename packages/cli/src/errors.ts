/** The command was asked for in a way that cannot be right, whatever the data. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError' as const
}

export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPIPE'
}
