// Certificates of service checked in the browser: what lianfang/engines/certificates does on the server.
//
//   const { code, certificate } = await checkCertificate(text, keys, new Set(withdrawn));
//
// `keys` and `withdrawn` are what /volunteering/check/keys.json says. Ed25519 comes from the browser, and from
// @noble/ed25519 where the browser has none. Nothing leaves this page.

import { verifySignature } from "../field/passes/passes.js";

const HEAD = [0xd2, 0x84, 0x49, 0xa2, 0x01, 0x27, 0x04, 0x44];
const KID = 4;
const SIGNATURE = 64;
const OWN_CLAIM = -65538;

export async function checkCertificate(text, keys, withdrawn = new Set(), verify = verifySignature) {
  const found = envelopeIn(text);
  if (!found) return { code: "unreadable", certificate: null };
  const key = keys.find((one) => one.kid === hexOf(found.kid));
  if (!key) return { code: "unknown_key", certificate: null };
  if (!(await verify(bytesOf(key.public), found.signature, signedBytes(found)))) {
    return { code: "tampered", certificate: null };
  }
  const certificate = certificateOf(found.payload);
  if (!certificate) return { code: "unreadable", certificate: null };
  if (key.withdrawn) return { code: "key_withdrawn", certificate };
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", found.message));
  const id = hexOf(digest).slice(0, 32);
  return { code: withdrawn.has(id) ? "withdrawn" : "genuine", certificate };
}

function envelopeIn(text) {
  const body = text.trim().split("#").at(-1);
  if (!/^[A-Za-z0-9_-]{100,900}$/.test(body)) return null;
  let message;
  try {
    message = bytesOf(body.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
  if (HEAD.some((byte, index) => message[index] !== byte)) return null;
  let at = HEAD.length;
  const kid = message.slice(at, (at += KID));
  if (message[at++] !== 0xa0) return null;
  const long = message[at] === 0x59;
  if (!long && message[at] !== 0x58) return null;
  const begin = at;
  const size = long ? message[at + 1] * 256 + message[at + 2] : message[at + 1];
  at += long ? 3 : 2;
  if (long && size < 256) return null;
  const payload = message.slice(at, at + size);
  const framed = message.slice(begin, at + size);
  at += size;
  if (size < 24 || payload.length !== size || message[at] !== 0x58 || message[at + 1] !== 0x40) return null;
  const signature = message.slice(at + 2);
  if (signature.length !== SIGNATURE) return null;
  return { kid, payload, framed, signature, message };
}

// The Sig_structure of COSE (RFC 9052, 4.4) for Sign1 without extra data.
function signedBytes({ kid, framed }) {
  const title = new TextEncoder().encode("Signature1");
  return Uint8Array.from([0x84, 0x6a, ...title, 0x49, ...HEAD.slice(3), ...kid, 0x40, ...framed]);
}

function certificateOf(payload) {
  try {
    const { value } = item(payload, 0);
    const own = value.get(OWN_CLAIM);
    const one = {
      issuer: value.get(1),
      name: value.get(2),
      number: new TextDecoder("utf-8", { fatal: true }).decode(value.get(7)),
      issued_at: value.get(6),
      minutes: own.get(1),
      first: own.get(2),
      last: own.get(3),
    };
    return one.minutes > 0 && typeof one.name === "string" ? one : null;
  } catch {
    return null;
  }
}

// One item of CBOR: whole numbers, bytes, texts, lists and maps, as our claims are.
function item(bytes, at) {
  if (at >= bytes.length) throw new Error("cut off");
  const kind = bytes[at] >> 5;
  let size = bytes[at] & 31;
  at += 1;
  if (size > 27) throw new Error("not used here");
  if (size > 23) {
    const count = 2 ** (size - 24);
    size = bytes.slice(at, at + count).reduce((sum, byte) => sum * 256 + byte, 0);
    at += count;
  }
  if (kind === 0) return { value: size, at };
  if (kind === 1) return { value: -1 - size, at };
  if (kind === 2 || kind === 3) {
    const part = bytes.slice(at, at + size);
    if (part.length !== size) throw new Error("cut off");
    return { value: kind === 2 ? part : new TextDecoder("utf-8", { fatal: true }).decode(part), at: at + size };
  }
  if (kind === 5) {
    const map = new Map();
    for (let left = size; left > 0; left -= 1) {
      const name = item(bytes, at);
      const value = item(bytes, name.at);
      map.set(name.value, value.value);
      at = value.at;
    }
    return { value: map, at };
  }
  throw new Error("not used here");
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function hexOf(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
