// The page on which everybody checks a certificate: the text behind # in the address, or one that is pasted.

import { checkCertificate } from "./certificates.js";

const form = document.querySelector("[data-check]");
const known = fetch(form.dataset.keys).then((answer) => answer.json());

async function check(text) {
  const { keys, withdrawn } = await known;
  const { code, certificate } = await checkCertificate(text, keys, new Set(withdrawn));
  for (const one of document.querySelectorAll("[data-verdict]")) one.hidden = one.dataset.verdict !== code;
  if (code !== "genuine") return;
  for (const name of ["number", "name", "minutes", "first", "last", "issuer"]) {
    document.querySelector(`[data-fact=${name}]`).textContent = certificate[name];
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check(form.elements.text.value);
});
addEventListener("hashchange", () => check(location.hash));
if (location.hash.length > 1) check(location.hash);
