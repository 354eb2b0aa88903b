// What the phone says to the server. Every answer has a shape; what fails says how.

export class NoNetwork extends Error {}
export class Revoked extends Error {}

export class Refused extends Error {
  constructor (status, code, message) {
    super(message || code || String(status))
    this.status = status
    this.code = code
  }
}

const PATIENCE = 60_000

// `token` may be empty (enrolment). Resolves with { status, headers, body };
// with `raw` the body is the text as it came.
export async function call (path, { method = 'GET', token = '', json, body, headers = {}, raw = false, patience = PATIENCE } = {}) {
  const stop = new AbortController()
  const clock = setTimeout(() => stop.abort(), patience)
  const all = { Accept: 'application/json', ...headers }
  if (token) all.Authorization = `Bearer ${token}`
  if (json !== undefined) {
    body = JSON.stringify(json)
    all['Content-Type'] = 'application/json'
  }
  let answer
  try {
    answer = await fetch(path, { method, body, headers: all, signal: stop.signal, cache: 'no-store', credentials: 'omit' })
    if (answer.status === 304) return { status: 304, headers: answer.headers, body: null }
    const text = await answer.text()
    if (raw && answer.ok) return { status: answer.status, headers: answer.headers, body: text }
    const found = text && answer.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text
    if (answer.ok) return { status: answer.status, headers: answer.headers, body: found }
    const { code = '', message = '' } = typeof found === 'object' && found ? found.error ?? found : {}
    if (answer.status === 401 && code === 'device_revoked') throw new Revoked(message)
    throw new Refused(answer.status, code, message)
  } catch (error) {
    if (error instanceof Refused || error instanceof Revoked) throw error
    throw new NoNetwork(error?.message)
  } finally {
    clearTimeout(clock)
  }
}

export async function gzip (text) {
  const bytes = new TextEncoder().encode(text)
  if (!('CompressionStream' in globalThis)) return { body: bytes, headers: {} }
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return { body: await new Response(stream).arrayBuffer(), headers: { 'Content-Encoding': 'gzip' } }
}
