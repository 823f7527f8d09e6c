import type { Fault } from './fault.ts'
import { faults as answers } from './rows/answers.ts'
import { faults as bursts } from './rows/bursts.ts'
import { faults as chaos } from './rows/chaos.ts'
import { faults as clocks } from './rows/clocks.ts'
import { faults as configuration } from './rows/configuration.ts'
import { faults as consent } from './rows/consent.ts'
import { faults as hostileInput } from './rows/hostile-input.ts'
import { faults as hostilePage } from './rows/hostile-page.ts'
import { faults as killing } from './rows/killing.ts'
import { faults as leaving } from './rows/leaving.ts'
import { faults as network } from './rows/network.ts'
import { faults as offline } from './rows/offline.ts'
import { faults as orders } from './rows/orders.ts'
import { faults as privatePlaces } from './rows/private-places.ts'
import { faults as quota } from './rows/quota.ts'
import { faults as shownPages } from './rows/shown-pages.ts'
import { faults as storage } from './rows/storage.ts'
import { faults as storedFormats } from './rows/stored-formats.ts'
import { faults as tabs } from './rows/tabs.ts'
import { faults as twoTrackers } from './rows/two-trackers.ts'

/** Every row of the table that is tried in whole browsers. */
export const allFaults: readonly Fault[] = [
  ...answers,
  ...bursts,
  ...chaos,
  ...clocks,
  ...configuration,
  ...consent,
  ...hostileInput,
  ...hostilePage,
  ...killing,
  ...leaving,
  ...network,
  ...offline,
  ...orders,
  ...privatePlaces,
  ...quota,
  ...shownPages,
  ...storage,
  ...storedFormats,
  ...tabs,
  ...twoTrackers,
]
