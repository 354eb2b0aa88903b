"""The reference pages have an entry for everything that they promise to describe.

A failure names the missing entries. `python tools/reference.py` writes the lists anew; what a list
cannot say (a setting, a right, an exit code, the sentence below a heading) is written by hand.
"""

import argparse
import re

import pytest

from lianfang.book.checks import record_models
from lianfang.book.rights import RIGHTS_OF_ROLE, Right, Role
from lianfang.commandline.exits import ExitCode
from tools import reference

PAGES = ["command-line", "settings", "roles", "records", "errors"]
SUFFIXES = list(reference.LANGUAGES.values())
HINT = "python tools/reference.py"


def page(name: str, suffix: str) -> str:
    return (reference.PAGES / f"{name}{suffix}").read_text(encoding="utf-8")


def missing(expected: set[str], name: str, suffix: str) -> list[str]:
    return sorted(expected - reference.entry_names(page(name, suffix)))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_there_in_both_languages(name: str, suffix: str) -> None:
    assert len(page(name, suffix)) > 500


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_setting_has_its_entry(suffix: str) -> None:
    assert missing(reference.settings_names(), "settings", suffix) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_setting_is_described_that_is_not_there(suffix: str) -> None:
    described = {
        name for name in reference.entry_names(page("settings", suffix)) if name.isupper() and "_" in name
    }
    assert sorted(described - reference.settings_names()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_command_has_its_heading(suffix: str) -> None:
    commands = {f"lianfang {name}" for name in reference.parsers()}
    assert missing(commands, "command-line", suffix) == [], HINT
    for command in sorted(commands):
        words = _section(page("command-line", suffix), command).split("<!-- list")[0].strip()
        assert words, f"command-line{suffix}: write a sentence below the heading of {command}"


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("command", sorted(reference.parsers()))
def test_every_option_stands_below_its_command(command: str, suffix: str) -> None:
    section = _section(page("command-line", suffix), f"lianfang {command}")
    described = set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE))
    options = {
        word
        for act in reference.parsers()[command]._actions
        if not isinstance(act, argparse._HelpAction)
        for word in act.option_strings
        if word.startswith("--")
    }
    assert sorted(options ^ described) == [], HINT


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_exit_code_has_its_entry(suffix: str) -> None:
    assert missing({str(code.value) for code in ExitCode}, "command-line", suffix) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_role_and_right_has_its_entry(suffix: str) -> None:
    assert missing({*Role.values, *Right.values}, "roles", suffix) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_table_of_roles_says_what_the_code_says(suffix: str) -> None:
    listed = page("roles", suffix).split("<!-- list:role -->")[1]
    for role in Role:
        line = next(line for line in listed.splitlines() if line.startswith(f"| `{role.value}`"))
        assert set(re.findall(r"[a-z_]+", line.split("|")[2])) == set(RIGHTS_OF_ROLE[role]), HINT


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_record_type_has_its_entry_with_a_sentence(suffix: str) -> None:
    labels = {model._meta.label for model in record_models()}
    assert missing(labels, "records", suffix) == [], HINT
    for label in sorted(labels):
        words = _section(page("records", suffix), label).split("<!-- list")[0].strip()
        assert words, f"records{suffix}: write a sentence below the heading of {label}"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_column_of_a_record_has_its_row(suffix: str) -> None:
    for model in record_models():
        section = _section(page("records", suffix), model._meta.label)
        described = set(re.findall(r"^\| ([a-z0-9_]+) \|", section, re.MULTILINE))
        own = {field.name for field in model._meta.concrete_fields} - reference.columns_of_every_record()
        assert sorted(own ^ described) == [], f"{model._meta.label}: {HINT}"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_error_code_has_its_entry(suffix: str) -> None:
    assert missing(set(reference.error_codes()), "errors", suffix) == [], HINT


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_error_code_is_described_that_nothing_raises(suffix: str) -> None:
    described = reference.entry_names(page("errors", suffix).split("<!-- list:code -->")[1])
    assert sorted(described - set(reference.error_codes())) == [], HINT


def test_codes_are_found_where_the_source_raises_them() -> None:
    """The reader of the source sees every way in which a code is given."""
    found = set(reference.error_codes())
    assert {"conflict", "not_allowed", "unstorable_text", "damaged", "zip_bomb", "still_referred_to"} <= found


@pytest.mark.parametrize("name", [name for name in PAGES if name != "errors"])
def test_an_english_page_is_in_english(name: str) -> None:
    """But for the names of the languages and examples in code."""
    text = re.sub(r"`[^`]*`|\[中文\]\([^)]*\)", "", page(name, ".en.md"))
    chinese = [line for line in text.splitlines() if re.search("[\u4e00-\u9fff]", line)]
    assert chinese == []


def _section(text: str, name: str) -> str:
    """What stands below the heading that names `name`, up to the next heading."""
    heading = re.search(rf"^#+ `{re.escape(name)}`.*$", text, re.MULTILINE)
    assert heading, f"no heading for {name}; {HINT}"
    return re.split(r"^#+ ", text[heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]
