/** What names an element for the shop itself, the best name first. */
const NAMES = ['id', 'data-testid', 'data-test', 'data-qa', 'data-jejak-event']

/** A name that a person has given: one with many digits may be made by a framework, or be a customer's number. */
const IS_NAME = /^(?!.*\d{4})[a-z][\w-]{0,49}$/i

const MOST_LEVELS = 5

/**
 * Where an element stands, without anything of its text, its classes or its values: `form#address > button:nth-of-type(2)`.
 * A shadow root counts as a child of its host.
 */
export function selectorOf(element: Element): string {
  const parts: string[] = []
  let at: Element | null | undefined = element
  while (at && parts.length < MOST_LEVELS) {
    const { localName, parentNode }: Element = at
    for (const name of NAMES) {
      const value = at.getAttribute(name) ?? ''
      if (IS_NAME.test(value)) {
        parts.unshift(localName + (name === 'id' ? `#${value}` : `[${name}=${value}]`))
        return parts.join(' > ')
      }
    }
    const alike = [...(parentNode as ParentNode).children].filter(sibling => sibling.localName === localName)
    parts.unshift(localName + (alike[1] ? `:nth-of-type(${alike.indexOf(at) + 1})` : ''))
    at = at.parentElement ?? (parentNode as ShadowRoot).host
  }
  return parts.join(' > ')
}
