// Tracks events until it is killed, and says of each when it was safe.
import { createServerTracker } from '@jejak/server'

const { endpoint, folder, first } = JSON.parse(process.argv[2])
const { track } = createServerTracker({ endpoint, spool: { folder }, onError: () => {}, random: () => 0 })
for (let at = first; ; at++) {
  await track('reorder', { transaction_id: `T-${at}` }, { userId: 'ani' })
  process.stdout.write(`T-${at}\n`)
}
