/** What is recognised by its look alone. Names, addresses and the like are not. */
export type PersonalDataKind = 'email' | 'phone' | 'card'

/** Ids, and numbers that are printed on goods: a digit more or less would make another order or product of them. */
const ID_NAME = /(ids?|sku|gtin|ean)\d*$/i
const PHONE_NAME = /phone|mobile|whatsapp|^tel$/i

// Safari cannot look behind before 16.4: what may stand before is matched too; `]` may not, for it ends a placeholder. All
// are bounded, so that no text is slow.
const E_MAIL = /()[^\s/?#&=@"'<>()[\]:;,\\]{1,64}@(?!\dx\.[pjw])([\p{L}\p{N}%-]{1,63}\.){1,8}\p{L}[\p{L}\p{N}%-]+/gu
/** In one piece, or in groups as they are embossed. */
const CARD = /(^|[^\w.\]-])\d{4,6}([\s.+-]?\d{3,6}){2,5}(?![\w-]|\.\d)/g
/** Abroad; in groups after a 0 at home; Indonesian mobile numbers in one piece; as Americans write theirs. */
const PHONE =
  /(^|[^\w.\]-])(\+[1-9]([ ()./-]{0,2}\d){7,14}|\(?0[1-9]\d{1,3}(\) ?|[ -])\d{3,5}[ -]?\d{3,5}|(0|62)8[1-9]\d{7,10}|(\([2-9]\d\d\) ?|[2-9]\d\d-)[2-9]\d\d-\d{4})(?![\w-]|\.\d)/g
const CALLED_PHONE = /(^|[^\w.\]-])\+?\d([ ()./+-]{0,2}\d){6,14}(?![\w-]|\.\d)/g

/** Where the value of a parameter begins, or ends. */
const PARAMETER = /([\w.-]{0,40})=|[?&#;]/g

/** How the numbers of cards begin, and how long they are then. */
const CARD_NUMBER = /^(4\d{12}(\d{3}){0,2}|(5\d|2[2-7])\d{14}|3[47]\d{13}|3[0568]\d{12,14}|6\d{15,18})$/

/**
 * The text with what looks personal taken out, whatever of it is written as in a URL. `name` is what the text is the
 * value of: that decides where digits alone do not. The result stays as it is when it is read again.
 */
export function redactText(
  text: string,
  name: string,
  onRedact: ((kind: PersonalDataKind) => void) | undefined,
): string {
  let result = text

  /** `lengthOf` says how much of what the pattern found is personal, from its start. */
  function takeOut(kind: PersonalDataKind, pattern: RegExp, lengthOf: (found: string, called: string) => number): void {
    const { plain, starts } = decoded(result)
    let kept = ''
    let done = 0
    let called = name
    let read = 0
    pattern.lastIndex = 0
    for (let found; (found = pattern.exec(plain));) {
      const start = found.index + found[1]!.length
      for (const [, parameter] of plain.slice(read, start).matchAll(PARAMETER)) called = parameter ?? name
      read = start
      const length = lengthOf(plain.slice(start, pattern.lastIndex), called)
      pattern.lastIndex = length ? start + length : found.index + 1
      if (!length) continue
      kept += `${result.slice(done, starts(start))}[${kind}]`
      done = starts(start + length)
      onRedact?.(kind)
    }
    result = kept + result.slice(done)
  }

  takeOut('email', E_MAIL, ({ length }) => length)
  takeOut('card', CARD, (found, called) => (isIdName(called) ? 0 : cardLength(found)))
  takeOut('phone', PHONE, ({ length }, called) => (isIdName(called) ? 0 : length))
  takeOut('phone', CALLED_PHONE, ({ length }, called) => (PHONE_NAME.test(called) ? length : 0))
  return result
}

/** Whether a name says that its value, and all below it, are ids. */
export function isIdName(name: string): boolean {
  return ID_NAME.test(name)
}

/** The text with `%40`, and `%2540`, read, and where each of its characters begins. Nothing is thrown for a bad escape. */
function decoded(text: string): { plain: string; starts: (at: number) => number } {
  if (!text.includes('%')) return { plain: text, starts: at => at }
  const starts: number[] = []
  const plain = text.replace(/%(25)*([0-7][\da-f])|[^]/gi, (whole: string, _: string, code: string, at: number) => {
    starts.push(at)
    return code ? String.fromCharCode(+`0x${code}`) : whole
  })
  return { plain, starts: at => starts[at] ?? text.length }
}

/** How much of it is the number of a card, with less and less of what follows it. */
function cardLength(text: string): number {
  if (isCard(text.replace(/\D/g, ''))) return text.length
  const shorter = text.replace(/[\s+]\d+$/, '')
  return shorter < text ? cardLength(shorter) : 0
}

/** By Luhn: of every second digit from the right, doubled, the digits are added up. */
function isCard(digits: string): boolean {
  let sum = 0
  for (let i = digits.length, weight = 1; i--; weight = 3 - weight) {
    const product = +digits[i]! * weight
    sum += product > 9 ? product - 9 : product
  }
  return CARD_NUMBER.test(digits) && sum % 10 === 0
}
