import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import { defineConfig } from 'vite'

/** The collector, on the same server as the pages. */
function jejakCollector() {
  return {
    name: 'jejak-collector',
    configureServer({ middlewares }) {
      const sink = createNdjsonSink({ folder: process.env.FOLDER ?? 'events' })
      middlewares.use('/e', toNodeListener(createCollector({ sink })))
    },
  }
}

export default defineConfig({ plugins: [jejakCollector()], server: { host: '127.0.0.1' } })
