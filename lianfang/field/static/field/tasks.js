// Pages of other rooms on this phone. docs/explanation/phone-pages.md says how one is written.
import { choose, h, icon } from './dom.js'
import { addWords, clock, day, minutes, t } from './words/index.js'
import { photoButton, pictureOf } from './photo.js'
import { pinOf } from './pins.js'
import { scan } from './scan/scanner.js'
import { signal } from './signals.js'
import { newId, stamp } from './store/canonical.js'

export function taskScreen (view, phone, task) {
  const stage = h('div.list', h('p.empty', t('正在打开…')))
  const dock = h('div.list')
  let opened = null
  let gone = false
  const host = {
    stage,
    dock,
    h,
    icon,
    choose,
    t,
    words: addWords,
    clock,
    day,
    minutes,
    stamp,
    newId,
    task,
    // What the server gave for this task (`data` of its declaration), or null.
    get data () { return phone.bundle.data.get(task.code) ?? null },
    get lookup () { return phone.bundle.lookup },
    get guard () { return phone.guard },
    get device () { return { id: phone.device.id, gate: phone.device.gate, place: phone.device.place } },
    get leaders () { return phone.leaders },
    // Write a record of one of the task's types; it is on the disk when this resolves.
    async write (type, data, more = {}) {
      if (!task.types.includes(type)) throw new TypeError(`${task.code} has not declared records of type ${type}`)
      return phone.write(type, data, more)
    },
    // The task's own records of the last days, oldest first.
    async written (days = 2) {
      const records = await phone.outbox.since(Date.now() - days * 86_400_000)
      return records.filter(record => task.types.includes(record.type))
    },
    // What is half done is kept, sealed, until it is written down: a phone closes pages as it likes.
    keepDraft: value => phone.keepDraft(task.code, value),
    draft: () => phone.draftOf(task.code),
    scan: prompt => scan(phone, { prompt }),
    // A button that takes a photograph, small enough to be kept and sent; `take` gets { data, picture }.
    photoButton: (text, take) => photoButton(text, take),
    pictureOf: data => pictureOf(data),
    // { id, name } of who is called so and has that shift PIN, or null; checked without network, kept nowhere.
    pinOf: (name, typed) => pinOf(phone, name, typed),
    signal: kind => signal(kind, { sound: phone.settings.sound !== false }),
    head: (title, below = '') => h('div.person-head',
      h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')),
      h('h1', title, below ? h('small', below) : null)),
    close: () => view.back()
  }
  import(task.module).then(
    module => {
      if (gone) return
      stage.replaceChildren()
      opened = module.default.open(host)
    },
    error => {
      console.warn(task.code, error)
      stage.replaceChildren(host.head(task.title), h('p.trouble', t('这一页打不开,请连上网络后再试。')))
    })
  return {
    stage,
    dock,
    update: () => opened?.update?.(),
    leave: () => {
      gone = true
      opened?.leave?.()
    }
  }
}
