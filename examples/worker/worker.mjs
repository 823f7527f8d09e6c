// The script and the collector at the edge: Cloudflare Workers, with the events in D1, its SQLite.
import { env } from 'cloudflare:workers'
import script from '@jejak/browser/jejak.js'
import { createCollector } from '@jejak/collector'

const TABLE = 'create table if not exists events (id text primary key, time integer, event text)'
const INSERT = 'insert or ignore into events (id, time, event) values (?, ?, ?)'

/** Stores each id once, and resolves when the events are safe: that is all a collector asks of a sink. */
function createD1Sink(database) {
  return {
    async write(events) {
      const rows = events.map(event => [event.id, event.corrected_time, JSON.stringify(event)])
      const inserts = rows.map(row => database.prepare(INSERT).bind(...row))
      const [, ...results] = await database.batch([database.prepare(TABLE), ...inserts])
      const stored = events.filter((_, index) => results[index].meta.changes > 0)
      return { stored, duplicates: events.length - stored.length }
    },
    async close() {},
  }
}

const collect = createCollector({ sink: createD1Sink(env.EVENTS) })

export default {
  fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/e') return collect(request)
    if (pathname === '/jejak.js') return new Response(script, { headers: { 'content-type': 'text/javascript' } })
    return new Response('Here are /jejak.js and /e.', { status: 404 })
  },
}
