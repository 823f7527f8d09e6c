import type { ComponentChildren, JSX } from 'preact'

/** A wide thing that scrolls by itself, by keyboard too, so that the page does not. */
export function Scrollable({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="scrollable" role="region" aria-label={label} tabindex={0}>
      {children}
    </div>
  )
}
