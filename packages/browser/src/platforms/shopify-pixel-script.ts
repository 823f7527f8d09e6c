import { shopifyPixel } from './shopify-pixel.ts'

// For a custom pixel, which is no module: `jejakShopifyPixel(api, { endpoint })`.
;(globalThis as { jejakShopifyPixel?: typeof shopifyPixel }).jejakShopifyPixel = shopifyPixel
