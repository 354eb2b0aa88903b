"""Commands that work on the book: officers, imports, sums, backups, the walk through all of it."""

import json
import socket
import zipfile
from pathlib import Path

import pytest

from lianfang.book.models import AuditEntry
from lianfang.book.rights import Role
from lianfang.commandline import main
from lianfang.commandline.exits import CommandFailed
from lianfang.commandline.serve import _free_port
from lianfang.giving.models import GiftSource
from lianfang.people.models import Body, Grant, Officer
from lianfang.people.tests.builders import a_body, a_county, a_response, an_officer
from lianfang.places.tests.builders import a_place

pytestmark = pytest.mark.django_db

NOTICE = "石桥镇商会会长李某向镇政府捐款10万元。"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def an_administrator() -> Officer:
    assert main(["user", "add", "first", "--name", "管理员", "--county", "云溪县"]) == 0
    return Officer.objects.get(username="first")


def test_the_first_officer_administers_the_county(said: pytest.CaptureFixture[str]) -> None:
    officer = an_administrator()
    grant = Grant.objects.get(officer=officer)
    assert grant.role == Role.ADMINISTRATOR
    assert grant.area is not None
    assert grant.area.name == "云溪县"
    assert AuditEntry.objects.filter(origin="command", officer=officer).exists()
    password = said.readouterr().out.split("密码:")[1].split()[0]
    assert officer.check_password(password)


def test_the_first_officer_needs_a_county(said: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "first", "--name", "管理员"]) == 2
    assert "--county" in said.readouterr().err
    assert not Officer.objects.exists()


def test_officers_are_added_granted_revoked_and_disabled(said: pytest.CaptureFixture[str]) -> None:
    an_administrator()
    assert main(["user", "add", "clerk", "--name", "登记员"]) == 0
    assert main(["user", "grant", "clerk", "gift_clerk", "--area", "云溪县", "--to", "2099-01-01"]) == 0
    said.readouterr()
    assert main(["user", "list", "--json"]) == 0
    listed = {officer["username"]: officer for officer in json.loads(said.readouterr().out)}
    assert [grant["role"] for grant in listed["clerk"]["grants"]] == ["gift_clerk"]
    assert listed["clerk"]["grants"][0]["to"] == "2099-01-01"
    assert main(["user", "revoke", "clerk", "gift_clerk", "--area", "云溪县"]) == 0
    assert main(["user", "revoke", "clerk", "gift_clerk", "--area", "云溪县"]) == 2
    assert main(["user", "disable", "clerk"]) == 0
    assert not Officer.objects.get(username="clerk").is_active
    assert main(["user", "enable", "clerk"]) == 0
    assert main(["user", "list"]) == 0


def test_a_role_on_a_place_is_granted_listed_by_its_name_and_revoked(
    said: pytest.CaptureFixture[str],
) -> None:
    an_administrator()
    place = a_place()
    assert main(["user", "add", "lead", "--name", "负责人"]) == 0
    assert main(["user", "grant", "lead", "place_lead", "--place", place.name]) == 0
    said.readouterr()
    assert main(["user", "list"]) == 0
    assert f"@{place.name}" in said.readouterr().out
    assert main(["user", "list", "--json"]) == 0
    listed = {officer["username"]: officer for officer in json.loads(said.readouterr().out)}
    assert listed["lead"]["grants"][0]["place"] == place.name
    assert main(["user", "revoke", "lead", "place_lead", "--place", str(place.pk)]) == 0
    assert main(["user", "grant", "lead", "place_lead", "--place", "不存在小区"]) == 2


def test_a_new_password_comes_from_a_file_and_is_not_shown(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    an_administrator()
    said.readouterr()
    file = tmp_path / "password"
    file.write_text("a-very-unusual-password\nsecond line\n", encoding="utf-8")
    assert main(["user", "password", "first", "--password-file", str(file)]) == 0
    assert "unusual" not in said.readouterr().out
    assert Officer.objects.get(username="first").check_password("a-very-unusual-password")


def test_a_weak_password_is_refused_with_one(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    an_administrator()
    file = tmp_path / "password"
    file.write_text("12345\n", encoding="utf-8")
    assert main(["user", "password", "first", "--password-file", str(file)]) == 1
    assert "password" in said.readouterr().err


def test_the_last_administrator_stays(said: pytest.CaptureFixture[str]) -> None:
    an_administrator()
    assert main(["user", "disable", "first"]) == 1
    assert "[last_administrator]" in said.readouterr().err


def test_who_has_no_right_is_told_so_with_four(said: pytest.CaptureFixture[str]) -> None:
    an_administrator()
    reader = an_officer(Role.READER)
    assert main(["user", "add", "another", "--name", "某人", "--by", reader.username]) == 4
    assert "权限" in said.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["grant", "nobody", "reader", "--area", "云溪县"],
        ["grant", "first", "emperor", "--area", "云溪县"],
        ["grant", "first", "reader", "--area", "不存在镇"],
        ["grant", "first", "reader", "--body", "不存在公司"],
    ],
)
def test_what_is_not_there_is_wrong_usage(arguments: list[str]) -> None:
    an_administrator()
    assert main(["user", *arguments]) == 2


