// The collector, for any server that speaks in `Request` and `Response`. Node's own is in `@jejak/collector/node`.
export type { CollectorOptions, SenderInfo } from './collector-options.ts'
export type { AllowedOrigins } from './cors.ts'
export type { IpPolicy } from './enrich.ts'
export { createCollector } from './handler.ts'
export type { Collector } from './handler.ts'
export type { Log } from './log.ts'
export type { EventSink, WriteResult } from './sinks/sink.ts'
