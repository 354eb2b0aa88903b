// What is sent and what is not, said plainly: numbers, times, what the server did not take and why.
import { h, icon } from '../dom.js'
import { day, t } from '../words/index.js'

export function statusScreen (view, phone) {
  const stage = h('div.list')
  async function draw () {
    const refused = await phone.outbox.refused()
    const packed = phone.bundle.lookup
    const heard = phone.sync.lastHeard || phone.settings.lastHeard
    stage.replaceChildren(
      h('div.person-head', h('button.back', { type: 'button', 'aria-label': t('返回'), onclick: () => view.back() }, icon('arrow-left')), h('h1', t('上传情况'))),
      h('div.verdict' + (phone.unsent ? '.wait' : '.go'), h('h2', icon(phone.unsent ? 'upload' : 'check-circle'),
        phone.unsent ? t('还有 {n} 条没有上传', { n: phone.unsent }) : t('已全部上传')),
      h('p', heard ? t('最近一次与服务器通话:{time}', { time: day(heard) }) : t('还没有与服务器通过话。')),
      h('p', t('记录都加密存在这部手机上,连上网络后自动上传,不会丢失、也不会重复。'))),
      h('p.quiet', t('住户资料:{households} 户,{persons} 人', { households: packed.households, persons: packed.persons })),
      phone.bundleTrouble ? h('p.trouble', phone.bundleTrouble === 'full' ? t('手机存储不够,新的住户资料存不下。') : t('住户资料没有通过校验,仍用原来的。')) : '',
      phone.space.tight ? h('p.warn.bad', icon('x-circle-fill'), h('span', t('手机存储快满了(还剩 {n} MB)。请删除照片、视频,再继续登记。', { n: Math.floor(phone.space.free / 1e6) }))) : '',
      refused.length ? h('h2', t('服务器未收的记录')) : '',
      ...refused.map(one => h('div.entry', h('b', one.record?.data.name || one.record?.type || String(one.seq)), h('span.quiet', one.message || one.code))),
      refused.length ? h('p.quiet', t('这些记录已留在手机上,也已列给带班领导。')) : '')
  }
  draw()
  return {
    stage,
    dock: h('button.main.wide', { type: 'button', onclick: async () => { await phone.sync.attempt(); await phone.refresh(); draw() } }, t('现在上传')),
    update: draw
  }
}
