"""What a name can be searched by: any part of it, of its pinyin, of its initials."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from uuid import UUID

from lianfang.engines.names import Reading, SearchKeys, folded, pinyin
from lianfang.people.models import Area, Body, NamedKind, NameKey, Person
from lianfang.people.models.namekeys import KEY_LENGTH

_INSERT_AT_ONCE = 2000
# So many signs from the place where somebody begins to type may be read in another way.
_VARIED = 5


# Where nobody begins to type: 有限公司 stands in half of all names.
_LEGAL_ENDING = re.compile(r"(有限责任公司|股份有限公司|有限公司|公司)$")


def keys_of(name: str, reading: Reading = Reading.TEXT) -> Iterator[tuple[str, int]]:
    """The keys of a name, each with the place in the name where it begins.

    At each place the characters, their pinyin and their initials; where a character may be read in
    two ways, both. A surname has its own reading at the beginning of a person's name.
    """
    text = folded(name)
    spoken = pinyin(text, reading).split()
    if len(spoken) != len(text):
        # A run of letters counts as one syllable there; here each sign has its place.
        spoken = [_readings_of(sign)[0] for sign in text]
    seen: set[str] = set()
    for position in range(len(_LEGAL_ENDING.sub("", text)) or len(text)):
        for key in _keys_from(text[position : position + KEY_LENGTH], spoken[position:]):
            if key not in seen:
                seen.add(key)
                yield key, position


def _keys_from(signs: str, spoken: list[str]) -> Iterator[str]:
    yield signs
    for syllables in (spoken, *_otherwise_read(signs, spoken)):
        yield "".join(syllables)[:KEY_LENGTH]
        yield "".join(syllable[0] for syllable in syllables[:KEY_LENGTH])


def _otherwise_read(signs: str, spoken: list[str]) -> Iterator[list[str]]:
    """Each of the first signs read in its other way: 长盈 is typed changying and zhangying."""
    for place, sign in enumerate(signs[:_VARIED]):
        for other in _readings_of(sign):
            if other != spoken[place]:
                yield [*spoken[:place], other, *spoken[place + 1 :]]


@lru_cache(maxsize=8192)
def _readings_of(sign: str) -> tuple[str, ...]:
    return SearchKeys.of(sign).pinyins or (sign,)


def renew_keys(*subjects: Area | Body | Person) -> None:
    """Make the keys of these again, after their names have changed."""
    renew_many(subjects)


def renew_many(subjects: Iterable[Area | Body | Person]) -> None:
    """As `renew_keys`, for as many as an import brings."""
    named = list(subjects)
    bodies = [subject for subject in named if isinstance(subject, Body)]
    names_of = _names_of_bodies(bodies)
    rows: list[NameKey] = []
    for subject in named:
        kind = _KINDS[type(subject)]
        reading = Reading.PERSON if kind == NamedKind.PERSON else Reading.TEXT
        for name in names_of.get(subject.pk, []) if isinstance(subject, Body) else [subject.name]:
            rows.extend(
                NameKey(kind=kind, subject_id=subject.pk, name=name, key=key, position=position)
                for key, position in keys_of(name, reading)
            )
    ids = [subject.pk for subject in named]
    for start in range(0, len(ids), 500):
        NameKey.objects.filter(subject_id__in=ids[start : start + 500]).delete()
    NameKey.objects.bulk_create(rows, batch_size=_INSERT_AT_ONCE)


def _names_of_bodies(bodies: list[Body]) -> dict[UUID, list[str]]:
    """The names under which each is found: those merged into a body are found as that body."""
    from lianfang.people.queries.bodies import canonical_ids, confirmed_names

    if not bodies:
        return {}
    into = canonical_ids()
    wanted = {body.pk for body in bodies}
    names: dict[UUID, list[str]] = {body.pk: [] for body in bodies}
    within = wanted | {merged for merged, top in into.items() if top in wanted}
    for pk, name in confirmed_names(within):
        top = into.get(pk, pk)
        if top in wanted and name not in names[top]:
            names[top].append(name)
    return names


_KINDS: dict[type, NamedKind] = {Area: NamedKind.AREA, Body: NamedKind.BODY, Person: NamedKind.PERSON}
