"""The rules of a gate and the check of passes, as the phone runs them: held to the vectors of the server."""

import json
from pathlib import Path

from playwright.sync_api import Page

from e2e.conftest import Live
from lianfang.engines import passes
from lianfang.engines.rules import gates

GATE_VECTORS = Path(gates.__file__).parent / "vectors.json"
PASS_VECTORS = Path(passes.__file__).parent / "vectors.json"

_DECIDE_ALL = """async ({ profiles, vectors }) => {
  const { compileRules, decide, say } = await import("/static/field/rules/gates.js");
  const sorted = (value) => JSON.stringify(value, (key, one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort()) : one);
  const gates = {};
  const differing = [];
  for (const { name, profile, situation, decision, words } of vectors) {
    gates[profile] ??= compileRules(profiles[profile]);
    const mine = decide(gates[profile], situation);
    const said = ["zh", "en"].map((language) => {
      const { title, say: sentence, instead } = say(mine, profiles[profile], situation.offset, language);
      return [title, sentence, instead];
    });
    if (sorted(mine) !== sorted(decision) || sorted(said) !== sorted(words)) differing.push(name);
  }
  return { count: vectors.length, differing };
}"""


def test_the_phone_decides_every_vector_as_the_server_does(phone: Page, live: Live) -> None:
    phone.goto(live.url("account_login"))
    vectors = json.loads(GATE_VECTORS.read_text(encoding="utf-8"))
    found = phone.evaluate(_DECIDE_ALL, vectors)
    assert found["differing"] == []
    assert found["count"] >= 300


_CHECK_ALL = """async ({ checks, spoken }) => {
  const passes = await import("/static/field/passes/passes.js");
  const sorted = (value) => JSON.stringify(value, (key, one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort()) : one);
  const differing = [];
  const verifiers = { chosen: passes.verifySignature, noble: passes.verifyByNoble };
  for (const [with_, verify] of Object.entries(verifiers)) {
    for (const { name, text, keys, options, check, shown } of checks) {
      const { now, latest_seen: latestSeen, place, household } = options;
      const revoked = new Set(options.revoked);
      const mine = await passes.checkPass(text, keys, { now, latestSeen, place, household, revoked, verify });
      const same = sorted(mine) === sorted(check)
        && sorted(passes.forSituation(mine, household)) === sorted(shown);
      if (!same) differing.push(`${with_}: ${name}`);
    }
  }
  for (const [said, code] of spoken) {
    if (passes.readSpoken(said) !== code) differing.push(`spoken ${said}`);
  }
  const old = { version: 0, numbers: new Set() };
  const one = passes.withDelta(old, { from: 0, to: 2, add: ["FX-1", "FX-2"], drop: [] });
  const two = passes.withDelta(one, { from: 2, to: 3, add: ["FX-3"], drop: ["FX-1"] });
  if ([...two.numbers].join() !== "FX-2,FX-3" || two.version !== 3) differing.push("revocations");
  let gap = "";
  try { passes.withDelta(old, { from: 2, to: 3, add: [], drop: [] }); } catch (error) { gap = error.message; }
  if (gap !== "revocations_gap") differing.push("gap");
  const hints = passes.replayHints(
    [{ at: 1000, direction: "out", person: "wang", gate: "east" }],
    { now: 1720, direction: "out", person: "li", gate: "west" });
  if (sorted(hints) !== sorted({ still_out: true, other_person_minutes: 12, other_gate_minutes: 12 })) {
    differing.push("replay");
  }
  return { count: checks.length, differing };
}"""


def test_the_phone_checks_every_pass_as_the_server_does(phone: Page, live: Live) -> None:
    """Also where the browser itself knows no Ed25519 (`noble`)."""
    phone.goto(live.url("account_login"))
    found = phone.evaluate(_CHECK_ALL, json.loads(PASS_VECTORS.read_text(encoding="utf-8")))
    assert found["differing"] == []
    assert found["count"] >= 40
