"""Which names of a long list may be one: candidates by shared keys, then a comparison of each candidate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import combinations, pairwise

from lianfang.engines.names.bodies import compare_bodies
from lianfang.engines.names.body_names import take_apart
from lianfang.engines.names.characters import folded, look_key, other_form
from lianfang.engines.names.likeness import NO_CONTEXT, Context, Likeness, Pair
from lianfang.engines.names.persons import compare_persons, without_title
from lianfang.engines.names.pinyin import syllables_of
from lianfang.engines.names.vocabulary import CIRCLES


class Subject(Enum):
    """Whose names these are."""

    BODIES = "bodies"
    PERSONS = "persons"


PROPOSED_FROM = 0.6
"""Score from which a pair is worth a person's look; see `bench/names.py` for what it finds and misses."""


def propose(
    names: Iterable[str],
    *,
    subject: Subject = Subject.BODIES,
    threshold: float = PROPOSED_FROM,
    context: Context = NO_CONTEXT,
) -> list[Pair]:
    """Pairs of different names with a score of `threshold` or more, the likeliest first.

    Each name counts once. Names are compared only where they share a key (sound, look, a rare character), so
    5,000 names take seconds. Nothing is merged: 甲 like 乙 and 乙 like 丙 gives two pairs.
    """
    different = list(dict.fromkeys(names))
    compare = _comparison(subject, context)
    keys = _body_keys if subject is Subject.BODIES else _person_keys
    found = [
        Pair(different[first], different[second], likeness)
        for first, second in _candidates([set(keys(name, context)) for name in different])
        if (likeness := compare(different[first], different[second])).score >= threshold
    ]
    return sorted(found, key=lambda pair: (-pair.likeness.score, pair.first, pair.second))


_LARGEST_BLOCK = 60
"""Names that share one key. A key that more names share says too little to be used."""


def _comparison(subject: Subject, context: Context) -> Callable[[str, str], Likeness]:
    if subject is Subject.BODIES:
        return lambda one, other: compare_bodies(one, other, context=context)
    return lambda one, other: compare_persons(one, other, context=context)


def _candidates(keys_of: Sequence[set[str]]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(keys_of):
        for key in keys:
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= _LARGEST_BLOCK:
            seen.update(combinations(block, 2))
    return iter(sorted(seen))


def _body_keys(name: str, context: Context) -> Iterator[str]:
    parts = take_apart(name, context)
    place = next((place for place in reversed(parts.places) if place), "")
    former = {folded(old): new for old, new in context.former_names}
    if present := former.get(folded(name)):
        yield from _body_keys(present, Context(context.province, context.city, context.county, context.towns))
    yield f"whole:{parts.whole}"
    if not parts.brand:
        yield f"unbranded:{place}:{parts.form.value}"
        yield from (f"trade:{trade}:{parts.form.value}" for trade in parts.trades)
        yield f"unbranded:{parts.form.value}:{parts.proper}"
        yield f"unplaced:{place}:{parts.proper}"
        yield from _sound_keys(place, f"place:{parts.form.value}")
        return
    yield from _sound_keys(parts.brand, "sound")
    yield from _look_keys(parts.brand, "look")
    yield f"brand:{parts.brand}"
    yield f"start:{parts.brand[:2]}"
    yield f"end:{parts.brand[-2:]}"
    if parts.form in CIRCLES:
        yield from (f"trade:{trade}:{parts.form.value}" for trade in parts.trades)


def _person_keys(name: str, _context: Context) -> Iterator[str]:
    text = other_form(without_title(name).name)
    yield f"whole:{text.replace('·', '')}"
    yield f"first:{text.split('·')[0]}"
    yield f"all:{'.'.join(sorted(text))}"
    for left, right in combinations(range(min(len(text), 5)), 2):
        # Each pair of signs in their places: a name with one other or hidden sign still shares a pair.
        yield f"{left}{right}:{text[left]}{text[right]}:{len(text)}"
    yield from _sound_keys(text, "sound")
    yield from _look_keys(text, "look")


def _sound_keys(text: str, kind: str) -> Iterator[str]:
    """All syllables sorted, so that swapped signs meet; for longer names also each pair of neighbours."""
    spoken = [syllables_of(sign)[0] for sign in text]
    yield f"{kind}:{' '.join(sorted(spoken))}"
    if len(spoken) > 2:
        yield from (f"{kind}:{first} {second}" for first, second in pairwise(spoken))


def _look_keys(text: str, kind: str) -> Iterator[str]:
    yield f"{kind}:{''.join(look_key(sign) for sign in text)}"
