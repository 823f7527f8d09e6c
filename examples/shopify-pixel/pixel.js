// Stands below the script in the custom pixel. The address must be a whole one: the sandbox is on no site.
jejakShopifyPixel(api, { endpoint: 'https://events.toko.example/e' })
