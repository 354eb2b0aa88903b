"""What holds of every template, style and script of the house."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

import lianfang

PACKAGE = Path(lianfang.__file__).parent
STATIC = PACKAGE / "web" / "static"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SCRIPTS = [path for path in sorted(PACKAGE.glob("*/static/**/*.js")) if "vendor" not in path.parts]
STYLES = [path for path in sorted(PACKAGE.glob("*/static/**/*.css")) if "vendor" not in path.parts]
VENDOR = STATIC / "vendor"
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Says itself in both languages: no translation works on the page that shows when nothing else does.
BOTH_LANGUAGES = {"500.html"}
# A language is called by its own name.
OWN_NAME = "中文"


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"\shx-on\b|\shx-on:", text)
    assert "javascript:" not in text
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.S):
        assert "src=" in attributes or "application/json" in attributes, content


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_template_loads_nothing_from_elsewhere(path: Path) -> None:
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_chinese_of_a_template_is_translated(path: Path) -> None:
    if path.name in BOTH_LANGUAGES:
        return
    inside = False
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if token.token_type is TokenType.BLOCK:
            inside = token.contents.startswith(("blocktrans", "plural"))
        elif token.token_type is TokenType.TEXT and not inside:
            text = re.sub(r"<!--.*?-->", "", token.contents, flags=re.S)
            assert not CHINESE.search(text.replace(OWN_NAME, "")), text.strip()


@pytest.mark.parametrize("path", STYLES, ids=named)
def test_style_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "@import" not in text
    assert not re.search(r"url\((?![\"']?data:)[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_script_builds_no_markup_and_no_code_from_texts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    builders = r"\beval\(|new Function\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write"
    assert not re.search(builders, text)


def test_every_icon_that_is_asked_for_is_in_the_icon_file() -> None:
    file = (VENDOR / "bootstrap-icons-1.13.2" / "icons.svg").read_text(encoding="utf-8")
    icons = set(re.findall(r'<symbol id="([^"]+)"', file))
    asked: dict[str, str] = {}
    for path in [*TEMPLATES, *sorted(PACKAGE.glob("*/*.py")), *sorted(PACKAGE.glob("*/registrations/*.py"))]:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'{%\s*icon "([^"]+)"|\bicon="([^"]+)"', text):
            asked["".join(name)] = named(path)
    assert {name: where for name, where in asked.items() if name not in icons} == {}


def test_vendored_files_are_the_ones_of_the_list() -> None:
    listed = json.loads((VENDOR / "vendored.json").read_text(encoding="utf-8"))
    for one in listed:
        digest = hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest()
        assert digest == one["sha256"], one["file"]
        assert one["licence"]
        assert one["version"] in one["file"]
    there = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert there == {one["file"] for one in listed} | {"vendored.json"}


PAIRS = [
    *((ink, ground) for ink in ("--ink", "--ink-2", "--link", "--urgent") for ground in
      ("--ground", "--surface", "--surface-2")),
    *((f"--{tone}", f"--{tone}-soft") for tone in ("done", "waiting", "new", "urgent", "stopped")),
    ("--on-deep", "--deep"),
    ("--on-deep-quiet", "--deep"),
    ("--link", "--deep-soft"),
    ("--ink", "--mark"),
]  # fmt: skip
THEMES = [":root", '[data-bs-theme="dark"]']


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_colours_can_be_read_at_the_desk(theme: str, text: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1; running text 7 to 1 (1.4.6)."""
    colours = _colours(theme)
    assert _contrast(colours[text], colours[ground]) >= (7.0 if text == "--ink" else 4.5)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_colours_can_be_read_on_a_phone_in_sunlight_and_at_night(theme: str, text: str, ground: str) -> None:
    """WCAG 2.2, 1.4.6: 7 to 1."""
    colours = {**_colours(theme), **_colours(theme, on_phone=_phone_part())}
    assert _contrast(colours[text], colours[ground]) >= 7.0


def _colours(theme: str, on_phone: str = "") -> dict[str, str]:
    text = on_phone or (STATIC / "web" / "tokens.css").read_text(encoding="utf-8")
    block = re.search(re.escape(theme) + r" \{(.*?)\}", text, re.S)
    assert block
    return dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]{6});", block.group(1)))


def _phone_part() -> str:
    text = (STATIC / "web" / "tokens.css").read_text(encoding="utf-8")
    return text[text.index("@media (max-width: 640px)") :]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
