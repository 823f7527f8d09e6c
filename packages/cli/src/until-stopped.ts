/** Resolves when the process is asked to stop (SIGINT, SIGTERM). A second word ends it at once. */
export async function untilStopped(): Promise<void> {
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
