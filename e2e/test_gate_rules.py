"""The rules of a gate and the check of passes, as the phone runs them: held to the vectors of the server."""

import json

from playwright.sync_api import Page

from e2e.conftest import Live
from lianfang.engines.rules.gates.profile import PRESET_FOLDER

GATE_VECTORS = PRESET_FOLDER.parent / "vectors.json"

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
