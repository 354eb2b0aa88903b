"""What the two languages and the reference pages share about gates and passes, written out of one source.

    python tools/gates.py

writes the words of `codes.toml` into the JavaScript twin (`field/rules/wording.js`) and into the lists of
`docs/reference/gate-rules*.md`, and two files of vectors that both languages are held to: the gate's (every
case of `engines/rules/gates/tests/cases.py`, and further situations that hypothesis makes up from a fixed
seed, each with the decision and its words) and the passes' (`engines/passes/tests/cases.py`). What a change
of the rules does shows in their diff.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))

SEED = 20200219
MADE_UP = 18
"""Made-up situations a profile."""

GATES = HOUSE / "lianfang" / "engines" / "rules" / "gates"
PASSES = HOUSE / "lianfang" / "engines" / "passes"
FIELD = HOUSE / "lianfang" / "field" / "static" / "field"
PAGES = HOUSE / "docs" / "reference"


def main() -> int:
    (FIELD / "rules" / "wording.js").write_text(wording_module(), encoding="utf-8")
    (GATES / "vectors.json").write_text(gate_vectors(), encoding="utf-8")
    (PASSES / "vectors.json").write_text(pass_vectors(), encoding="utf-8")
    for suffix, language in ((".md", "zh"), (".en.md", "en")):
        page = PAGES / f"gate-rules{suffix}"
        page.write_text(with_lists(page.read_text(encoding="utf-8"), language), encoding="utf-8")
    return 0


def wording_module() -> str:
    from lianfang.engines.rules.gates.wording import catalogue

    words = json.dumps(catalogue(), ensure_ascii=False, indent=1)
    return (
        "// Written by tools/gates.py from lianfang/engines/rules/gates/codes.toml: change it there.\n"
        f"export const WORDS = {words};\n"
    )


def gate_vectors() -> str:
    from lianfang.engines.rules.gates import compile_rules, decide, say
    from lianfang.engines.rules.gates.tests.builders import RULES
    from lianfang.engines.rules.gates.tests.cases import CASES

    gates = {name: compile_rules(rules) for name, rules in RULES.items()}
    asked = [(case.name, case.profile, case.situation) for case in CASES]
    asked += [
        (f"made up {name} {index}", name, situation)
        for name in RULES
        for index, situation in enumerate(made_up(name))
    ]
    lines = []
    for title, profile, situation in asked:
        decision = decide(gates[profile], situation)
        words = [
            list(_words(say(decision, RULES[profile], offset=situation["offset"], language=language)))
            for language in ("zh", "en")
        ]
        line = {
            "name": title,
            "profile": profile,
            "situation": situation,
            "decision": decision.as_data(),
            "words": words,
        }
        lines.append(json.dumps(line, ensure_ascii=False))
    profiles = ",\n".join(
        f'"{name}": {json.dumps(rules, ensure_ascii=False)}' for name, rules in RULES.items()
    )
    return '{"profiles": {\n' + profiles + '\n},\n"vectors": [\n' + ",\n".join(lines) + "\n]}\n"


def made_up(profile: str) -> list[Any]:
    """The same situations at every run with the same hypothesis."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from lianfang.engines.rules.gates.tests.strategies import situations

    found: list[Any] = []

    @seed(SEED + sum(map(ord, profile)))
    @settings(
        max_examples=6 * MADE_UP,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(situations())
    def collect(situation: Any) -> None:
        found.append(situation)

    collect()
    found.sort(key=lambda one: -len(json.dumps(one)))
    return found[: len(found) // 2 : max(1, len(found) // 2 // MADE_UP)][:MADE_UP]


def pass_vectors() -> str:
    from lianfang.engines.passes import PassCheck, check_pass, spoken_code
    from lianfang.engines.passes.tests.cases import CASES, NOT_SPOKEN

    def found(check: PassCheck) -> dict[str, Any]:
        return {"code": check.code.value, "claims": check.claims and asdict(check.claims)}

    lines = []
    for case in CASES:
        asked = case.asked
        check = check_pass(case.text, case.keys, **{**asked, "revoked": frozenset(asked["revoked"])})
        line = {
            "name": case.name,
            "text": case.text,
            "keys": case.keys.as_data(),
            "options": asked,
            "check": found(check),
            "shown": check.for_situation(asked["household"]),
        }
        lines.append(json.dumps(line, ensure_ascii=False))
    codes = [spoken_code(b"a secret of the tests", "place", f"FX-{index}") for index in range(20)]
    spoken = [[code, code] for code in codes] + [[said, None] for said in NOT_SPOKEN]
    spoken += [[f" {codes[0][:2]}-{codes[0][2:].lower()} ", codes[0]], [codes[1][::-1], None]]
    return (
        '{"checks": [\n' + ",\n".join(lines) + '\n],\n"spoken": '
        + json.dumps(spoken, ensure_ascii=False) + "}\n"
    )  # fmt: skip


def with_lists(page: str, language: str) -> str:
    """The page with its lists (between `<!-- list:NAME -->` and `<!-- end -->`) brought up to date."""
    rows = {"codes": _code_rows(language), "parameters": _parameter_rows(language)}
    for name, lines in rows.items():
        page = re.sub(
            rf"(<!-- list:{name} -->\n).*?(<!-- end -->)",
            lambda found, lines=lines: found[1] + "\n".join(lines) + "\n" + found[2],  # type: ignore[misc]
            page,
            flags=re.DOTALL,
        )
    return page


def _code_rows(language: str) -> Iterator[str]:
    from lianfang.engines.rules.gates.wording import catalogue

    suffix = "_en" if language == "en" else ""
    words = catalogue()
    note = "note" if language == "en" else "记注"
    yield {
        "en": "| code | outcome | meaning | to say | instead |",
        "zh": "| 代码 | 处置 | 含义 | 对人说 | 可以怎么办 |",
    }[language]
    yield "| --- | --- | --- | --- | --- |"
    for code, entry in words["codes"].items():
        outcome = words["outcomes"][entry["outcome"]]["title" + suffix] if entry["outcome"] else note
        cells = (entry["title" + suffix], entry["say" + suffix], entry.get("instead" + suffix, ""))
        yield f"| `{code}` | {outcome} | " + " | ".join(cells) + " |"


def _parameter_rows(language: str) -> Iterator[str]:
    from lianfang.engines.rules import load_schema

    yield "| rule | type | meaning |" if language == "en" else "| 规则 | 类型 | 含义 |"
    yield "| --- | --- | --- |"
    for parameter in load_schema("gate").parameters.values():
        title = parameter.title_en if language == "en" else parameter.title
        must = "" if parameter.required else (" (optional)" if language == "en" else "（可不写）")
        yield f"| `{parameter.code}` | {parameter.type} | {title}{must} |"
        for field in parameter.fields.values():
            title = field.title_en if language == "en" else field.title
            choices = ": " + ", ".join(f"`{one}`" for one in field.choices) if field.choices else ""
            yield f"| `{parameter.code}.{field.code}` | {field.type} | {title}{choices} |"


def _words(words: Any) -> tuple[str, str, str]:
    return words.title, words.say, words.instead


if __name__ == "__main__":
    os.chdir(HOUSE)
    sys.exit(main())
