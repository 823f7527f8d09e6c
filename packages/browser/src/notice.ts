/** Says something to whoever looks after the page: one line in its console. */
export function notice(text: string): void {
  globalThis.console?.warn(`jejak: ${text}`)
}
