"""The bodies of the register by the names that tables use, looked up many at a time."""

from collections.abc import Iterable
from uuid import UUID

from lianfang.people.models import AliasState, Body, BodyAlias

_AT_ONCE = 500
_LONGEST = 120
_MERGES_IN_A_ROW = 20


class Directory:
    """Which body bears a name: by its full name or a confirmed alias, if there is exactly one.

    The same certainty as `the_body_called`; a merged body is read as the one that it went into.
    """

    def __init__(self, names: Iterable[str]) -> None:
        wanted = sorted({_plain(name) for name in names if 1 < len(name) <= _LONGEST})
        bearers: dict[str, set[UUID]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            aliases = BodyAlias.objects.filter(state=AliasState.CONFIRMED, name__in=some)
            for name, body in [
                *Body.objects.filter(name__in=some).values_list("name", "pk"),
                *aliases.values_list("name", "body_id"),
            ]:
                bearers.setdefault(name, set()).add(body)
        self._bodies = _standing({body for found in bearers.values() for body in found})
        self._bearers = bearers

    def body(self, name: str) -> Body | None:
        found = {self._bodies[pk].pk: self._bodies[pk] for pk in self._bearers.get(_plain(name), ())}
        return next(iter(found.values())) if len(found) == 1 else None


def _standing(keys: set[UUID]) -> dict[UUID, Body]:
    """Each body under the key that was asked for, as it is read now. A query more for each merge in a row."""
    standing: dict[UUID, Body] = {}
    asked = {key: key for key in keys}
    for _merge in range(_MERGES_IN_A_ROW):
        if not asked:
            break
        found: dict[UUID, Body] = {}
        targets = sorted(set(asked.values()))
        for start in range(0, len(targets), _AT_ONCE):
            found.update(Body.objects.select_related("area").in_bulk(targets[start : start + _AT_ONCE]))
        further: dict[UUID, UUID] = {}
        for key, at in asked.items():
            body = found[at]
            if body.merged_into_id is None or body.merged_into_id == key:
                standing[key] = body
            else:
                further[key] = body.merged_into_id
        asked = further
    return standing


def _plain(name: str) -> str:
    return " ".join(name.split())
