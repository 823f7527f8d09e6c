// A report: what customers' journeys tell, as one file that people look at.
export { gatherReportFacts } from './facts/gather-facts.ts'
export type { GatherOptions } from './facts/gather-facts.ts'
export { pathTableFacts } from './facts/path-facts.ts'
export type { PathFactsOptions } from './facts/path-facts.ts'
export type { ReportFacts } from './facts/report-facts.ts'
export { LANGUAGES } from './words/language.ts'
export type { Language } from './words/language.ts'
