/**
 * Also when its `@` is written as in a URL, once or several times over, and in any script; `package@1.2.3` is none. It is
 * bounded and has one way to match, so that no text makes it slow.
 */
const E_MAIL = /[^\s/?#&=@]{1,64}(@|%(25)*40)([^\s/?#&=@.]{1,63}\.){1,8}[^\s\d/?#&=@.][^\s/?#&=@.]+/g

/** The text without e-mail addresses, cut to `most` characters. */
export function redact(text: string, most: number): string {
  // One that stands across the cut is seen whole.
  return text
    .slice(0, most + 500)
    .replace(E_MAIL, '[email]')
    .slice(0, most)
}
