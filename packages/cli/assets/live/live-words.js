import { byId } from '../element.js'
import { createSpeech } from '../speech.js'

/**
 * @import { Language } from '../../src/demo/words/language.ts'
 * @import { LiveWords } from '../../src/demo/words/live-words.ts'
 */

/** @type {{ language: Language, words: LiveWords }} */
const said = JSON.parse(byId('words').textContent ?? '')

export const words = said.words
export const speech = createSpeech(said.language)
