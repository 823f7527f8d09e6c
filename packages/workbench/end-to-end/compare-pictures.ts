import type { Browser } from 'playwright-core'

/** Letters are drawn otherwise on every machine: pictures are compared by squares of this many pixels a side. */
export const SQUARE = 8

/** So much of two channels' difference, of 255, is plainly another colour. */
const PLAINLY = 40

/** A picture (PNG) with a pixel for each of its squares. */
export async function smallOf(picture: Buffer, browser: Browser): Promise<Buffer> {
  const page = await browser.newPage()
  const base64 = await page.evaluate(
    async ([data, square]) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob())
      const [width, height] = [bitmap.width, bitmap.height].map(size => Math.ceil(size / square))
      const canvas = new OffscreenCanvas(width!, height!)
      const context = canvas.getContext('2d')!
      context.imageSmoothingQuality = 'high'
      context.drawImage(bitmap, 0, 0, width!, height!)
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
      return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
    },
    [picture.toString('base64'), SQUARE] as const,
  )
  await page.close()
  return Buffer.from(base64, 'base64')
}

/** The share of the pixels of two small pictures, 0 to 1, that are plainly of another colour; 1 for other sizes. */
export async function difference(one: Buffer, other: Buffer, browser: Browser): Promise<number> {
  const page = await browser.newPage()
  const share = await page.evaluate(
    async ([first, second, plainly]) => {
      const pixelsOf = async (data: string): Promise<ImageData> => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob())
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
        context.drawImage(bitmap, 0, 0)
        return context.getImageData(0, 0, bitmap.width, bitmap.height)
      }
      const [a, b] = [await pixelsOf(first), await pixelsOf(second)]
      // A line that breaks elsewhere, with other letters, makes a picture a little higher.
      if (a.width !== b.width || Math.abs(a.height - b.height) > Math.max(3, a.height / 50)) return 1
      const height = Math.min(a.height, b.height)
      let differing = 0
      for (let at = 0; at < 4 * a.width * height; at += 4)
        if ([0, 1, 2].some(channel => Math.abs(a.data[at + channel]! - b.data[at + channel]!) > plainly)) differing++
      return differing / (a.width * height)
    },
    [one.toString('base64'), other.toString('base64'), PLAINLY] as const,
  )
  await page.close()
  return share
}
