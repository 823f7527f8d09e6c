import { createCollector } from '@jejak/collector'
import { createNdjsonSink } from '@jejak/collector/sinks/ndjson'

const collect = createCollector({ sink: createNdjsonSink({ folder: process.env.FOLDER ?? 'events' }) })

export default defineEventHandler(event => collect(toWebRequest(event)))
