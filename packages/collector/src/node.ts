// The collector on Node's own HTTP server, and in whatever is built on it.
export { toNodeListener } from './node-listener.ts'
export type { NodeListener } from './node-listener.ts'
export { listen } from './node-server.ts'
export type { ListenOptions, ListeningCollector } from './node-server.ts'
