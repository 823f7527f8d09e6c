import type { BrowserContext, Page } from 'playwright-core'

// What a customer does in the demo's shop, by what they see: roles, labels and texts.

export interface Visit {
  readonly page: Page
  /** Looks at the collection, then at a product, its size guide and its reviews. */
  lookAround(product: string): Promise<void>
  addToCart(): Promise<void>
  /** From the cart to the confirmation, with the second means of payment after the first one failed. */
  buy(): Promise<{ order: string }>
  /** Waits until the parcel is delivered, answers the survey and writes a review. */
  followOrderAndReview(): Promise<void>
  leave(): Promise<void>
}

export interface ArrivalOptions {
  readonly path: string
  /** The page the visitor comes from, as the browser would tell it. */
  readonly referrer?: string
}

export async function arrive(
  context: BrowserContext,
  shop: string,
  { path, referrer }: ArrivalOptions,
): Promise<Visit> {
  const page = await context.newPage()
  await page.goto(new URL(path, shop).href, referrer ? { referer: referrer } : {})
  await answerPrivacyQuestion(page)
  const press = (name: string) => page.getByRole('button', { name }).click()
  /** A person clicks when the page is there: its own script too, which tells what they do. */
  const follow = async (link: string | RegExp, to: RegExp) => {
    await page.getByRole('link', { name: link }).first().click()
    await page.waitForURL(to)
  }

  return {
    page,
    async lookAround(product) {
      await follow('Products', /\/shop\/products$/)
      await follow(product, /\/shop\/products\/./)
      await page.getByText('Size guide').click()
      await page.getByText(/^Reviews/).click()
      // What is opened tells so a moment later; a frame later it has.
      await page.evaluate(() => new Promise(requestAnimationFrame))
    },
    async addToCart() {
      await press('Add to cart')
      await page.getByRole('status').filter({ hasText: /cart/i }).waitFor()
    },
    async buy() {
      await follow(/Cart/, /\/shop\/cart$/)
      await follow(/checkout/i, /\/shop\/checkout$/)
      await press('Fill in an example')
      await press('Continue to address')
      await press('Continue to shipping')
      await press('Continue to payment')
      await page.getByRole('radio', { name: /card/i }).check()
      await press('Pay now')
      await page.getByRole('alert').filter({ hasText: /./ }).waitFor()
      await page.getByRole('radio', { name: /QRIS/ }).check()
      await press('Pay now')
      await page.waitForURL(/\/shop\/confirmation/)
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      return { order: new URL(page.url()).searchParams.get('order')! }
    },
    async followOrderAndReview() {
      await follow('Follow your order', /\/shop\/orders\//)
      await page.getByRole('radio', { name: '9' }).check({ timeout: 60_000 })
      await press('Send')
      await follow('Write a review', /\/review$/)
      await page.getByRole('radio', { name: '5 stars' }).check()
      await press('Publish')
      await page.getByRole('status').filter({ hasText: /./ }).waitFor()
    },
    async leave() {
      await page.close()
    },
  }
}

/** Who is asked says yes; who has answered before is not asked. */
async function answerPrivacyQuestion(page: Page): Promise<void> {
  const accept = page.getByRole('button', { name: 'Accept' })
  const answered = page.getByText('You accepted.')
  await accept.or(answered).waitFor()
  if (await accept.isVisible()) await accept.click()
  await answered.waitFor()
}
