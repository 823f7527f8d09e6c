import type { Plugin } from '../tracker.ts'
import { watchAddress } from './address-change.ts'
import type { PageLeft } from './address-change.ts'
import { redactText } from './redacted-text.ts'
import { createWatch, nearest, tell } from './watch-events.ts'

/** Fields that are not even named. */
const SECRET = 'input[type=password],input[type=hidden],[autocomplete^=cc-],[data-jejak-private],[data-jejak-private] *'

interface Attempt {
  readonly since: number
  readonly fields: Set<EventTarget>
  lastField: string
}

/**
 * Tracks `form_start` when a form is first written in, `form_submit`, and `form_abandon` when the page is left in
 * between: the form's id and name, how many fields were written in, for how long, and which was the last. Never what
 * was written.
 */
export function forms(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    const attempts = new Map<Element, Attempt>()

    const onInput = (event: Event): void => {
      const field = event.composedPath()[0] as HTMLInputElement
      const form = field.form ?? nearest(event, 'form')
      if (!form || nearest(event, '[data-jejak-ignore]')) return
      let attempt = attempts.get(form)
      if (!attempt) {
        attempts.set(form, (attempt = { since: performance.now(), fields: new Set(), lastField: '' }))
        tell(tracker, 'form_start', named(form))
        // A form within a shadow root tells only there that it is sent. For any other this is the same listener again.
        const root = form.getRootNode()
        if (root !== document) on(root, 'submit', onSubmit)
      }
      attempt.fields.add(field)
      attempt.lastField = nearest(event, SECRET) ? '' : nameOf(field)
    }

    const onSubmit = (event: Event): void => {
      const form = event.composedPath()[0] as Element
      if (nearest(event, '[data-jejak-ignore]')) return
      const attempt = attempts.get(form)
      attempts.delete(form)
      tell(tracker, 'form_submit', { ...named(form), ...effortOf(attempt) })
    }

    const leave = ([page, options]: PageLeft): void => {
      for (const [form, attempt] of attempts) {
        tell(tracker, 'form_abandon', { ...named(form), ...effortOf(attempt), ...page }, options)
      }
      attempts.clear()
    }

    on(document, 'input change', onInput)
    on(document, 'submit', onSubmit)
    on(window, 'pagehide', () => leave([{}]))
    const stopLooking = watchAddress(tracker, { on }, leave)
    return () => {
      stop()
      stopLooking()
    }
  }
}

// By their attributes: a form's own properties may be its fields of these names.
const text = (element: Element, attribute: string) => redactText(element.getAttribute(attribute) ?? '', 100)

const nameOf = (field: Element) => text(field, 'name') || text(field, 'id')

function named(form: Element) {
  const id = text(form, 'id')
  const name = text(form, 'name')
  return { ...(id && { form_id: id }), ...(name && { form_name: name }) }
}

function effortOf(attempt: Attempt | undefined) {
  return (
    attempt && {
      ...(attempt.lastField && { last_field: attempt.lastField }),
      fields_changed: attempt.fields.size,
      form_time_msec: Math.round(performance.now() - attempt.since),
    }
  )
}
