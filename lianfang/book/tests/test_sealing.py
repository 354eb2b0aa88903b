import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.book.keyring import Keyring, KeyringError
from lianfang.book.sealing import Place, SealBroken, blind_index, seal, unseal

HERE = Place("people_person", "1", "phone")

texts = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40)


@pytest.fixture(autouse=True, params=["aes", "sm4"])
def _cipher(request: pytest.FixtureRequest, settings: object, tmp_path: Path) -> None:
    settings.CIPHER = request.param  # type: ignore[attr-defined]
    settings.KEYRING = Keyring.of_folder(tmp_path / "keys")  # type: ignore[attr-defined]


@given(texts)
def test_a_sealed_text_opens_in_its_place(text: str) -> None:
    sealed = seal(text, HERE)
    assert text not in sealed or len(text) < 4
    assert unseal(sealed, HERE) == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal("13800000000", HERE) != seal("13800000000", HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("people_person", "2", "phone"),
        Place("people_person", "1", "document_number"),
        Place("another", "1", "phone"),
    ],
)
def test_a_sealed_text_moved_elsewhere_does_not_open(elsewhere: Place) -> None:
    sealed = seal("13800000000", HERE)
    with pytest.raises(SealBroken):
        unseal(sealed, elsewhere)


@given(st.data())
def test_a_damaged_seal_never_opens_as_something_else(data: st.DataObject) -> None:
    sealed = seal("13800000000", HERE)
    place = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.sampled_from("Aa1.=_x9"))
    damaged = sealed[:place] + letter + sealed[place + 1 :]
    try:
        assert unseal(damaged, HERE) == "13800000000"
        # Only spare bits of the last character of base64 may differ.
        assert damaged == sealed or place >= len(sealed) - 3
    except SealBroken:
        pass


def test_the_wrong_key_opens_nothing(settings: object, tmp_path: Path) -> None:
    sealed = seal("13800000000", HERE)
    settings.KEYRING = Keyring.of_folder(tmp_path / "other")  # type: ignore[attr-defined]
    with pytest.raises(SealBroken):
        unseal(sealed, HERE)


def test_a_new_key_seals_and_the_old_one_still_opens(settings: object, tmp_path: Path) -> None:
    old = seal("13800000000", HERE)
    second = tmp_path / "keys" / "seal-2.key"
    second.touch(0o600)
    second.write_text("ab" * 32, encoding="ascii")
    settings.KEYRING = Keyring.of_folder(tmp_path / "keys")  # type: ignore[attr-defined]
    new = seal("13800000000", HERE)
    assert (old[1], new[1]) == ("1", "2")
    assert unseal(old, HERE) == unseal(new, HERE) == "13800000000"


def test_a_text_sealed_with_the_other_cipher_still_opens(settings: object) -> None:
    sealed = {}
    for cipher in ("aes", "sm4"):
        settings.CIPHER = cipher  # type: ignore[attr-defined]
        sealed[cipher] = seal("13800000000", HERE)
    assert [unseal(text, HERE) for text in sealed.values()] == ["13800000000"] * 2
    assert {text[0] for text in sealed.values()} == {"a", "s"}


def test_an_empty_text_stays_empty() -> None:
    assert (seal("", HERE), unseal("", HERE), blind_index("", "phone")) == ("", "", "")


def test_the_index_finds_equal_values_of_one_kind_and_tells_nothing(settings: object, tmp_path: Path) -> None:
    index = blind_index("13800000000", "phone")
    assert index == blind_index("13800000000", "phone")
    assert index != blind_index("13800000001", "phone")
    assert index != blind_index("13800000000", "document")
    assert "13800000000" not in index
    settings.KEYRING = Keyring.of_folder(tmp_path / "other")  # type: ignore[attr-defined]
    assert index != blind_index("13800000000", "phone")


def test_key_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "session.key": 0o600,
        "index.key": 0o600,
        "seal-1.key": 0o600,
    }


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys" / "index.key").chmod(0o644)
    with pytest.raises(KeyringError, match="chmod 600"):
        Keyring.of_folder(tmp_path / "keys")


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32])
def test_a_damaged_key_is_named_and_not_made_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys" / "index.key").write_text(content, encoding="ascii")
    with pytest.raises(KeyringError, match=r"index\.key"):
        Keyring.of_folder(tmp_path / "keys")
    assert (tmp_path / "keys" / "index.key").read_text(encoding="ascii") == content


def test_processes_that_start_at_once_agree_on_one_set_of_keys(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    program = (
        "import sys; from pathlib import Path; from lianfang.book.keyring import Keyring;"
        "ring = Keyring.of_folder(Path(sys.argv[1]));"
        "print(ring.session_secret, ring.index_key.hex(), ring.seal_keys[1].hex())"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)
        for _process in range(4)
    ]
    printed = {process.communicate()[0] for process in started}
    assert len(printed) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["index.key", "seal-1.key", "session.key"]


def test_a_keyring_does_not_tell_its_keys_when_it_is_shown(settings: object) -> None:
    ring: Keyring = settings.KEYRING  # type: ignore[attr-defined]
    assert ring.index_key.hex() not in repr(ring)
    assert ring.session_secret not in repr(ring)
