import { byId } from '../element.js'

/**
 * Says in one line what has just come of something; an empty text takes it back.
 * @param {string} text
 */
export function tell(text) {
  byId('news').textContent = text
}