def test_of_several_bodies_of_one_name_the_id_is_asked_for(said: pytest.CaptureFixture[str]) -> None:
    from lianfang.people.tests.builders import a_township

    an_administrator()
    first = a_body("同名企业", area=a_county("云溪县"))
    a_body("同名企业", area=a_township("石桥镇"))
    assert main(["user", "grant", "first", "reader", "--body", "同名企业"]) == 2
    assert str(first.pk) in said.readouterr().err
    assert main(["user", "grant", "first", "reader", "--body", str(first.pk)]) == 0


def test_a_notice_is_saved_for_review_and_recognised_again(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    an_officer(Role.GIFT_CLERK)
    a_response()
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    assert main(["intake", "--save", str(file)]) == 0
    assert main(["intake", "--save", str(file)]) == 0
    assert "没有重复" in said.readouterr().out
    source = GiftSource.objects.get()
    assert (source.file_name, source.mentions.count()) == ("notice.txt", 1)


def test_without_an_officer_who_may_nothing_is_saved(tmp_path: Path) -> None:
    a_response()
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    assert main(["intake", "--save", str(file)]) == 4
    assert not GiftSource.objects.exists()


def test_of_several_who_may_one_must_be_named(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    first, _second = an_officer(Role.GIFT_CLERK), an_officer(Role.GIFT_CLERK)
    a_response()
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    assert main(["intake", "--save", str(file)]) == 2
    assert "--by" in said.readouterr().err
    assert main(["intake", "--save", str(file), "--by", first.username]) == 0


def test_a_table_of_bodies_is_imported_once(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    an_officer(Role.FEDERATION_OFFICE)
    file = tmp_path / "bodies.csv"
    file.write_text("单位名称,类别\n青禾食品厂,企业\n长河商会,商会\n", encoding="utf-8")
    for _time in range(2):
        assert main(["import", str(file), "--kind", "bodies"]) == 0
    assert Body.objects.filter(name__in=["青禾食品厂", "长河商会"]).count() == 2
    assert "新增 0 行,已在名册中 2 行" in said.readouterr().out
    assert main(["import", str(file), "--kind", "bodies", "--json"]) == 0
    assert json.loads(said.readouterr().out) == {"added": 0, "there": 2, "left_out": []}


def test_a_bad_row_is_named_and_stops_the_import_unless_left_out(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    an_officer(Role.FEDERATION_OFFICE)
    file = tmp_path / "bodies.csv"
    file.write_text("单位名称,类别\n青禾食品厂,企业\n长河商会,星系\n", encoding="utf-8")
    assert main(["import", str(file), "--kind", "bodies"]) == 1
    assert "第 3 行" in said.readouterr().err
    assert not Body.objects.filter(name="青禾食品厂").exists()
    assert main(["import", str(file), "--kind", "bodies", "--leave-out-bad-rows", "--json"]) == 1
    assert [fault["row"] for fault in json.loads(said.readouterr().out)["left_out"]] == [3]
    assert Body.objects.filter(name="青禾食品厂").exists()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", "只有一句话。".encode()])
def test_a_file_without_a_table_is_unreadable(tmp_path: Path, content: bytes) -> None:
    an_officer(Role.FEDERATION_OFFICE)
    file = tmp_path / "bodies.csv"
    file.write_bytes(content)
    assert main(["import", str(file), "--kind", "bodies"]) == 3


def test_check_walks_only_what_is_named(said: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "--only", "audit_chain"]) == 0
    assert json.loads(said.readouterr().out) == {"sound": True, "walks": ["audit_chain"], "findings": []}
    assert main(["check", "--only", "no_such_walk"]) == 2


def test_a_new_house_passes_every_walk(said: pytest.CaptureFixture[str]) -> None:
    an_administrator()
    assert main(["check"]) == 0


def test_figures_of_an_empty_book_say_so_in_json(said: pytest.CaptureFixture[str]) -> None:
    a_response()
    assert main(["figures", "--json"]) == 0
    assert json.loads(said.readouterr().out)["records"]["all"] == 0
    assert main(["figures", "--as-of", "2020-02-10T18:00"]) == 0
    assert "2020-02-10 18:00" in said.readouterr().out


def test_figures_without_an_emergency_say_what_to_do(said: pytest.CaptureFixture[str]) -> None:
    assert main(["figures"]) == 1
    assert "应急响应" in said.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_made_once_with_a_passphrase(
    tmp_path: Path, said: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    an_administrator()
    file = tmp_path / "backup.zip"
    assert main(["backup", str(file)]) == 2
    monkeypatch.setenv("LIANFANG_BACKUP_PASSPHRASE", "short")
    assert main(["backup", str(file)]) == 2
    monkeypatch.setenv("LIANFANG_BACKUP_PASSPHRASE", "long enough a passphrase")
    assert main(["backup", str(file)]) == 0
    assert "keys.sealed" in zipfile.ZipFile(file).namelist()
    assert main(["backup", str(file)]) == 2
    assert main(["restore", str(file)]) == 1
    assert "[not_empty]" in said.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_what_is_no_backup_is_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a backup", encoding="utf-8")
    assert main(["restore", str(file), "--replace"]) == 3
    assert main(["restore", str(tmp_path / "none"), "--replace"]) == 3
    assert main(["backup", str(tmp_path / "no" / "folder.zip"), "--without-keys"]) == 3


def test_a_port_that_is_taken_is_named_and_the_next_free_one_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandFailed, match=str(port)) as failed:
            _free_port("127.0.0.1", port)
    assert failed.value.code == 5
    assert _free_port("127.0.0.1", None) >= 8000
