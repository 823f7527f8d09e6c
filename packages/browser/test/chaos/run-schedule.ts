import type { Script } from 'node:vm'
import type { SimulatedTab } from './simulated-tab.ts'
import { CLICK_ID, createLedger } from './ledger.ts'
import type { Entry } from './ledger.ts'
import { createLuck } from './luck.ts'
import { ROOMY } from './schedule.ts'
import type { Schedule, Setting, Step } from './schedule.ts'
import { createSimulatedBrowser } from './simulated-browser.ts'
import type { SimulatedBrowser } from './simulated-browser.ts'
import { createSimulatedDatabases } from './simulated-database.ts'
import { createSimulatedNetwork } from './simulated-network.ts'
import { createSimulatedTime, inSimulatedTime } from './simulated-time.ts'
import { trackerScript } from './tracker-bundle.ts'
import { verify, verifyPages } from './verify.ts'

const DEFAULTS: Setting = { consent: 'granted', batch: 20, outbox: ROOMY, hasLocks: true, endsAtOnce: false }
const MOST_TABS = 4
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** What was seen of a run: what went wrong, in sentences, and how much happened. */
export interface Run {
  readonly faults: readonly string[]
  readonly tracked: number
  readonly stored: number
  /** How many events the trackers said they gave up. */
  readonly reported: number
  readonly trace: readonly string[]
}

