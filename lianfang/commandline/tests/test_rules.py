"""`lianfang rules`: the rules of the gates from the shell."""

import json
from datetime import date
from pathlib import Path

import pytest

from lianfang.book.models import RuleProfile
from lianfang.book.responding import load_rule_profiles
from lianfang.book.rights import Role
from lianfang.commandline import main
from lianfang.people.tests.builders import a_response, an_actor, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county(db: None) -> None:
    a_response()
    an_officer(Role.ADMINISTRATOR)
    load_rule_profiles(an_actor(Role.ADMINISTRATOR), subject="gate")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["rules", *words])
    found = capsys.readouterr()
    return code, found.out, found.err


def an_administrator() -> str:
    return an_officer(Role.ADMINISTRATOR).username


def test_rules_are_listed_with_those_on_offer(capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = told(capsys, "list")
    assert "gate-2020-01" in listed
    assert "preset-wujiabao" in listed
    _, plain, _ = told(capsys, "list", "--json")
    kept = {one["code"]: one["kept"] for one in json.loads(plain)}
    assert kept["gate-2020-01"]
    assert not kept["preset-wujiabao"]


def test_a_rule_is_shown_changed_and_adopted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, shown, _ = told(capsys, "show", "preset-wujiabao")
    own = json.loads(shown)
    own["title"] = "云溪县规则"
    own["rules"]["quotas"]["value"][0]["minutes_out"] = 90
    path = tmp_path / "own.json"
    path.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    code, said, _ = told(capsys, "adopt", str(path), "--from", "2020-02-06", "--by", an_administrator())
    assert (code, "云溪县规则" in said) == (0, True)
    kept = RuleProfile.objects.get(code="gate-2020-02-06")
    assert (kept.valid_to, kept.parameters["rules"]["quotas"]["value"][0]["minutes_out"]) == (
        date(2020, 4, 7),
        90,
    )


def test_a_rule_that_makes_no_sense_is_refused_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text('code = "own"\nsubject = "gate"\n', encoding="utf-8")
    code, _, said = told(capsys, "adopt", str(path), "--from", "2020-02-06", "--by", an_administrator())
    assert code == 3
    assert "own.toml" in said
    assert told(capsys, "adopt", "no-such", "--from", "2020-02-06")[0] == 2
    assert told(capsys, "adopt", "preset-ruyang", "--from", "2020-04-08", "--by", an_administrator())[0] == 1
    assert RuleProfile.objects.filter(subject="gate").count() == 2
