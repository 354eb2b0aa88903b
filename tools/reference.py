"""The lists of the reference pages, written out of the code; what people wrote around them is kept.

    python tools/reference.py

In `docs/reference/` it brings up to date, in Chinese and in English (`*.en.md`): the options of each
command (`command-line`), the columns of each record (`records`), the rights of each role (`roles`) and
the rows of the error codes (`errors`). A list stands between `<!-- list:NAME -->` and `<!-- end -->`; a
record or a command that has no heading yet gets one at the end. Rows of codes keep the words that stand
in them.
`tests/documentation/` holds the pages against the code by the same functions.
"""

import argparse
import ast
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "lianfang"
PAGES = HOUSE / "docs" / "reference"
LANGUAGES = {"zh-hans": ".md", "en": ".en.md"}

# Exception → where its code stands among its arguments.
_CODE_AT = {
    "Refused": 1,
    "field_error": 2,
    "ValidationError": 1,
    "BackupUnreadable": 1,
    "SourceError": 0,
    "PaperError": 0,
    "FigureError": 0,
    "RuleProfileError": 0,
    "PassError": 0,
    "Refusal": 1,
    "NotSignedIn": 1,
    "Letter": 4,
    "Why": 0,
    "failure": 1,
}
_CODE = re.compile(r"[a-z][a-z0-9_.]*")
_EXCEPTION = re.compile("Error|Exception|Denied")
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Code:
    """An error code, the parts of the house that raise it, and the first sentence that goes with it."""

    code: str
    rooms: frozenset[str]
    sentence: str


def error_codes() -> dict[str, Code]:
    """Every code that the source gives to a refusal, found by reading it."""
    found: dict[str, Code] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        if {"tests", "migrations", "scenarios"} & set(parts):
            continue
        room = ".".join(parts[:2]) if parts[0] == "engines" else parts[0]
        for code, sentence in _codes_of(ast.parse(path.read_text(encoding="utf-8"))):
            known = found.get(code, Code(code, frozenset(), ""))
            found[code] = Code(code, known.rooms | {room}, known.sentence or sentence)
    return dict(sorted(found.items()))


def settings_names() -> set[str]:
    """The environment variables that the settings and the command line read."""
    names: set[str] = set()
    for path in [PACKAGE / "settings.py", *sorted((PACKAGE / "commandline").glob("*.py"))]:
        names |= set(re.findall(r'"(LIANFANG_[A-Z_]+|DATABASE_URL)"', path.read_text(encoding="utf-8")))
    return names


def columns_of_every_record() -> set[str]:
    """The columns that the page of records describes once for all."""
    from lianfang.book.records import Record

    return {field.name for field in Record._meta.get_fields()}


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Each command and sub-command ("user add") with its parser."""
    from lianfang.commandline import COMMANDS, parser_for

    found: dict[str, argparse.ArgumentParser] = {}

    def walk(parser: argparse.ArgumentParser, name: str) -> None:
        for act in parser._actions:
            if isinstance(act, argparse._SubParsersAction):
                for word, below in act.choices.items():
                    walk(below, f"{name} {word}".strip())
                return
        found[name] = parser

    walk(parser_for(frozenset(COMMANDS)), "")
    return found


def options(parser: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """The arguments of a command but --help, as they are typed, with their explanations."""
    found = []
    for act in parser._actions:
        if isinstance(act, argparse._HelpAction):
            continue
        typed = act.option_strings[-1] if act.option_strings else str(act.metavar or act.dest)
        if act.option_strings and act.nargs != 0:
            typed += f" {act.metavar or act.dest.upper()}"
        found.append((typed, parser._get_formatter()._expand_help(act) if act.help else ""))
    return found


def main() -> int:
    os.environ.setdefault("LIANFANG_DATA", tempfile.mkdtemp(prefix="lianfang-reference-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.settings")
    sys.path.insert(0, str(HOUSE))
    from lianfang.commandline.catalogues import compile_catalogues

    compile_catalogues()
    import django
    from django.utils import translation

    django.setup()
    for language, suffix in LANGUAGES.items():
        _speak(language)
        with translation.override(language):
            for name, fill in _FILLERS.items():
                path = PAGES / f"{name}{suffix}"
                path.write_text(fill(path.read_text(encoding="utf-8"), language), encoding="utf-8")
    return 0


def entry_names(page: str) -> set[str]:
    """What a page has entries for: the code words of its headings and of the first cells of its tables."""
    names: set[str] = set()
    for line in page.splitlines():
        if line.startswith("#"):
            names |= set(re.findall(r"`([^`]+)`", line))
        elif line.startswith("| `"):
            names.add(line.split("`")[1])
    return names


def _codes_of(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(map(_EXCEPTION.search, _bases(node))):
            for line in node.body:
                if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "code":
                    yield _text(line.value) or "", (ast.get_docstring(node) or "").split("\n")[0]
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if isinstance(node.func, ast.Attribute) and name == "__init__":
            name = "Refused"
        if name not in _CODE_AT:
            continue
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        place = _CODE_AT[name]
        value = given.get("code") or (node.args[place] if len(node.args) > place else None)
        code = _text(value)
        if code and _CODE.fullmatch(code):
            others = [_text(argument) for argument in node.args if argument is not value]
            others += [_text(inner) for key, inner in given.items() if key != "code"]
            sentence = next((text for text in reversed(others) if text and not _CODE.fullmatch(text)), "")
            yield code, sentence


def _bases(node: ast.ClassDef) -> list[str]:
    return [getattr(base, "id", getattr(base, "attr", "")) for base in node.bases]


def _text(node: ast.AST | None) -> str | None:
    """The literal text of an expression, with … where a value is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            return _text(node.func.value)
        if getattr(node.func, "id", "") in {"_", "gettext", "ngettext", "field_error", "str"} and node.args:
            return _text(node.args[0])
    return None


