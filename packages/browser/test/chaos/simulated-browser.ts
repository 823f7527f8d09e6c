import type { Script } from 'node:vm'
import type { TrackerOptions } from '@jejak/browser'
import type { Luck } from './luck.ts'
import type { SimulatedDatabases } from './simulated-database.ts'
import { createSimulatedLocks } from './simulated-locks.ts'
import type { SimulatedNetwork } from './simulated-network.ts'
import { openSimulatedTab } from './simulated-tab.ts'
import type { SimulatedTab } from './simulated-tab.ts'
import type { SimulatedTime, Worker } from './simulated-time.ts'

/** One profile of a browser: what its tabs share, and the tabs. */
export interface SimulatedBrowser {
  /** Every tab that was ever opened. */
  readonly tabs: readonly SimulatedTab[]
  /** What `localStorage` holds. */
  readonly storage: ReadonlyMap<string, string>
  open(url: string, options: TrackerOptions): SimulatedTab
  /** The whole browser ends at once. */
  crash(): void
}

export interface BrowserOptions {
  readonly script: Script
  readonly time: SimulatedTime
  readonly luck: Luck
  readonly network: SimulatedNetwork
  readonly databases: SimulatedDatabases
  /** Whether there are Web Locks: not on plain http. */
  readonly hasLocks: boolean
  readonly onError: (error: unknown) => void
  /** A tab looks at what the tabs share: by itself, or because it is told that another one wrote something. */
  readonly onLook: (tab: SimulatedTab, change?: StorageChange) => void
  readonly onChange: (change: StorageChange) => void
  /** Pages are closed without a word, and what they are still writing comes to nothing, as in WebKit. */
  readonly endsAtOnce: boolean
  readonly onEnd: (tab: SimulatedTab) => void
}

/** A storage event. */
export interface StorageChange {
  readonly type: 'storage'
  readonly key: string
  readonly newValue: string | null
}

export function createSimulatedBrowser(given: BrowserOptions): SimulatedBrowser {
  const { script, time, luck, network, databases, hasLocks, endsAtOnce, onError, onLook, onChange, onEnd } = given
  const tabs: SimulatedTab[] = []
  const storage = new Map<string, string>()
  const locks = createSimulatedLocks(time)

  function localStorageOf(tab: Worker): object {
    const write = (key: string, newValue: string | null) => {
      if (tab.isDead || (storage.get(key) ?? null) === newValue) return
      if (newValue === null) storage.delete(key)
      else storage.set(key, newValue)
      const change: StorageChange = { type: 'storage', key, newValue }
      onChange(change)
      for (const other of tabs) if (!other.isDead && !other.is(tab)) other.tell(change)
    }
    const methods: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = {
      getItem: key => storage.get(key) ?? null,
      setItem: (key, value) => write(key, String(value)),
      removeItem: key => write(key, null),
    }
    // Its keys are what it holds.
    return new Proxy(methods, {
      ownKeys: () => [...storage.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    })
  }

  return {
    tabs,
    storage,
    open(url, options) {
      const tab: SimulatedTab = openSimulatedTab({
        number: tabs.length,
        seed: luck.below(2 ** 31),
        url,
        script,
        options,
        time,
        globals(worker) {
          const { fetch, sendBeacon } = network.of(worker)
          return {
            window: { localStorage: localStorageOf(worker), indexedDB: databases.of(worker), fetch },
            navigator: { sendBeacon, ...(hasLocks && { locks: locks.of(worker) }) },
          }
        },
        endsAtOnce,
        onError,
        onLook: change => onLook(tab, change),
        onEnd(worker, isGentle) {
          locks.release(worker)
          databases.release(worker, isGentle, endsAtOnce)
          onEnd(tab)
        },
      })
      tabs.push(tab)
      return tab
    },
    crash() {
      for (const tab of tabs) tab.kill()
    },
  }
}
