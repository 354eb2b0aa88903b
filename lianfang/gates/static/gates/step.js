// The form of a step shows only what this kind of step needs.
const form = document.querySelector('[data-step-form]')
const NEEDS = {
  recheck: ['celsius', 'body_site', 'thermometer'],
  leader_told: ['told_to'],
  headquarters_told: ['told_to'],
  handed_over: ['told_to'],
  outcome: ['result'],
  closed: []
}
const CHANGING = ['celsius', 'body_site', 'thermometer', 'told_to', 'result']

function show () {
  const needed = NEEDS[form.elements.kind.value] ?? CHANGING
  for (const name of CHANGING) {
    form.elements[name].closest('.field').hidden = !needed.includes(name)
  }
}

if (form) {
  form.elements.kind.addEventListener('change', show)
  show()
}
