// Menus close when one looks elsewhere; the navigation of a phone opens in place.

export function openMenus () {
  const side = document.getElementById('navigation')
  const opener = document.querySelector('.menu-open')
  opener?.addEventListener('click', event => {
    event.preventDefault()
    side.classList.add('side-open')
    side.querySelector('.menu-close').focus()
  })
  const close = event => {
    event?.preventDefault()
    if (!side?.classList.contains('side-open')) return
    side.classList.remove('side-open')
    opener.focus()
  }
  side?.querySelector('.menu-close').addEventListener('click', close)
  document.addEventListener('click', event => {
    if (side?.classList.contains('side-open') && !event.target.closest('.side, .menu-open')) close()
    for (const menu of document.querySelectorAll('details.who[open]')) {
      if (!menu.contains(event.target)) menu.open = false
    }
  })
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    if (side?.classList.contains('side-open')) close(event)
    for (const menu of document.querySelectorAll('details.who[open]')) {
      menu.open = false
      menu.querySelector('summary').focus()
    }
  })
}
