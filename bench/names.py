"""How well `lianfang.engines.names` tells one from two: `python bench/names.py`.

Prints precision and recall by threshold over the labelled pairs in `bench/names/`, the pairs that it gets
wrong at the threshold in use, and the time that 5,000 names take.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lianfang.engines.names import (
    PROPOSED_FROM,
    Context,
    Likeness,
    PersonMention,
    Subject,
    compare_bodies,
    compare_persons,
    propose,
)

CONTEXT = Context(
    province="山东省",
    city="滨州市",
    county="博兴县",
    towns=("兴福镇", "店子镇", "曹王镇", "锦秋街道", "城东街道"),
)
PAIRS = Path(__file__).parent / "names"


@dataclass(frozen=True, slots=True)
class Labelled:
    is_one: bool
    one: str
    other: str


def main() -> int:
    for file, compare in (
        ("bodies.tsv", bodies),
        ("persons.tsv", persons),
        ("bodies-unseen.tsv", bodies),
        ("persons-unseen.tsv", persons),
    ):
        pairs = labelled(PAIRS / file)
        scores = [(pair, compare(pair.one, pair.other).score) for pair in pairs]
        print(f"{file}: {len(pairs)} pairs, {sum(pair.is_one for pair in pairs)} of them one")
        for threshold in (0.4, 0.5, 0.55, PROPOSED_FROM, 0.65, 0.7, 0.8, 0.9):
            precision, recall = quality(scores, threshold)
            mark = "  ← in use" if threshold == PROPOSED_FROM else ""
            print(f"  from {threshold:.2f}: precision {precision:.3f}, recall {recall:.3f}{mark}")
        for pair, score in scores:
            if (score >= PROPOSED_FROM) != pair.is_one:
                print(
                    f"  {'missed' if pair.is_one else 'wrongly proposed'}: {pair.one} / {pair.other} {score}"
                )
    for subject in Subject if "--fast" not in sys.argv else ():
        names = invented(5_000, subject)
        started = time.perf_counter()
        found = propose(names, subject=subject, context=CONTEXT)
        seconds = time.perf_counter() - started
        print(f"propose {subject.value}: {len(names)} names, {len(found)} pairs, {seconds:.1f} s")
    return 0


def bodies(one: str, other: str) -> Likeness:
    return compare_bodies(one, other, context=CONTEXT)


def persons(one: str, other: str) -> Likeness:
    return compare_persons(mention(one), mention(other), context=CONTEXT)


def mention(text: str) -> PersonMention:
    name, *posts = text.split("|")
    return PersonMention(name, tuple(posts))


def labelled(file: Path) -> list[Labelled]:
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line[:1] in "01"]
    return [Labelled(mark == "1", one, other) for mark, one, other in lines]


def quality(scores: list[tuple[Labelled, float]], threshold: float) -> tuple[float, float]:
    """Precision and recall of proposing every pair from `threshold` up."""
    proposed = [pair for pair, score in scores if score >= threshold]
    right = sum(pair.is_one for pair in proposed)
    return right / len(proposed) if proposed else 1.0, right / sum(pair.is_one for pair, _ in scores)


def invented(count: int, subject: Subject) -> list[str]:
    """Names of no one, the same at every run."""
    chance = random.Random(20200219)
    make: Callable[[random.Random], str] = invented_body if subject is Subject.BODIES else invented_person
    names: dict[str, None] = {}
    while len(names) < count:
        names[make(chance)] = None
    return list(names)


def invented_body(chance: random.Random) -> str:
    place = chance.choice(["", "", "山东", "博兴县", "滨州市", "兴福镇", "店子镇"])
    brand = "".join(
        chance.sample("华信瑞丰鑫源金鼎海纳宏达康泽恒昌天成百信兰花万利德胜旭日鲁中永安盛世嘉和同兴隆泰", 2)
    )
    trade = chance.choice(
        ["木业", "机械", "建材", "食品", "商贸", "物流", "药业", "钢构", "纺织", "厨具", "板材", "化工"]
    )
    form = chance.choice(["有限公司", "有限公司", "集团", "厂", "有限责任公司", ""])
    return place + brand + trade + form


def invented_person(chance: random.Random) -> str:
    given = "".join(
        chance.choices(
            "明国克刚艳莉长东永平俐建军志强晓燕桂兰海涛立新玉华文斌云龙秀英伟丽杰磊",
            k=chance.choice([1, 2, 2, 2]),
        )
    )
    return chance.choice("李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓") + given


if __name__ == "__main__":
    sys.exit(main())
