"""The annotated notices: what was reached must not be lost. Each folder is tested only where it is there."""

import json
from pathlib import Path

import pytest

from lianfang.engines.intake import read_notice

ROOT = Path(__file__).resolve().parents[4]
OPEN = ROOT / "bench" / "notices" / "open"
SHARED = ROOT.parent / "shared" / "corpus"


def share_found(folder: Path, pattern: str = "*.json") -> tuple[float, float]:
    """Precision and recall by donor, kind, scope and yuan (and article and quantity) over a folder."""
    matched = told_count = gold_count = 0
    for path in sorted(folder.glob(pattern)):
        data = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / data.get("text", path.stem + ".txt")).read_text(encoding="utf-8")
        told = [key(claim.to_json()) for claim in read_notice(text, title=data.get("title")).claims]
        gold = [key(record) for record in data["gifts"]]
        told_count, gold_count = told_count + len(told), gold_count + len(gold)
        for record in gold:
            if record in told:
                told.remove(record)
                matched += 1
    return matched / max(1, told_count), matched / max(1, gold_count)


def key(record: dict[str, object]) -> tuple[object, ...]:
    """What must agree for a record to count as found."""
    donor = record.get("donor")
    name = (
        None if donor is None else "".join(c for c in str(donor).removesuffix("等") if c not in "()（） 　")
    )
    yuan = record.get("yuan")
    unvalued = record.get("kind") == "goods" and yuan is None
    article = (record.get("item"), record.get("quantity")) if unvalued else None
    return (
        name,
        record.get("kind"),
        record.get("scope"),
        None if yuan is None else round(float(str(yuan))),
        article,
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not beside this checkout")
def test_every_gift_of_the_seed_article_is_found_and_nothing_else() -> None:
    assert share_found(SHARED, "seed.json") == (1.0, 1.0)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not beside this checkout")
def test_the_development_notices_are_read_at_ninety_five_in_a_hundred() -> None:
    precision, recall = share_found(SHARED, "dev-*.json")
    assert min(precision, recall) >= 0.95


@pytest.mark.skipif(not OPEN.exists(), reason="the invented notices are not beside this checkout")
def test_our_own_open_notices_are_read_at_eighty_five_in_a_hundred() -> None:
    precision, recall = share_found(OPEN)
    assert min(precision, recall) >= 0.85
