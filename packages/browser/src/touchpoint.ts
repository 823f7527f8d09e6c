import { CLICK_IDS, CLICK_ID_ALIASES, PERSONAL_CLICK_IDS, UTM_PARAMETERS, VALUE_NOT_KEPT } from '@jejak/events'
import type { ConsentState, Touchpoint } from '@jejak/events'
import { isEmpty } from './drop-counts.ts'
import { redact } from './redact.ts'

/** How the visitor came to this page load. */
export interface Arrival {
  /** The campaign parameters and click ids as one text, or an empty string once they are told. */
  campaign(consent: ConsentState): string
  /**
   * The evidence for this event, if it is to carry any: the first event after an arrival from outside does, and so
   * does the first of a session. `url` is the page the visitor is on.
   */
  read(startsSession: boolean, url: string, consent: ConsentState): Touchpoint | undefined
  /** An event has told it. */
  spend(): void
}

/**
 * Reads the evidence from the page's address and referrer. `clean` makes an address fit to be kept. `isFirst`: nothing
 * was ever told of this visitor.
 */
export function readArrival(clean: (url: string) => string, isFirst: boolean): Arrival {
  // A page that is reloaded, or gone back to, still has the address and referrer of an arrival that was told before:
  // unless none was, as where a page waits for consent and then loads itself again.
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const isNew = isFirst || (navigation?.type !== 'reload' && navigation?.type !== 'back_forward')
  const evidence: Partial<Touchpoint> = isNew ? readCampaign() : {}
  const isCampaign = !isEmpty(evidence)
  const from = clean(document.referrer)
  const referrer = isNew && from.split('/')[2] !== location.host ? from : ''

  let arrived: Touchpoint | undefined = {
    landing: clean(location.href),
    ...(referrer && { referrer }),
    ...evidence,
  }

  return {
    campaign(consent) {
      if (!arrived || !isCampaign) return ''
      // What is remembered of a campaign holds no click id unless everything is allowed.
      return JSON.stringify(consent === 'granted' ? evidence : withoutClickIds(evidence))
    },
    read(startsSession, url, consent) {
      const touch = startsSession ? (arrived ?? { landing: url }) : isCampaign || referrer ? arrived : undefined
      return touch && consent === 'limited' ? withoutClickIds(touch) : touch
    },
    spend() {
      arrived = undefined
    },
  }
}

/** The same evidence with the values of its click ids left out: that there were some is kept. */
export function withoutClickIds<Evidence extends Partial<Touchpoint>>(evidence: Evidence): Evidence {
  const click_ids = { ...evidence.click_ids }
  for (const name in click_ids) click_ids[name as keyof typeof click_ids] = VALUE_NOT_KEPT
  return evidence.click_ids ? { ...evidence, click_ids } : evidence
}

function readCampaign(): Partial<Touchpoint> {
  const names: Record<string, string> = Object.assign(Object.create(null), CLICK_ID_ALIASES)
  for (const name of [...UTM_PARAMETERS, ...CLICK_IDS, ...PERSONAL_CLICK_IDS]) names[name.toLowerCase()] = name

  const utm: Record<string, string> = {}
  const clickIds: Record<string, string> = {}
  for (const [parameter, value] of new URLSearchParams(location.search)) {
    const name = names[parameter.toLowerCase()]
    if (!name || !value) continue
    if (name.startsWith('utm_')) utm[name] = redact(value, 500)
    else
      clickIds[name] = (PERSONAL_CLICK_IDS as readonly string[]).includes(name) ? VALUE_NOT_KEPT : value.slice(0, 1_000)
  }
  return { ...utm, ...(!isEmpty(clickIds) && { click_ids: clickIds }) }
}
