/** The name under which the shop's tracker keeps what it keeps: its default. */
const NAME = 'jejak'

/** An envelope's id; in a text that is kept in another text its quotes are escaped. */
const EVENT_ID = /\\*"id\\*":\\*"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\*"/g

/** The ids of all events that this browser keeps for the shop, wherever the tracker has put them. */
export async function idsInBrowser() {
  const texts = Object.keys(localStorage)
    .filter(key => key.startsWith(NAME))
    .map(key => localStorage.getItem(key) ?? '')
  for (const value of await readOutbox()) texts.push(JSON.stringify(value))
  return new Set(texts.flatMap(text => [...text.matchAll(EVENT_ID)].map(([, id = '']) => id)))
}

/**
 * Only looks: a database that is not there is not made, and none is kept open, which would be in the tracker's way.
 * @returns {Promise<unknown[]>}
 */
async function readOutbox() {
  const databases = await indexedDB.databases()
  if (!databases.some(({ name }) => name === NAME)) return []
  return await new Promise(resolve => {
    const opening = indexedDB.open(NAME)
    opening.onerror = () => resolve([])
    opening.onblocked = () => resolve([])
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onsuccess = () => {
      const database = opening.result
      database.onversionchange = () => database.close()
      const done = (/** @type {unknown[]} */ values) => {
        database.close()
        resolve(values)
      }
      if (!database.objectStoreNames.contains('outbox')) {
        done([])
        return
      }
      const reading = database.transaction('outbox').objectStore('outbox').getAll()
      reading.onsuccess = () => done(reading.result)
      reading.onerror = () => done([])
    }
  })
}
