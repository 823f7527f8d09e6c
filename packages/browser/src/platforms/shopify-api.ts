// What is used of Shopify's Web Pixels API, as its documentation gives it. Any part may be missing.
// https://shopify.dev/docs/api/web-pixels-api/standard-api

/** What a custom pixel has as `api`, and what `register` of `@shopify/web-pixels-extension` hands to an app's pixel. */
export interface ShopifyPixelApi {
  readonly analytics: {
    subscribe(name: string, onEvent: (event: ShopifyEvent) => void): unknown
  }
  readonly browser: {
    /** That of the shop's page: the sandbox has none of its own. */
    readonly localStorage: ShopifyStorage
  }
  readonly init: {
    readonly data?: Maybe<{ readonly customer?: Maybe<{ readonly id?: Maybe<string> }> }>
    readonly customerPrivacy?: Maybe<ShopifyPrivacy>
  }
  readonly customerPrivacy?: Maybe<{
    subscribe?(
      name: 'visitorConsentCollected',
      onChange: (event: { readonly customerPrivacy?: Maybe<ShopifyPrivacy> }) => void,
    ): unknown
  }>
}

export type Maybe<Type> = Type | null | undefined

export interface ShopifyStorage {
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<unknown>
  removeItem(key: string): Promise<unknown>
}

/** What the visitor allows, as Shopify has asked them. */
export interface ShopifyPrivacy {
  readonly analyticsProcessingAllowed?: boolean
  readonly marketingAllowed?: boolean
  readonly saleOfDataAllowed?: boolean
}

export interface ShopifyEvent {
  readonly id: string
  readonly name: string
  /** ISO 8601. */
  readonly timestamp: string
  readonly context?: Maybe<ShopifyContext>
  readonly data?: Maybe<ShopifyData>
}

/** The shop's page at that moment. */
export interface ShopifyContext {
  readonly document?: Maybe<{
    readonly location?: Maybe<{ readonly href?: Maybe<string> }>
    readonly referrer?: Maybe<string>
    readonly title?: Maybe<string>
  }>
}

/** Which of these is there goes by the event's name. */
export interface ShopifyData {
  readonly productVariant?: Maybe<ShopifyVariant>
  readonly collection?: Maybe<{
    readonly id?: Maybe<string>
    readonly title?: Maybe<string>
    readonly productVariants?: Maybe<readonly ShopifyVariant[]>
  }>
  readonly searchResult?: Maybe<{ readonly query?: Maybe<string> }>
  readonly cartLine?: Maybe<ShopifyCartLine>
  readonly cart?: Maybe<{
    readonly lines?: Maybe<readonly ShopifyCartLine[]>
    readonly cost?: Maybe<{ readonly totalAmount?: Maybe<ShopifyMoney> }>
  }>
  readonly checkout?: Maybe<ShopifyCheckout>
  readonly alert?: Maybe<{ readonly type?: Maybe<string>; readonly target?: Maybe<string> }>
}

export interface ShopifyMoney {
  readonly amount?: Maybe<number | string>
  readonly currencyCode?: Maybe<string>
}

export interface ShopifyVariant {
  readonly id?: Maybe<string>
  readonly sku?: Maybe<string>
  readonly title?: Maybe<string>
  readonly price?: Maybe<ShopifyMoney>
  readonly product?: Maybe<{
    readonly id?: Maybe<string>
    readonly title?: Maybe<string>
    readonly vendor?: Maybe<string>
    readonly type?: Maybe<string>
  }>
}

interface ShopifyCartLine {
  readonly merchandise?: Maybe<ShopifyVariant>
  readonly quantity?: Maybe<number>
  readonly cost?: Maybe<{ readonly totalAmount?: Maybe<ShopifyMoney> }>
}

export interface ShopifyCheckout {
  readonly currencyCode?: Maybe<string>
  readonly subtotalPrice?: Maybe<ShopifyMoney>
  readonly totalPrice?: Maybe<ShopifyMoney>
  readonly totalTax?: Maybe<ShopifyMoney>
  readonly shippingLine?: Maybe<{ readonly price?: Maybe<ShopifyMoney> }>
  readonly delivery?: Maybe<{
    readonly selectedDeliveryOptions?: Maybe<readonly { readonly title?: Maybe<string> }[]>
  }>
  readonly discountApplications?: Maybe<readonly { readonly type?: Maybe<string>; readonly title?: Maybe<string> }[]>
  readonly transactions?: Maybe<readonly { readonly gateway?: Maybe<string> }[]>
  readonly lineItems?: Maybe<
    readonly {
      readonly title?: Maybe<string>
      readonly quantity?: Maybe<number>
      readonly variant?: Maybe<ShopifyVariant>
    }[]
  >
  readonly order?: Maybe<{
    readonly id?: Maybe<string>
    readonly customer?: Maybe<{ readonly id?: Maybe<string> }>
  }>
}
