"""The phone page: what it may run, what a phone keeps of it, and that nobody has to sign in to open it."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from lianfang.field import files

STATIC = Path(files.__file__).parent / "static" / "field"
SCRIPTS = sorted(
    path for path in STATIC.rglob("*.js") if path.parent.name not in {"words", "rules", "passes"}
)
_SAID = re.compile(r"\bt\('((?:[^'\\]|\\.)*)'")


def test_page_opens_without_signing_in_and_holds_nobodys_data(client: Client) -> None:
    page = client.get("/field/")
    assert page.status_code == 200
    assert 'type="module"' in page.content.decode()


def test_only_this_page_may_run_web_assembly(client: Client) -> None:
    assert "wasm-unsafe-eval" in client.get("/field/")["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in client.get("/field/app.webmanifest")["Content-Security-Policy"]


def test_page_may_run_nothing_inline_and_ask_nobody_else(client: Client) -> None:
    policy = client.get("/field/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "connect-src 'self'" in policy


def test_worker_keeps_every_file_that_the_page_asks_for(client: Client) -> None:
    text = client.get("/field/worker.js").content.decode()
    kept = json.loads(re.match(r"const HOUSE = (.*)\n", text).group(1))  # type: ignore[union-attr]
    for path in [*STATIC.rglob("*.js"), *STATIC.rglob("*.css")]:
        if path.name != "worker.js":
            assert f"/static/field/{path.relative_to(STATIC)}" in kept["files"]
    assert any(name.endswith("zxing_reader.wasm") for name in kept["files"])


def test_worker_is_another_one_when_a_file_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = files._version.__wrapped__()
    other = tmp_path / "app.js"
    other.write_text("// changed", encoding="utf-8")
    monkeypatch.setattr(files, "phone_files", lambda: {"field/app.js": other})
    assert files._version.__wrapped__() != before


def test_page_can_be_put_on_the_home_screen(client: Client) -> None:
    manifest = json.loads(client.get("/field/app.webmanifest").content)
    assert manifest["start_url"] == manifest["scope"] == "/field/"
    assert manifest["display"] == "standalone"
    assert manifest["icons"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(STATIC)))
def test_every_text_of_the_phone_has_its_english(path: Path) -> None:
    said = set(_SAID.findall(path.read_text(encoding="utf-8")))
    assert sorted(said - _english()) == []


def test_no_english_stands_for_a_text_that_is_gone() -> None:
    said = {text for path in STATIC.rglob("*.js") for text in _SAID.findall(path.read_text(encoding="utf-8"))}
    assert sorted(_english() - said) == []


def _english() -> set[str]:
    text = (STATIC / "words" / "en.js").read_text(encoding="utf-8")
    return {
        quoted or bare
        for quoted, bare in re.findall(r"^  (?:'((?:[^'])*)'|(\w+)): ['\"]", text, re.MULTILINE)
    }


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_chinese_of_the_phone_goes_untranslated(path: Path) -> None:
    """Outside comments, plates and folding of typed rooms, Chinese stands only in t('…')."""
    if path.name in {"plates.js", "lookup.js", "settings.js"}:
        return
    text = re.sub(r"(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"))
    bare = _SAID.sub("", text)
    assert not re.search(r"[\u4e00-\u9fff]", bare)


_PAIRS = [
    *((ink, ground) for ink in ("--ink", "--ink-2") for ground in ("--ground", "--surface", "--sunken")),
    *((f"--{tone}", f"--{tone}-soft") for tone in ("go", "wait", "stop")),
    *((f"--{tone}", "--surface") for tone in ("go", "wait", "stop")),
    *(("--on-strong", f"--{tone}") for tone in ("go", "wait", "stop")),
    *(("--ink", f"--{tone}-soft") for tone in ("go", "wait", "stop")),
    ("--on-deep", "--deep"),
    ("--on-deep-2", "--deep"),
    ("--on-deep", "--deep-2"),
]


@pytest.mark.parametrize("theme", [":root {", ':root[data-night="on"] {'])
@pytest.mark.parametrize(("text", "ground"), _PAIRS)
def test_colours_can_be_read_in_sunlight_and_at_night(theme: str, text: str, ground: str) -> None:
    """WCAG 2.2, 1.4.6: 7 to 1."""
    css = (STATIC / "phone.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", css.split(theme, 1)[1].split("}", 1)[0]))
    high, low = sorted((_light(colours[text]), _light(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 7.0


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
