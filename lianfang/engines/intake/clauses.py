"""Cutting a paragraph into sentences, and a sentence into clauses.

A clause ends at a comma or colon outside brackets, and before a second giving verb that 并、和、、 joins to a
first one with its own figure (捐款5200元、捐赠牛肉30斤).
"""

from collections.abc import Iterator
from typing import Final

from lianfang.engines.intake.claim import Place
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.heads import body_head
from lianfang.engines.intake.lexicon import GIVE
from lianfang.engines.intake.names import is_person_name
from lianfang.engines.intake.sentence import ANY_FIGURE, Sentence

LONGEST_SENTENCE: Final = 1200
"""Sentences are cut here at the latest, so that no text makes the grammar slow."""

_END: Final = expression(r"[。!?;\n…\.](?:(?<=[。!?;\n])[。!?;\n]*|(?<=…)…|(?<=\.)\.\.+)")
_COMMA: Final = expression(r",|:|--+")
_COMMA_OR_QUOTES: Final = expression(r",|:|--+|(?<=”)(?=“)")
_JOINED_VERB: Final = expression(r"(?:[、和及并]|(?<!参)与|并且|以及|同时|又|还|另|再|随后)+$")


_JOINED_PHRASE: Final = expression(r"、(?=(?:又|还|并|再|同时)?(?:向|给|为|通过|委托)[^、,]{2,20}$)")
"""捐款20万元、|向某区慈善会捐款10万元: a new deed, whose receiver stands first."""


def sentences(text: str, start: int, end: int) -> Iterator[Place]:
    """The sentences of a stretch in order, none longer than `LONGEST_SENTENCE`."""
    for match in _END.finditer(text, start, end):
        if start < match.start() <= start + LONGEST_SENTENCE:
            yield start, match.start()
        elif match.start() > start:
            yield from _short(text, start, match.start())
        start = match.end()
    if start < end:
        yield from _short(text, start, end)


def _short(text: str, start: int, end: int) -> Iterator[Place]:
    while end - start > LONGEST_SENTENCE:
        cut = max(
            text.rfind(",", start, start + LONGEST_SENTENCE), text.rfind(" ", start, start + LONGEST_SENTENCE)
        )
        cut = start + LONGEST_SENTENCE if cut <= start else cut + 1
        yield start, cut
        start = cut
    yield start, end


def clauses(sentence: Sentence) -> list[Place]:
    """The clauses of a sentence, in its own coordinates."""
    masked = sentence.masked
    found: list[Place] = []
    start = 0
    for match in (_COMMA_OR_QUOTES if "”“" in masked else _COMMA).finditer(masked):
        if _in_brackets(masked, start, match.start()):
            continue
        if match.start() > start:
            found.extend(_by_verb(masked, start, match.start()))
        start = match.end()
    if start < len(masked):
        found.extend(_by_verb(masked, start, len(masked)))
    return found


_BEFORE_VERB: Final = expression(r"(?:爱心|也|又|还|各|共|均|分别|累计|个人|先后|再次|一次性|向.{2,14})+$")


def _new_giver(masked: str, start: int, end: int) -> int | None:
    """Where 、 sets a new giver apart from the articles of the one before (鸡蛋、某公司|捐赠口罩)."""
    cut = max(masked.rfind("、", start, end), masked.rfind(" ", start, end))
    if cut < 0:
        return None
    if masked[cut + 1 : end] in _CLASS_PARTS:
        return cut
    name = _BEFORE_VERB.sub("", masked[cut + 1 : end])
    head = body_head(name)
    if (head is not None and len(head[0]) >= 2 and len(head[0]) < len(name)) or (
        len(name) >= 2 and is_person_name(name)
    ):
        return cut
    return None


_CLASS_PARTS: Final = frozenset(("单位", "个人", "企业", "集体", "机构", "群众", "党员"))
"""Classes into which a sum is parted (单位捐款5万元、|个人捐款3万元)."""


def _last_figure(masked: str, start: int, end: int) -> int | None:
    """Where the last figure before `end` ends."""
    last = None
    for match in ANY_FIGURE.finditer(masked, start, end):
        if masked[match.start()] in "\ue000\ue001\ue003":
            last = match.end()
    return last


def _in_brackets(masked: str, start: int, place: int) -> bool:
    opened = masked.rfind("(", start, place)
    return opened >= 0 and masked.find(")", opened, place) < 0 and 0 <= masked.find(")", place) - opened <= 80


def _by_verb(masked: str, start: int, end: int) -> list[Place]:
    found: list[Place] = []
    first = start
    seen_figure = False
    last = start
    for verb in GIVE.finditer(masked, start, end):
        if ANY_FIGURE.search(masked, last, verb.start()):
            seen_figure = True
        figure = _last_figure(masked, first, verb.start())
        cut = _new_giver(masked, figure, verb.start()) if figure is not None else None
        if cut is not None and figure is not None and cut > figure and masked[figure] == "、":
            names = masked[figure + 1 : cut].split("、")
            if all(body_head(name) or is_person_name(name) for name in names):
                cut = figure  # 捐款50万元、甲公司、乙公司分别捐款20万元: all of them are new givers
        if cut is not None:
            found.append((first, cut))
            first = cut + 1
            seen_figure = False
            last = verb.end()
            continue
        if figure is not None and masked[figure : figure + 1] == "、" and verb.start() - figure > 3:
            found.append((first, figure))
            first = figure + 1
            seen_figure = False
            last = verb.end()
            continue
        joint = _JOINED_VERB.search(masked, first, verb.start())
        onward = _JOINED_PHRASE.search(masked, figure, verb.start()) if figure is not None else None
        if onward is not None and joint is None:
            joint = onward
        if (
            seen_figure
            and joint is not None
            and joint.start() > first
            and ANY_FIGURE.search(masked, first, joint.start())
        ):
            found.append((first, joint.start()))
            first = joint.start()
            seen_figure = False
        last = verb.end()
    found.append((first, end))
    return found
