// The texts are Chinese where they are written; `en.js` has their English. {names} are filled in.
import { en } from './en.js'

let language = 'zh-hans'
const more = new Map()

export function speak (code) {
  language = code === 'en' ? 'en' : 'zh-hans'
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'
}

export const spoken = () => language

// A task of another app brings the English of its own texts.
export function addWords (words) {
  for (const [text, english] of Object.entries(words)) more.set(text, english)
}

export function t (text, values = {}) {
  const said = language === 'en' ? en[text] ?? more.get(text) ?? text : text
  return said.replace(/\{(\w+)\}/g, (whole, name) => name in values ? String(values[name]) : whole)
}

export function minutes (count) {
  if (count < 60) return t('{n} 分钟', { n: Math.max(0, Math.round(count)) })
  if (count < 1440) {
    const rest = Math.round(count % 60)
    return rest && count < 600
      ? t('{h} 小时 {m} 分', { h: Math.floor(count / 60), m: rest })
      : t('{h} 小时', { h: Math.floor(count / 60) })
  }
  return t('{d} 天', { d: Math.floor(count / 1440) })
}

// Times are said by the clock of China, whatever the phone is set to.
const EAST = 8 * 3_600_000
const inChina = moment => new Date(moment + EAST)

// The moment (milliseconds) at which the day of `moment` began.
export const midnight = moment => Math.floor((moment + EAST) / 86_400_000) * 86_400_000 - EAST

// 2020-02-10T18:05, as a field for a moment holds it, and back.
export const asTyped = moment => inChina(moment).toISOString().slice(0, 16)
export const fromTyped = text => Date.parse(`${text.slice(0, 16)}:00Z`) - EAST

export function clock (moment) {
  const date = inChina(moment)
  return `${date.getUTCHours()}:${String(date.getUTCMinutes()).padStart(2, '0')}`
}

export function day (moment) {
  if (midnight(moment) === midnight(Date.now())) return clock(moment)
  const date = inChina(moment)
  return language === 'en'
    ? `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })} ${clock(moment)}`
    : `${date.getUTCMonth() + 1}月${date.getUTCDate()}日 ${clock(moment)}`
}
