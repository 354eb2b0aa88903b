"""Exported group chats: a line with a name and a time, then what that person wrote.

    邸小川 20:03
    我捐2万
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lianfang.engines.intake.claim import DonorKind, GiftKind, Place, Scope
from lianfang.engines.intake.draft import Draft, draft
from lianfang.engines.intake.givers import Giver, kind_of_name
from lianfang.engines.intake.goods import Article
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.prose import read_prose
from lianfang.engines.intake.sentence import ANY_FIGURE, read_sentence

_SPEAKER: Final = re.compile(
    r"^[ \t]*(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \t]+)?(?P<name>[^\s\d:。,!?@][^\n:。,!?@]{0,19}?)[ \t]+(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \t]+)?(?:上午|下午|晚上|凌晨|中午)?[ \t]*\d{1,2}:\d{2}(?::\d{2})?[ \t]*:?[ \t]*$"
    r"|^[ \t]*\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \t]+(?P<other>[^\s\d:。,!?@][^\n:。,!?@]{0,19}?)[ \t]*:[ \t]*$",
    re.MULTILINE,
)
_FEWEST_SPEECHES: Final = 3
_ONLY_FIGURE: Final = re.compile(r"^(?:我)?(?:也)?\s*(?:\ue000\ue010*|\ue003\ue013*)\s*(?:[,。!~]|$)")
_ANNOUNCER: Final = re.compile(r"截至|统计|合计|共计|到账|公布|汇总|核对|感谢")
_BRACKET_FIRM: Final = re.compile(r"(?:公司|我家\S{0,6}|店里|厂里|单位|我们\S{0,4})\((?P<firm>[^()]{2,20})\)")


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person wrote at one time."""

    speaker: str
    name_place: Place
    start: int
    end: int


def is_chat(text: str) -> bool:
    """Whether the text is an exported chat: several lines that only name a speaker and a time."""
    found = 0
    for _ in _SPEAKER.finditer(text[:20000]):
        found += 1
        if found >= _FEWEST_SPEECHES:
            return True
    return False


def read_chat(notice: Notice) -> list[Draft]:
    """The records told in a chat; "I" is who speaks."""
    drafts: list[Draft] = []
    for speech in _speeches(notice):
        drafts.extend(_read_speech(notice, speech))
    return drafts


def _speeches(notice: Notice) -> Iterator[Speech]:
    last: re.Match[str] | None = None
    for match in _SPEAKER.finditer(notice.text):
        if last is not None:
            yield _speech(last, match.start())
        last = match
    if last is not None:
        yield _speech(last, len(notice.text))


def _speech(match: re.Match[str], end: int) -> Speech:
    group = "name" if match["name"] else "other"
    return Speech(match[group], match.span(group), match.end(), end)


def _read_speech(notice: Notice, speech: Speech) -> list[Draft]:
    kind, _ = kind_of_name(speech.speaker, DonorKind.PERSON)
    first, last = speech.name_place
    speaker = Giver(notice.original[first:last], kind if kind is not DonorKind.GROUP else DonorKind.PERSON, (-1, -1))
    words = notice.text[speech.start : speech.end]
    sentence = read_sentence(words, notice.original[speech.start : speech.end], speech.start)
    if not _ANNOUNCER.search(words):
        for line in re.finditer(r"[^\n。!]+", sentence.masked):
            if _ONLY_FIGURE.match(line.group().strip()):
                match = ANY_FIGURE.search(sentence.masked, line.start())
                figure = sentence.figures.get(match.start()) if match is not None else None
                if figure is not None and figure.value is not None and figure.value >= 1:
                    record = draft(speaker, Article(GiftKind.CASH, figure.start, figure.end, figure), Scope.GIFT, speech.start)
                    record.spans["donor"] = speech.name_place
                    record.from_row = True
                    rest = speech.start + line.end()
                    return [record, *_in_voice(read_prose(notice, rest, speech.end, speaker), speech)]
    return _in_voice(read_prose(notice, speech.start, speech.end, speaker), speech)


def _in_voice(drafts: list[Draft], speech: Speech) -> list[Draft]:
    for record in drafts:
        if record.donor == speech.speaker:
            record.spans["donor"] = speech.name_place
            record.from_row = True
        firm = _BRACKET_FIRM.search(record.donor or "")
        if firm is not None:
            record.donor, record.donor_kind = firm["firm"], DonorKind.ENTERPRISE
    return drafts
