"""The command line without a book: parsing, languages, exit codes, and what it does not load."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from lianfang.commandline import COMMANDS, main
from lianfang.commandline.language import language
from lianfang.commandline.tables import table, width

NOTICE = "石桥镇商会会长李某向镇政府捐款10万元。县建材商会捐赠口罩2000只。"


def run(
    *arguments: str, standard_input: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, in Chinese unless the environment says otherwise."""
    return subprocess.run(
        [sys.executable, "-m", "lianfang", *arguments],
        input=standard_input,
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parents[3]), **environment},
    )


def test_reading_a_notice_loads_no_django(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    program = (
        "import sys; from lianfang.commandline import main;"
        f"code = main(['intake', '--json', {str(file)!r}]);"
        "loaded = [name for name in sys.modules if name.split('.')[0] in {'django', 'lxml', 'openpyxl'}];"
        "sys.exit(f'loaded {loaded}' if loaded else code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_json_of_a_notice_has_the_fields_of_the_guide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notice-7.txt"
    file.write_text(NOTICE, encoding="utf-8")
    assert main(["intake", "--json", str(file)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["notices"]
    (notice,) = printed["notices"]
    assert (list(notice), notice["id"]) == (["id", "gifts", "unread"], "notice-7")
    cash = notice["gifts"][0]
    assert (cash["donor"], cash["yuan"], cash["bound"], cash["kind"]) == ("李某", 100000, "exact", "cash")


def test_a_dash_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NOTICE.encode("gb18030")), encoding="utf-8"))
    assert main(["intake", "--json", "-"]) == 0
    assert len(json.loads(capsys.readouterr().out)["notices"][0]["gifts"]) == 2


def test_a_table_shows_each_claim_with_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    assert main(["intake", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "notice.txt:2 笔" in printed
    assert "10万元" in printed
    assert "口罩 2,000只" in printed


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(NOTICE, encoding="utf-8")
    empty.touch()
    assert main(["intake", "--json", str(tmp_path / "none.txt"), str(empty), str(good)]) == 3
    printed = capsys.readouterr()
    assert [notice["id"] for notice in json.loads(printed.out)["notices"]] == ["good"]
    assert "none.txt" in printed.err
    assert "[empty]" in printed.err


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["intake"], ["intake", "--json", "--save", "x"]])
def test_wrong_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "用法" in capsys.readouterr().err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"lianfang {command}" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    printed = capsys.readouterr().out
    assert [command for command in COMMANDS if f"\n    {command} " not in printed] == []


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "zh_CN", "LANG": "en_US.UTF-8"}, "zh-hans"),
    ],
)
def test_the_language_follows_the_environment(
    environment: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken


def test_a_wrong_setting_is_named_and_ends_with_five(tmp_path: Path) -> None:
    done = run("check", LIANFANG_DATA=str(tmp_path), LIANFANG_CIPHER="rot13")
    assert done.returncode == 5
    assert "LIANFANG_CIPHER" in done.stderr.decode()


def test_a_book_that_is_not_prepared_is_named_and_ends_with_five(tmp_path: Path) -> None:
    done = run("check", LIANFANG_DATA=str(tmp_path))
    assert done.returncode == 5
    assert "lianfang prepare" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_database_that_is_not_there_ends_with_five(tmp_path: Path) -> None:
    url = f"postgresql://nobody@/none?host={tmp_path}"
    for command in ("check", "prepare"):
        done = run(command, LIANFANG_DATA=str(tmp_path), DATABASE_URL=url)
        assert (done.returncode, b"Traceback" in done.stderr) == (5, False)


def test_output_that_nobody_reads_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE * 3000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "lianfang", "intake", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.wait(), process.stderr.read()) == (0, b"")


def test_columns_are_as_wide_on_the_terminal_as_they_look() -> None:
    lines = table(["名称", "b"], [["甲乙丙", "x"], ["ab", "y"]]).splitlines()
    assert {width(line[: line.rindex(line[-1])]) for line in lines} == {8}


def test_a_cell_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in table(["a"], [["\x1b[31m红\n行"]])
