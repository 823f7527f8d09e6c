import { autocapture } from './plugins/autocapture.ts'
import { startScript } from './start-script.ts'

// The script-tag file for pages that nobody builds: what people do is tracked by itself, and what HTML says by
// `data-jejak-event`.
startScript(autocapture())
