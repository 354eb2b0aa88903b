"""Pages of the phone: each app declares, in its module `phone_tasks`, what is done on a guard's phone.

    phone_task(
        "rounds",
        title=_("消毒巡查"),
        module="rounds/field/rounds.js",
        icon="flag",
        record_types=["mark"],
        data=spots_to_visit,
    )

`module` is a static file, an ES module that opens the page within the phone's frame (see
`docs/explanation/phone-pages.md`). It is kept on the phone with everything else below its folder, works
without network, and writes through the phone's one outbox. `data` says what the phone must know for it:
plain JSON, the same for all phones of a place, sealed on the phone and gone when the phone is revoked.
`data_for_officer` is for a task that not every phone of the place may do: it is asked with the officer who
enrolled the phone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer

DataForOfficer = Callable[["Officer", UUID], Any]
"""The same, as far as the officer who enrolled the phone may know it; None where that is nothing: then the
phone does not show the task."""
Data = Callable[[UUID], Any]
"""What a phone of the place with this id needs to know: JSON of texts, whole numbers, lists, objects."""


@dataclass(frozen=True, slots=True)
class PhoneTask:
    code: str
    title: "str | StrPromise"
    module: str
    icon: str
    order: int
    record_types: tuple[str, ...]
    data: Data | None
    data_for_officer: DataForOfficer | None = None

    @property
    def folder(self) -> str:
        """Everything below it is kept on the phone."""
        return str(PurePosixPath(self.module).parent)


_tasks: dict[str, PhoneTask] = {}


def phone_task(
    code: str,
    *,
    title: "str | StrPromise",
    module: str,
    icon: str,
    order: int = 50,
    record_types: Sequence[str] = (),
    data: Data | None = None,
    data_for_officer: DataForOfficer | None = None,
) -> PhoneTask:
    """Declare a page of the phone. `icon` is a name of the icon file; `record_types` those it writes."""
    if code in _tasks:
        raise ValueError(f"two phone tasks are called {code}")
    _tasks[code] = PhoneTask(code, title, module, icon, order, tuple(record_types), data, data_for_officer)
    return _tasks[code]


def phone_tasks() -> list[PhoneTask]:
    """All of them, in the order in which the phone shows them."""
    return sorted(_tasks.values(), key=lambda task: (task.order, task.code))
