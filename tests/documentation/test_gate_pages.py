"""What the languages and pages share about gates comes out of one source."""

import pytest

from tools import gates


def test_the_words_of_the_phone_are_those_of_the_server() -> None:
    written = (gates.FIELD / "rules" / "wording.js").read_text(encoding="utf-8")
    assert written == gates.wording_module(), "python tools/gates.py"


@pytest.mark.parametrize(("suffix", "language"), [(".md", "zh"), (".en.md", "en")])
def test_every_rule_and_code_of_gates_stands_in_the_reference(suffix: str, language: str) -> None:
    page = (gates.PAGES / f"gate-rules{suffix}").read_text(encoding="utf-8")
    assert gates.with_lists(page, language) == page, "python tools/gates.py"
