"""What stands in the navigation. Each app declares its own pages in its module `navigation`:

    entry(_("捐赠台账"), "donations", Right.READ_BOOK, Section.GIVING, 20, icon="gift")

An officer sees the pages that the officer's rights open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer


class Section(TextChoices):
    """The jobs by which the navigation is ordered, in their order."""

    TODAY = "today", _("今日")
    GATES = "gates", _("出入管理")
    DUTY = "duty", _("值班值守")
    ROUNDS = "rounds", _("消毒巡查")
    INSPECTIONS = "inspections", _("督导检查")
    ENTERPRISES = "enterprises", _("企业防控")
    GIVING = "giving", _("捐赠")
    NOTICES = "notices", _("倡议")
    VOLUNTEERS = "volunteers", _("志愿服务")
    PLACES = "places", _("场所住户")
    REGISTERS = "registers", _("名册")
    BOOK = "book", _("台账管理")


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the navigation; `rights` are those of which one opens it (none: everybody's)."""

    title: "str | StrPromise"
    url_name: str
    rights: frozenset[Right]
    section: Section
    order: int
    icon: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one section that an officer sees; `current` is the url of the one that is open.

    A folded group shows its title alone until it is opened.
    """

    section: Section
    entries: Sequence[Entry]
    current: str
    folded: bool = False


_entries: dict[str, Entry] = {}

# With more entries than a screen holds, the sections fold up, but for the one that is open.
_SHOWN_AT_ONCE = 16


def entry(
    title: "str | StrPromise",
    url_name: str,
    right: Right | Sequence[Right] | None,
    section: Section,
    order: int,
    icon: str = "dot",
) -> None:
    """Declare a page. `icon` is a name of the icon file (see `docs/explanation/pages.md`)."""
    rights = frozenset([right] if isinstance(right, Right) else right or ())
    _entries[url_name] = Entry(title, url_name, rights, section, order, icon)


def groups_for(officer: "Officer", path: str) -> list[Group]:
    """The navigation of an officer; the entry whose address is the longest beginning of `path` is open."""
    held = {
        right: officer.may(right) for right in frozenset().union(*(one.rights for one in _entries.values()))
    }
    seen = [one for one in _entries.values() if not one.rights or any(held[right] for right in one.rights)]
    opened = max((one.url for one in seen if _lies_below(path, one.url)), key=len, default="")
    groups = []
    for section in Section:
        entries = sorted((one for one in seen if one.section is section), key=lambda one: one.order)
        if entries:
            folded = len(seen) > _SHOWN_AT_ONCE and all(one.url != opened for one in entries)
            groups.append(Group(section, entries, opened, folded))
    return groups


def _lies_below(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
