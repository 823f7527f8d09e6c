// What keeps personal data in the page: `createTracker({ beforeSend: event => redactPersonalData(event) })`.
export { redactPersonalData } from '@jejak/events'
export type { PersonalDataKind, RedactOptions } from '@jejak/events'
