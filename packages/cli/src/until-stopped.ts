const LOOK_EVERY_MS = 200

/**
 * Resolves when the process is asked to stop: by SIGINT or SIGTERM, or, under npm or npx, by the end of the shell that
 * npm started it in. npm hands a signal on to that shell, which ends of it without a word to what runs in it.
 */
export async function untilStopped(): Promise<void> {
  const shell = process.ppid
  let watch: NodeJS.Timeout | undefined
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    if (process.env['npm_command']) watch = setInterval(() => process.ppid !== shell && resolve(), LOOK_EVERY_MS)
  })
  clearInterval(watch)
}
