import { nearest } from './watch-events.ts'

/** What is there to be clicked. */
export const CONTROLS: string =
  ':any-link,button,summary,[type=button],[type=submit],[type=reset],[type=image],[role=button],[role=link],[role=tab],[role=menuitem]'

/** What answers in ways that cannot be seen from here, or is clicked again and again to write or to select. */
const FIELDS = 'input,textarea,select,label,[contenteditable],video,audio,canvas,iframe'

/** The control that was clicked, or else the element; undefined for fields and within `data-jejak-ignore`. */
export function clickedBy(event: Event): Element | undefined {
  const element = nearest(event, `${CONTROLS},${FIELDS}`) ?? nearest(event, '*')
  if (!element || nearest(event, '[data-jejak-ignore]')) return undefined
  return isControl(element) || !element.matches(FIELDS) ? element : undefined
}

function isControl(element: Element): boolean {
  return element.matches(CONTROLS)
}

/** Whether an element looks as if it could be clicked. Not to be asked at every click: the browser may have to work it out. */
export function looksLikeControl(element: Element): boolean {
  return isControl(element) || getComputedStyle(element).cursor === 'pointer'
}
