// Keeps the phone page so that it opens without network. `HOUSE` (version, page, files) stands above.
/* global HOUSE */
const CACHE = `field-${HOUSE.version}`

self.addEventListener('install', event => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE)
    const take = async address => {
      const answer = await fetch(address, { cache: 'no-cache', credentials: 'omit' })
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
      await cache.put(address, answer)
    }
    await Promise.all([HOUSE.page, ...HOUSE.files].map(take))
    await self.skipWaiting()
  })())
})

self.addEventListener('activate', event => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('field-') && name !== CACHE) await caches.delete(name)
    }
    await self.clients.claim()
  })())
})

// The kept copy first: the page opens at once, with or without network. A new version comes with a new worker.
self.addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== location.origin) return
  const wanted = event.request.mode === 'navigate' && url.pathname.startsWith(HOUSE.page)
    ? HOUSE.page
    : HOUSE.files.includes(url.pathname) ? url.pathname : null
  if (!wanted) return
  event.respondWith((async () => {
    const cache = await caches.open(CACHE)
    return (await cache.match(wanted)) ?? fetch(event.request)
  })())
})
