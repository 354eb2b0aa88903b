// While a name or a room is typed, people of the place are offered. Choosing one fills name and room.

export function offerPeople (root, url) {
  const list = document.getElementById('people-here') ?? document.body.appendChild(document.createElement('datalist'))
  list.id = 'people-here'
  let asked = 0
  let timer = 0
  const known = new Map()

  root.addEventListener('input', event => {
    const input = event.target
    if (!input.matches('[data-lookup]')) return
    const chosen = known.get(input.value)
    if (chosen) {
      take(input, chosen)
      return
    }
    clearTimeout(timer)
    const typed = input.value.trim()
    if (typed) timer = setTimeout(() => ask(typed), 120)
  })

  root.addEventListener('focusin', event => {
    if (event.target.matches('[data-lookup]')) event.target.setAttribute('list', list.id)
  })

  async function ask (typed) {
    const mine = ++asked
    const answer = await fetch(`${url}?q=${encodeURIComponent(typed)}`, { headers: { Accept: 'application/json' } })
    if (!answer.ok || mine !== asked) return
    const { choices } = await answer.json()
    known.clear()
    list.replaceChildren(...choices.map(choice => {
      const shown = `${choice.name} ${choice.detail}`.trim()
      known.set(shown, choice)
      const option = new Option(shown, shown)
      return option
    }))
  }

  function take (input, choice) {
    const beside = input.closest('[data-row]') ?? input.form
    const name = beside.querySelector('[data-cell="name"], [name="name"]')
    const room = beside.querySelector('[data-cell="address"], [name="address"]')
    if (name) name.value = choice.name
    if (room && choice.detail) room.value = choice.detail
  }
}

const page = document.querySelector('.gate-enter[data-find]')
if (page) {
  for (const input of page.querySelectorAll('input[name="name"], input[name="address"]')) input.dataset.lookup = ''
  offerPeople(page, page.dataset.find)
}
