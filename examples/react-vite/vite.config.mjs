import { createCollector } from '@jejak/collector'
import { toNodeListener } from '@jejak/collector/node'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The collector, on the same server as the pages. */
function jejakCollector() {
  const addTo = ({ middlewares }) => {
    const sink = createNdjsonSink({ folder: process.env.FOLDER ?? 'events' })
    middlewares.use('/e', toNodeListener(createCollector({ sink })))
  }
  return { name: 'jejak-collector', configureServer: addTo, configurePreviewServer: addTo }
}

export default defineConfig({ plugins: [react(), jejakCollector()], server: { host: '127.0.0.1' } })
