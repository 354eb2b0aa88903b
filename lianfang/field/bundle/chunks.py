"""Pieces of look-up data, kept ready: written again only when their bucket has another version."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lianfang.desk.phone_tasks import phone_tasks
from lianfang.field.bundle.signing import canonical
from lianfang.field.models import BundleChunk
from lianfang.people.models import Officer
from lianfang.places.models import Place
from lianfang.places.queries.lookup import LookupHousehold, LookupPass, lookup_marks, lookup_rows

FORM = 1
"""Counts up when the form of a chunk changes, so that phones fetch all of them anew."""


@dataclass(frozen=True, slots=True)
class Piece:
    hash: str
    size: int

    def as_data(self) -> dict[str, Any]:
        return {"hash": self.hash, "size": self.size}


def lookup_pieces(place: Place) -> dict[str, Piece]:
    """The look-up data of a place as it stands now: bucket → its chunk. Writes what is missing."""
    versions = {bucket: f"{FORM}-{version}" for bucket, version in lookup_marks(place).items()}
    kept = _kept(place, "lookup/")
    stale = [
        bucket for bucket, version in versions.items() if _version_of(kept, f"lookup/{bucket}") != version
    ]
    for bucket, households in lookup_rows(place, stale) if stale else ():
        content = {"bucket": bucket, "households": [_household(one) for one in households]}
        _keep(place, f"lookup/{bucket}", versions[bucket], content)
    gone = [name for name in kept if name.removeprefix("lookup/") not in versions]
    if gone:
        BundleChunk.objects.filter(place=place, name__in=gone).delete()
    if stale or gone:
        kept = _kept(place, "lookup/")
    return {name.removeprefix("lookup/"): row.piece for name, row in sorted(kept.items())}


def task_pieces(place: Place, officer: Officer) -> dict[str, Piece]:
    """What the tasks of other rooms want a phone that `officer` enrolled to know: code → its chunk."""
    kept = _kept(place, "data/")
    found: dict[str, Piece] = {}
    for task in phone_tasks():
        name = f"data/{task.code}"
        if task.data_for_officer is not None:
            content = task.data_for_officer(officer, place.pk)
            name = f"{name}/{officer.pk}"
        elif task.data is not None:
            content = task.data(place.pk)
        else:
            continue
        if content is None:
            continue
        text = canonical(content)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if _version_of(kept, name) != digest:
            _keep_text(place, name, digest, text)
        found[task.code] = Piece(digest, len(text.encode()))
    return found


def chunk(place: Place, digest: str) -> bytes | None:
    """The content of a chunk of this place, gzipped; None if there is none (any more)."""
    row = BundleChunk.objects.filter(place=place, digest=digest).first()
    return None if row is None else bytes(row.content)


@dataclass(frozen=True, slots=True)
class _Row:
    version: str
    piece: Piece


def _kept(place: Place, prefix: str) -> dict[str, _Row]:
    rows = BundleChunk.objects.filter(place=place, name__startswith=prefix)
    return {
        name: _Row(version, Piece(digest, size))
        for name, version, digest, size in rows.values_list("name", "version", "digest", "size")
    }


def _version_of(kept: Mapping[str, _Row], name: str) -> str:
    row = kept.get(name)
    return row.version if row else ""


def _keep(place: Place, name: str, version: str, content: Any) -> None:
    _keep_text(place, name, version, canonical(content))


def _keep_text(place: Place, name: str, version: str, text: str) -> None:
    data = text.encode()
    BundleChunk.objects.update_or_create(
        place=place,
        name=name,
        defaults={
            "version": version,
            "digest": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "content": gzip.compress(data, 6, mtime=0),
        },
    )


def _household(one: LookupHousehold) -> list[Any]:
    ids = [person.id for person in one.persons]
    return [
        one.id.hex,
        one.label,
        one.building,
        one.room,
        ids.index(one.head) if one.head in ids else 0,
        list(one.plates),
        [_pass(each) for each in one.passes],
        [
            [
                person.id.hex,
                person.name,
                person.kind,
                person.initials,
                person.pinyin,
                list(person.tails),
                [_pass(each) for each in person.passes],
            ]
            for person in one.persons
        ],
    ]


def _pass(one: LookupPass) -> list[Any]:
    moments = [int(moment.timestamp()) for moment in (one.valid_from, one.valid_to)]
    return [one.number, one.spoken_code, one.kind, *moments]


def forget_chunks(place_id: UUID) -> None:
    """Write all chunks of a place anew at the next question."""
    BundleChunk.objects.filter(place_id=place_id).delete()