def _speak(language: str) -> None:
    """Let the command line, which reads the environment once, speak this language."""
    from lianfang.commandline import language as spoken

    os.environ["LANGUAGE"] = "en" if language == "en" else "zh_CN"
    spoken._catalogue.cache_clear()


def _command_line(page: str, language: str) -> str:
    for name, parser in parsers().items():
        rows = [f"| `{typed}` | {_cell(explained)} |" for typed, explained in options(parser)]
        if rows:
            rows = [_heads(language, ("参数", "说明"), ("Argument", "Meaning")), "| --- | --- |", *rows]
        else:
            rows = ["没有参数。" if language != "en" else "No arguments."]
        page = _with_list(page, f"lianfang {name}", "", rows)
    return page


def _records(page: str, language: str) -> str:
    from lianfang.book.checks import record_models

    of_every_record = columns_of_every_record()
    heads = _heads(language, ("栏目", "名称"), ("Column", "Name"))
    for model in sorted(record_models(), key=lambda model: model._meta.label):
        rows = [
            f"| {field.name} | {_named(field, language)} |"
            for field in model._meta.concrete_fields
            if field.name not in of_every_record
        ]
        title = str(model._meta.verbose_name)
        page = _with_list(page, model._meta.label, title, [heads, "| --- | --- |", *rows])
    return page


def _named(field: Any, language: str) -> str:
    """A column in words: as forms call it, in English by its own name where it has no translation."""
    words = _cell(str(field.verbose_name))
    return field.name.replace("_", " ") if language == "en" and _CHINESE.search(words) else words


def _roles(page: str, language: str) -> str:
    from lianfang.book.rights import RIGHTS_OF_ROLE, Right, Role

    rows = [_heads(language, ("角色", "权限"), ("Role", "Rights")), "| --- | --- |"]
    for role in Role:
        rights = [str(right) for right in Right if right in RIGHTS_OF_ROLE[role]]
        rows.append(f"| `{role.value}` {role.label} | {', '.join(rights)} |")
    return _with_list(page, "role", "", rows)


def _errors(page: str, language: str) -> str:
    kept = dict(re.findall(r"^\| `([^`]+)` \| [^|]* \| (.*) \|$", page, re.MULTILINE))
    rows = [_heads(language, ("代码", "出处", "意思"), ("Code", "Where", "Meaning")), "| --- | --- | --- |"]
    if language == "en":
        kept = {code: words for code, words in kept.items() if not _CHINESE.search(words)}
    for code in error_codes().values():
        words = kept.get(code.code) or _cell(_translated(code.sentence, language)) or "…"
        rows.append(f"| `{code.code}` | {', '.join(sorted(code.rooms))} | {words} |")
    return _with_list(page, "code", "", rows)


def _translated(sentence: str, language: str) -> str:
    from django.utils.translation import gettext

    return gettext(sentence) if language == "en" and sentence else sentence


def _heads(language: str, chinese: tuple[str, ...], english: tuple[str, ...]) -> str:
    return "| " + " | ".join(english if language == "en" else chinese) + " |"


def _cell(text: str) -> str:
    return " ".join(re.sub(r"%\((\w+)\)[sd]|\{(\w+)[^}]*\}", "…", text).replace("|", "\\|").split())


def _with_list(page: str, name: str, title: str, rows: list[str]) -> str:
    """The page with the list `name` renewed; a new entry with its heading goes to the end."""
    begin, end = f"<!-- list:{name} -->", "<!-- end -->"
    block = "\n".join([begin, "", *rows, "", end])
    if begin in page:
        before, rest = page.split(begin, 1)
        return before + block + rest.split(end, 1)[1]
    return f"{page.rstrip()}\n\n### `{name}` {title}".rstrip() + f"\n\n{block}\n"


_FILLERS: dict[str, Callable[[str, str], str]] = {
    "command-line": _command_line,
    "records": _records,
    "roles": _roles,
    "errors": _errors,
}

if __name__ == "__main__":
    sys.exit(main())
