"""Pages of the phone are declared once each, and keep their order."""

import pytest

from lianfang.desk import phone_tasks
from lianfang.desk.phone_tasks import phone_task


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_tasks, "_tasks", {})


def test_tasks_stand_in_their_order() -> None:
    phone_task("late", title="晚", module="late/field/late.js", icon="dot", order=90)
    phone_task("early", title="早", module="early/field/early.js", icon="dot", order=10)
    assert [task.code for task in phone_tasks.phone_tasks()] == ["early", "late"]


def test_a_task_brings_everything_below_the_folder_of_its_module() -> None:
    assert phone_task("a", title="甲", module="rounds/field/rounds.js", icon="dot").folder == "rounds/field"


def test_two_tasks_cannot_share_a_code() -> None:
    phone_task("a", title="甲", module="a/field/a.js", icon="dot")
    with pytest.raises(ValueError, match="two phone tasks"):
        phone_task("a", title="乙", module="b/field/b.js", icon="dot")
