// Says in the page what went wrong with a passkey, instead of in the console.
document.addEventListener('allauth.error', event => {
  event.preventDefault()
  const trouble = document.querySelector('[data-passkey-trouble]')
  if (trouble) trouble.hidden = false
})
