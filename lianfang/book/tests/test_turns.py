"""On SQLite those who write wait for their turn."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from lianfang.book import turns


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    connection = SimpleNamespace(
        vendor="sqlite", in_atomic_block=False, settings_dict={"NAME": tmp_path / "book.sqlite3"}
    )
    monkeypatch.setattr(turns, "connection", connection)
    return connection


def test_the_next_one_writes_when_the_one_before_is_done(book: SimpleNamespace) -> None:
    order = []
    came = threading.Event()

    def second() -> None:
        came.set()
        with turns.in_turn():
            order.append("second")

    waiting = threading.Thread(target=second)
    with turns.in_turn():
        waiting.start()
        came.wait()
        waiting.join(0.05)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_whoever_fails_leaves_the_queue(book: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="halfway"), turns.in_turn():
        raise ValueError("halfway")
    free = []

    def next_one() -> None:
        with turns.in_turn():
            free.append(True)

    thread = threading.Thread(target=next_one)
    thread.start()
    thread.join(5)
    assert free


def test_within_a_transaction_ones_turn_has_come_already(book: SimpleNamespace) -> None:
    with turns.in_turn():
        book.in_atomic_block = True
        with turns.in_turn():
            pass
