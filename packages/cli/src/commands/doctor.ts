import { printable } from '@jejak/attribution'
import { Command } from 'commander'
import { diagnose } from '../doctor/diagnose.ts'
import { doctorLines } from '../doctor/doctor-lines.ts'
import { visitPage } from '../doctor/visit-page.ts'
import { UsageError } from '../errors.ts'
import { wholeNumber } from '../option-parsers.ts'
import { jsonText } from '../output/json.ts'

interface DoctorOptions {
  readonly browser?: string
  readonly sandbox: boolean
  readonly click?: string
  readonly wait: number
  readonly send?: true
  readonly json?: true
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .summary('visit a page and say whether its tracker works')
    .description(
      'Visits a page in a browser of this machine, as a stranger would, and says what of the tracker works and how to mend what does not. Events of the visit are answered here and not sent on, unless --send says otherwise. Ends with 1 if something is broken.',
    )
    .argument('<url>', 'the page, such as https://toko.example')
    .option('--browser <path>', 'the Chrome, Chromium or Edge to use (default: one that is found)')
    .option('--click <selector>', 'what to click if consent is missing: the button of your consent banner')
    .option('--wait <seconds>', 'how long to wait for what should come', wholeNumber(1, 60), 5)
    .option('--send', 'really send the events; they are marked as those of a program')
    .option('--no-sandbox', 'run the browser without its sandbox, as some containers need; for your own pages only')
    .option('--json', 'for programs')
    .addHelpText('after', '\nExample:\n  jejak doctor https://toko.example --click "#accept-cookies"')
    .action(doctor)
}

async function doctor(page: string, options: DoctorOptions): Promise<void> {
  const { browser, sandbox, click, wait, send = false, json } = options
  const url = addressOf(page)
  const visit = await visitPage({
    url,
    sandbox,
    send,
    waitMs: wait * 1_000,
    ...(browser !== undefined && { browser }),
    ...(click !== undefined && { click }),
  })
  const findings = diagnose(visit)
  const events = visit.batches.reduce((sum, batch) => sum + batch.events.length, 0)
  if (json) {
    process.stdout.write(jsonText({ url, browser: visit.browser, sent: send, events, findings }))
  } else {
    const what = send ? 'its events were sent, marked as those of a program' : 'its events were not sent on'
    process.stdout.write(`${printable(url, 200)}, visited by ${visit.browser}; ${what}\n\n`)
    process.stdout.write(`${doctorLines(findings).join('\n')}\n`)
  }
  const count = findings.filter(({ level }) => level === 'broken').length
  if (count > 0) throw new Error(count === 1 ? 'one thing is broken.' : `${count} things are broken.`)
}

function addressOf(page: string): string {
  const address = /^[a-z]+:\/\//i.test(page)
    ? page
    : `${/^(localhost|127\.|\[::1\])/.test(page) ? 'http' : 'https'}://${page}`
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new UsageError(`Expected the address of a page, such as https://toko.example, got ${printable(page, 100)}`)
  return new URL(address).href
}
