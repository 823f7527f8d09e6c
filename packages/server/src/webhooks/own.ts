import { checkSecret, createWebhook, isSameSecret, isSigned } from './webhook.ts'
import type { Message, ToldEvent, Webhook, WebhookOptions } from './webhook.ts'

export interface OwnWebhookOptions extends WebhookOptions {
  readonly secret: string
  /** The name of the header with the signature, such as `x-signature`. */
  readonly header: string
  /**
   * What the header holds. `hmac-sha256-hex` and `hmac-sha256-base64`: the body signed with the secret, maybe with
   * `sha256=` before it. `secret`: the secret itself, for systems that cannot sign.
   */
  readonly signature: 'hmac-sha256-hex' | 'hmac-sha256-base64' | 'secret'
  /** The events that a message tells. What it throws refuses the message. */
  readonly read: (message: Message) => readonly ToldEvent[] | Promise<readonly ToldEvent[]>
  /** What tells a message from others, so that a replay makes no new events. Default: the signature of its body. */
  readonly messageId?: ((message: Message) => string | undefined) | undefined
}

/**
 * Events from the messages of any system: a payment gateway, a warehouse, a help desk.
 *
 * @throws TypeError if the secret or the header is missing.
 */
export function ownWebhook(options: OwnWebhookOptions): Webhook {
  const secret = checkSecret(options.secret, 'ownWebhook', 'the system signs its messages with')
  const { header, signature, read } = options
  if (typeof header !== 'string' || !/^[\w-]+$/.test(header))
    throw new TypeError(`ownWebhook: expected \`header\` to be the name of a header, got ${JSON.stringify(header)}`)
  return createWebhook(
    {
      verify(headers, body) {
        const given = headers.get(header)
        const isGenuine =
          signature === 'secret'
            ? isSameSecret(given, secret)
            : isSigned(
                body,
                secret,
                given?.replace(/^sha256=/, '') ?? null,
                signature === 'hmac-sha256-hex' ? 'hex' : 'base64',
              )
        return isGenuine ? undefined : `a message without a valid ${header}`
      },
      messageId:
        options.messageId ??
        (({ headers, body }) =>
          `own ${header} ${signature === 'secret' ? JSON.stringify(body) : (headers.get(header) ?? '')}`),
      read,
    },
    options,
  )
}
