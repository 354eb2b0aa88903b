// Passes checked on the phone without network: what lianfang/engines/passes/ does on the server.
//
//   const check = await checkPass(text, keys, { now, latestSeen, place, household, revoked });
//   check.code              // "valid", or why not: see PassCode in engines/passes/checking.py
//   check.claims            // whose pass it is, whenever the signature was good
//   situation.shown = forSituation(check, household);
//
// `keys` is what KeyRing.as_data() gives; times are whole seconds. Ed25519 comes from the browser, and from
// @noble/ed25519 where the browser has none. Both sides are held to lianfang/engines/passes/vectors.json.

const PREFIX = "LF1:";
const HEAD = bytesOfHex("d28449a201270444");
const KID = 4;
const SIGNATURE = 64;
const SHORTEST_PAYLOAD = 24;
const LONGEST_PAYLOAD = 1000;
const OWN_CLAIM = -65537;
const KINDS = ["household", "person", "vehicle", "staff"];
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const SPOKEN = "23456789ACEFHJKMNPRTWXY";
const READ_AS = { S: "5", Z: "2", G: "6", B: "8" };

export async function checkPass(text, keys, options) {
  const { now, latestSeen, place = "", household = "", revoked = new Set(), verify = verifySignature } = options;
  const found = readEnvelope(text);
  if (!found) return { code: "unreadable", claims: null };
  const kid = hexOfBytes(found.kid);
  const key = keys.find((one) => one.kid === kid);
  if (!key) return { code: "unknown_key", claims: null };
  const isGenuine = await verify(bytesOfBase64(key.public), found.signature, signedBytes(found));
  if (!isGenuine) return { code: "tampered", claims: null };
  const claims = claimsOf(found.payload);
  if (!claims) return { code: "unreadable", claims: null };
  let code = codeOf(claims, key, now, Math.max(latestSeen, claims.issued_at), revoked);
  if (code === "valid" && place && !claims.places.includes("*") && !claims.places.includes(place)) {
    code = "wrong_place";
  }
  if (code === "valid" && household && householdOf(claims) !== household) code = "other_household";
  return { code, claims };
}

// The `shown` of a gate's situation; give the household that the check compared with, if any.
export function forSituation({ code, claims }, household = "") {
  const shown = { state: code };
  if (claims) {
    const { kind, number, colour, phase, valid_from } = claims;
    Object.assign(shown, { kind, number, colour, phase, valid_from });
    if (household) shown.same_household = householdOf(claims) === household;
  }
  return shown;
}

// The clock was set back if it stands before a moment that this phone has already met. `at` is kept where it
// survives a restart; every trusted time goes in (the server's, a genuine pass's issue, each own record).
export class LatestSeen {
  constructor(at = 0) {
    this.at = at;
  }

  see(moment) {
    this.at = Math.max(this.at, moment);
  }

  isSetBack(now) {
    return now < this.at;
  }
}

// The revoked numbers as of a version, kept up to date by differences. Throws `revocations_gap` where a
// difference begins at another version: then the whole list is fetched (a difference from version 0).
export function withDelta({ version, numbers }, delta) {
  if (delta.from !== version) throw new Error("revocations_gap");
  const next = new Set(numbers);
  delta.drop.forEach((one) => next.delete(one));
  delta.add.forEach((one) => next.add(one));
  return { version: delta.to, numbers: next };
}

// The spoken code of four characters from what was heard or typed; null where a character is wrong.
export function readSpoken(said) {
  const code = [...said.normalize("NFKC").toUpperCase().replace(/[ \-\u2010\u2011\u2013\u00b7\t]/g, "")]
    .map((sign) => READ_AS[sign] ?? sign)
    .join("");
  const values = [...code].map((sign) => SPOKEN.indexOf(sign));
  if (values.length !== 4 || values.some((one) => one < 0)) return null;
  const sum = 2 * values[0] + 3 * values[1] + 4 * values[2] + values[3];
  return sum % SPOKEN.length === 5 ? code : null;
}

// What the last uses of the same pass ({ at, direction, person, gate }) speak against this one: hints, no verdict.
export function replayHints(uses, { now, direction, person = "", gate = "", withinMinutes = 30 }) {
  const recent = uses.filter((use) => now - withinMinutes * 60 <= use.at && use.at <= now);
  const last = uses.reduce((latest, use) => (latest && latest.at >= use.at ? latest : use), null);
  const minutesSince = (some) =>
    some.length ? Math.floor((now - Math.max(...some.map((use) => use.at))) / 60) : null;
  return {
    still_out: last !== null && direction === "out" && last.direction === "out",
    other_person_minutes: minutesSince(
      recent.filter((use) => person && use.person && use.person !== person),
    ),
    other_gate_minutes: minutesSince(recent.filter((use) => gate && use.gate && use.gate !== gate)),
  };
}

// ---- the browser's Ed25519, or noble's ----

let native = true;
const imported = new Map();

export async function verifySignature(publicKey, signature, message) {
  if (native) {
    try {
      return await verifyByBrowser(publicKey, signature, message);
    } catch {
      native = false; // NotSupportedError: this browser knows no Ed25519
    }
  }
  return verifyByNoble(publicKey, signature, message);
}

