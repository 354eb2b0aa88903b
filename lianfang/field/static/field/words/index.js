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

export function clock (moment) {
  const date = new Date(moment)
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`
}

export function day (moment) {
  const date = new Date(moment)
  const today = new Date()
  if (date.toDateString() === today.toDateString()) return clock(moment)
  return language === 'en'
    ? `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${clock(moment)}`
    : `${date.getMonth() + 1}月${date.getDate()}日 ${clock(moment)}`
}