/** Does what the schedule says, then makes everything well again, waits, and looks whether all is as it should be. */
export async function runSchedule(schedule: Schedule, script?: Script): Promise<Run> {
  const setting = { ...DEFAULTS, ...schedule.setting }
  const trace: string[] = []
  const onError = (error: unknown) => {
    ledger.faults.push(`An exception escaped: ${error instanceof Error ? error.stack : String(error)}`)
  }
  const luck = createLuck(schedule.luck)
  const time = createSimulatedTime({ luck, onError })
  const ledger = createLedger(time)
  const note = (what: string) => trace.push(`${time.now.toFixed(1).padStart(10)} ${what}`)

  const databases = createSimulatedDatabases({
    time,
    luck,
    onCommit(values) {
      if (values.length > 0) note(`committed ${values.length} values`)
      ledger.committed(values)
    },
  })
  const tabOf = (worker: object) => browser.tabs.find(tab => tab.is(worker as SimulatedTab))!
  const network = createSimulatedNetwork({
    time,
    luck,
    onLeave(worker, body) {
      note(`tab ${tabOf(worker).number} sends ${body.match(/#\d+#/g)?.join(' ')}`)
      ledger.left(tabOf(worker), body)
    },
    onAnswer: what => note(`the network answers ${what}`),
  })
  const browser: SimulatedBrowser = createSimulatedBrowser({
    script: script ?? (await trackerScript()),
    time,
    luck,
    network,
    databases,
    hasLocks: setting.hasLocks,
    endsAtOnce: setting.endsAtOnce,
    onError,
    onChange(change) {
      ledger.changed(change)
      // What stands there is as safe as what is in IndexedDB.
      if (change.newValue) ledger.committed([change.newValue])
    },
    onLook: (tab, change) => ledger.looks(tab, change),
    onEnd: tab => ledger.ended(tab),
  })
  const stopped = new Set<SimulatedTab>()
  const living = () => browser.tabs.filter(tab => !tab.isDead && !tab.isClosing)

  function open(): void {
    const { consent, batch, outbox } = setting
    const tab = browser.open(`https://shop.example/?gclid=${CLICK_ID}`, {
      endpoint: 'https://collector.example/e',
      consent,
      batch: { events: batch },
      outbox: { events: outbox },
      onDrop(...drop) {
        note(`gave up ${drop[1]}, ${drop[0]}`)
        ledger.dropped(...drop)
      },
    })
    ledger.opened(tab, consent)
  }

  function track(tab: SimulatedTab, entry: Entry): void {
    const { mark, what, order } = entry
    const tracker = tab.tracker as { track(name: string, properties: object): void }
    if (what === 'search') tracker.track('search', { search_term: mark })
    else if (order) tracker.track('purchase', { transaction_id: order, mark })
    else tracker.track('probe', { mark, ...(what === 'poison' && { poisonous: true }), ...(what === 'big' && { big }) })
  }

  function act(step: Step): void | Promise<void> {
    if (step.do === 'open') return living().length < MOST_TABS ? open() : undefined
    if (step.do === 'run') return time.run(step.tasks)
    if (step.do === 'wait') return time.pass(step.ms)
    if (step.do === 'crash') return browser.crash()
    if (step.do === 'disconnect') return databases.closeAll()
    if (step.do === 'clock') return time.jump(step.ms)
    if (step.do === 'restart') return network.restart(step.forgetsIds)
    if (step.do === 'database') return void (databases.fault = step.is)
    if (step.do === 'network') return setNetwork(step.is)
    const tab = living()[step.tab % living().length]
    // A page that is frozen does nothing, but it can be looked at again, or ended.
    if (!tab || (tab.isFrozen && !['show', 'kill', 'close'].includes(step.do))) return undefined
    if (step.do === 'track') {
      for (let count = 0; count < step.count; count++) {
        const entry = ledger.track(tab, step.what)
        if (stopped.has(tab)) entry.state = 'barred'
        track(tab, entry)
      }
    } else if (step.do === 'consent') {
      if (!stopped.has(tab)) say(tab, step)
    } else actOn(tab, step.do)
    return undefined
  }

  function say(tab: SimulatedTab, { word }: Extract<Step, { do: 'consent' }>): void {
    const { called } = ledger.says(tab, word)
    tab.tracker.setConsent(word)
    called()
  }

  function actOn(tab: SimulatedTab, action: Extract<Step, { tab: number; word?: never; what?: never }>['do']): void {
    switch (action) {
      case 'identify':
        return tab.tracker.identify('U-1')
      case 'flush':
        return void tab.tracker.flush().catch(onError)
      case 'forget': {
        const { called, done } = ledger.forgets(tab)
        const forgotten = tab.tracker.forget()
        called()
        void settle(forgotten, () => tab.isDead || done())
        return undefined
      }
      case 'stop':
        stopped.add(tab)
        return tab.tracker.stop()
      case 'close':
        return tab.isFrozen ? tab.kill() : tab.close()
      case 'hide':
      case 'show':
      case 'freeze':
      case 'leave':
      case 'kill':
        return tab[action]()
    }
  }

  function setNetwork(fault: typeof network.fault): void {
    const was = network.fault
    network.fault = fault
    if ((was === 'offline') === (fault === 'offline')) return
    for (const tab of living()) tab.tell({ type: fault === 'offline' ? 'offline' : 'online' })
  }

  async function settle(work: Promise<void>, then: () => unknown): Promise<void> {
    try {
      await work
      then()
    } catch (error) {
      onError(error)
    }
  }

  const isAlive = (tab: SimulatedTab) => !tab.isDead && !stopped.has(tab)

  async function makeWell(): Promise<void> {
    setNetwork('none')
    databases.fault = 'none'
    await time.pass(3_000)
    for (const tab of living()) tab.show()
    // What a server has asked for holds by a clock that may have been set in the meantime.
    const long = schedule.steps.some(step => step.do === 'clock') ? DAY + 60 * MINUTE : 20 * MINUTE
    await time.pass(long)
    verifyPages(ledger, network.stored(), isAlive)
    note('the last visit')
    open()
    await time.pass(long)
    const reading = databases.read()
    await time.pass(MINUTE)
    const left = await reading
    const storesWell = !schedule.steps.some(step => step.do === 'database' || step.do === 'disconnect')
    verify({ ledger, stored: network.stored(), left, storage: browser.storage, setting, isAlive, storesWell })
  }

  return inSimulatedTime(time, onError, async () => {
    try {
      open()
      for (const step of schedule.steps) {
        note(JSON.stringify(step))
        const work = act(step)
        if (work) await work // or else not even a microtask is to come in between
      }
      await makeWell()
    } catch (error) {
      onError(error)
    }
    return {
      faults: [...new Set(ledger.faults)],
      tracked: ledger.entries.length,
      stored: network.stored().length,
      reported: ledger.drops.reduce((sum, { count }) => sum + count, 0),
      trace,
    }
  })
}

const big = 'x'.repeat(2_600)