export async function verifyByBrowser(publicKey, signature, message) {
  const name = hexOfBytes(publicKey);
  let key = imported.get(name);
  if (!key) {
    key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"]);
    imported.set(name, key);
  }
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, message);
}

export async function verifyByNoble(publicKey, signature, message) {
  const noble = await import("../../vendor/noble-ed25519-3.2.0/ed25519.js");
  try {
    return await noble.verifyAsync(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

// ---- what the claims are worth ----

function codeOf(claims, key, now, latestSeen, revoked) {
  const issued = claims.issued_at;
  const retired = key.retired_at !== null && issued >= key.retired_at;
  if (key.withdrawn || retired || issued < key.active_from) return "key_retired";
  if (now < latestSeen) return "clock_set_back";
  if (revoked.has(claims.number)) return "revoked";
  if (now < claims.valid_from) return "not_yet_valid";
  return now >= claims.valid_until ? "expired" : "valid";
}

function householdOf(claims) {
  return claims.kind === "household" ? claims.subject : claims.household;
}

function claimsOf(payload) {
  try {
    const read = decodeCbor(payload);
    const own = read.get(OWN_CLAIM);
    const places = Array.isArray(read.get(3)) ? read.get(3) : [read.get(3)];
    const kind = KINDS[own.get(2)];
    if (kind === undefined) return null;
    return {
      number: own.get(1),
      kind,
      subject: unpacked(read.get(2)),
      places: places.map(unpacked),
      valid_from: read.get(5),
      valid_until: read.get(4),
      issued_at: read.get(6),
      household: unpacked(own.get(3) ?? ""),
      label: own.get(4) ?? "",
      colour: own.get(5) ?? "",
      phase: own.get(6) ?? "",
      persons: own.get(7) ?? 0,
    };
  } catch {
    return null;
  }
}

function unpacked(identity) {
  if (!(identity instanceof Uint8Array)) return identity;
  return hexOfBytes(identity).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// ---- the envelope: compared byte by byte, as engines/passes/envelope.py describes it ----

function readEnvelope(text) {
  const trimmed = text.trim();
  if (!trimmed.startsWith(PREFIX) || trimmed.length > 2 * LONGEST_PAYLOAD) return null;
  const message = decodeBase45(trimmed.slice(PREFIX.length));
  if (!message || !HEAD.every((byte, index) => message[index] === byte)) return null;
  let at = HEAD.length;
  const kid = message.slice(at, (at += KID));
  if (message[at++] !== 0xa0) return null;
  let size;
  if (message[at] === 0x58) {
    size = message[at + 1];
    at += 2;
    if (size < SHORTEST_PAYLOAD) return null;
  } else if (message[at] === 0x59) {
    size = message[at + 1] * 256 + message[at + 2];
    at += 3;
    if (size < 256 || size > LONGEST_PAYLOAD) return null;
  } else {
    return null;
  }
  const payload = message.slice(at, (at += size));
  if (payload.length !== size || message.length !== at + 2 + SIGNATURE) return null;
  if (message[at] !== 0x58 || message[at + 1] !== SIGNATURE) return null;
  return { kid, payload, signature: message.slice(at + 2) };
}

function signedBytes({ kid, payload }) {
  const size = payload.length;
  const head = size < 256 ? [0x58, size] : [0x59, size >> 8, size & 255];
  return new Uint8Array([
    0x84, 0x6a, ...new TextEncoder().encode("Signature1"), 0x49, ...HEAD.slice(3), ...kid, 0x40, ...head, ...payload,
  ]);
}

function decodeBase45(text) {
  if (text.length % 3 === 1) return null;
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const values = [...text.slice(at, at + 3)].map((sign) => BASE45.indexOf(sign));
    if (values.some((one) => one < 0)) return null;
    const value = values[0] + 45 * values[1] + 2025 * (values[2] ?? 0);
    if (value > (values.length === 3 ? 0xffff : 0xff)) return null;
    if (values.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return new Uint8Array(bytes);
}

// Whole numbers, bytes, texts, lists and maps: all that a pass holds (RFC 8949).
function decodeCbor(bytes) {
  let at = 0;
  const take = (count) => {
    if (at + count > bytes.length) throw new Error("cut off");
    return bytes.slice(at, (at += count));
  };
  const length = (short) => {
    if (short < 24) return short;
    if (short > 27) throw new Error("not of this form");
    return take(2 ** (short - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
  };
  const item = () => {
    const [first] = take(1);
    const size = length(first & 31);
    switch (first >> 5) {
      case 0:
        return size;
      case 1:
        return -1 - size;
      case 2:
        return take(size);
      case 3:
        return new TextDecoder("utf-8", { fatal: true }).decode(take(size));
      case 4:
        return Array.from({ length: size }, item);
      case 5:
        return new Map(Array.from({ length: size }, () => [item(), item()]));
      default:
        throw new Error("not of this form");
    }
  };
  const whole = item();
  if (at !== bytes.length) throw new Error("not of this form");
  return whole;
}

function bytesOfHex(hex) {
  return new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));
}

function hexOfBytes(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOfBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
