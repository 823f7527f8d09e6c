/** The path of a Chromium (or Chrome) that can be run, or undefined where there is none. */
export function findChromium(): string | undefined
