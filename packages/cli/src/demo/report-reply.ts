import { createChannelRules } from '@jejak/attribution'
import type { Reply } from './reply.tsx'
import { storedEvents } from './stored-events.ts'
import type { Language } from './words/language.ts'

/** The report of what was collected, as `jejak report` writes it. */
export async function replyWithReport(folder: string, language: Language): Promise<Reply> {
  // Loaded when it is asked for: the demo need not wait for it.
  const { gatherReportFacts, renderReport, REPORT_CSP } = await import('@jejak/attribution/report')
  const facts = await gatherReportFacts(storedEvents(folder), {
    channels: createChannelRules(),
    // The stages as the live view has them, and the hours as the shop's customers have them.
    stageModel: 'canonical',
    timeZone: 'Asia/Jakarta',
    sources: [folder],
  })
  return {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: renderReport(facts, { language }),
    // That of the other pages would keep the report's own style sheet out.
    headers: { 'content-security-policy': `${REPORT_CSP}; frame-ancestors 'self'` },
  }
}
