// IndexedDB with promises: a transaction is a function; what it returns counts once it is on the disk.

const NAME = 'lianfang-field'
const VERSION = 1

export function openDatabase () {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION)
    request.onupgradeneeded = () => {
      const db = request.result
      db.createObjectStore('meta') // what this phone is: keys, device, head of the chain, settings
      db.createObjectStore('outbox', { keyPath: 'seq' }) // records, sealed; only added
      db.createObjectStore('refused', { keyPath: 'seq' }) // what the server did not take, with its reason
      db.createObjectStore('chunks', { keyPath: 'hash' }) // look-up data as it came, sealed
      db.createObjectStore('crossings', { autoIncrement: true }) // what other phones saw, sealed
    }
    request.onsuccess = () => {
      const db = request.result
      db.onversionchange = () => db.close()
      resolve(db)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
}

export function answer (request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

// `work(store…)` may await only `answer(request)`s. Resolves when everything is on the disk, or throws
// and nothing is.
export function transact (db, names, mode, work) {
  return new Promise((resolve, reject) => {
    const tx = db.transaction(names, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' })
    let result
    let trouble
    tx.oncomplete = () => resolve(result)
    tx.onabort = () => reject(trouble ?? tx.error ?? new Error('aborted'))
    const stores = [].concat(names).map(name => tx.objectStore(name))
    Promise.resolve()
      .then(() => work(...stores))
      .then(
        value => { result = value },
        error => {
          trouble = error
          try { tx.abort() } catch { /* it has ended by itself */ }
        }
      )
  })
}

export const get = (db, name, key) => transact(db, name, 'readonly', store => answer(store.get(key)))
export const all = (db, name, range) => transact(db, name, 'readonly', store => answer(store.getAll(range)))
export const count = (db, name, range) => transact(db, name, 'readonly', store => answer(store.count(range)))
export const put = (db, name, value, key) =>
  transact(db, name, 'readwrite', store => answer(key === undefined ? store.put(value) : store.put(value, key)))
export const remove = (db, name, key) => transact(db, name, 'readwrite', store => answer(store.delete(key)))
export const clear = (db, name) => transact(db, name, 'readwrite', store => answer(store.clear()))
