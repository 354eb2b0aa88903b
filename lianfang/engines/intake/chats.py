"""Exported group chats: a line with a name and a time, then what that person wrote.

邸小川 20:03
我捐2万
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lianfang.engines.intake.article import Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Place, Scope
from lianfang.engines.intake.draft import Draft, draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import body_head
from lianfang.engines.intake.names import is_person_name, kind_of_name
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.prose import read_prose
from lianfang.engines.intake.sentence import ANY_FIGURE, Sentence, read_sentence

_SPEAKER: Final = expression(
    r"[ \t]*(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \t]+)?"
    r"(?P<name>[^\s\d:。,!?@][^\n:。,!?@]{0,19}?)[ \t]+"
    r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \t]+)?(?:上午|"
    r"下午|晚上|凌晨|中午)?[ \t]*\d{1,2}:\d{2}(?::\d{2})?[ \t]*:?[ \t]*$"
    r"|[ \t]*\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \t]+(?P<other>[^\s\d:。,!?@][^\n:。,!?@]{0,19}?)[ \t]*:[ \t]*$",
)
_CLOCK: Final = expression(r"\d:\d\d")
_FEWEST_SPEECHES: Final = 3
_FEWEST_SAYINGS: Final = 4
_ONLY_FIGURE: Final = expression(
    r"^(?:(?:那|好的?|算|再|还有)?我?(?:也|先|再)?(?:来|出|报|认|加|捐)?|\+)?\s*(?:\ue000\ue010*|"
    r"\ue003\ue013*)(?:吧|呗|哈|啦|了)?\s*(?:[,。!~]|$)"
)
_ANNOUNCER: Final = expression(r"截至|统计|合计|共计|到账|公布|汇总|核对|感谢")
_BRACKET_FIRM: Final = expression(r"(?:公司|我家\S{0,6}|店里|厂里|单位|我们\S{0,4})\((?P<firm>[^()]{2,20})\)")


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person wrote at one time."""

    speaker: str
    name_place: Place
    start: int
    end: int


_SAYS: Final = expression(
    r"[ \t]*(?P<name>[^\s\d:。,!?@()、]{1,10})[ \t]*:[ \t]*(?=[^\s])(?!\s*(?:\d{4}年|人民币|现金))"
)
_SPEAKS: Final = expression(r":[^\n]{0,24}[我俺咱](?![县市区镇乡村会校院局街])")
_I: Final = expression(
    r":[ \t]*(?:那|好的?,?)?(?:我|俺|算我|咱|再)[^\n]{0,16}\d|:[ \t]*(?:捐|\+)?\d{2,6}(?:元|"
    r"块)?(?:[,。!~\s]|$)",
    re.MULTILINE,
)


def is_chat(text: str) -> bool:
    """Whether the text is an exported chat: lines that name a speaker and a time, or 甲:我捐500."""
    return _speaker_pattern(text) is not None


def _speaker_pattern(text: str) -> re.Pattern[str] | None:
    sample = text[:20000]
    if (
        _CLOCK.search(sample)
        and sum(1 for _ in zip(_heads(sample, _SPEAKER), range(_FEWEST_SPEECHES), strict=False))
        >= _FEWEST_SPEECHES
    ):
        return _SPEAKER
    if sample.count(":") < _FEWEST_SAYINGS or not _SPEAKS.search(sample):
        return None
    names = [match["name"] for match in _heads(sample, _SAYS)]
    bodies = sum(body_head(name) is not None and not is_person_name(name) for name in names)
    if (
        len(names) >= _FEWEST_SAYINGS
        and bodies * 3 < len(names)
        and len(_I.findall(sample)) >= _FEWEST_SPEECHES
    ):
        return _SAYS
    return None


def read_chat(notice: Notice) -> list[Draft]:
    """The records told in a chat; "I" is who speaks."""
    drafts: list[Draft] = []
    notice.text = _EMOJI.sub(lambda match: "," + " " * (len(match.group()) - 1), notice.text)
    for speech in _speeches(notice):
        drafts.extend(_read_speech(notice, speech))
    return drafts


def _heads(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The lines that name a speaker; only the beginning of a line is looked at."""
    for line in _LINE.finditer(text):
        start, end = line.span()
        if pattern is _SPEAKER and end - start > _LONGEST_HEAD:
            continue
        match = pattern.match(text, start, min(end, start + _LONGEST_HEAD))
        if match is not None:
            yield match


_LINE: Final = expression(r"[^\n]+")
_LONGEST_HEAD: Final = 60


def _speeches(notice: Notice) -> Iterator[Speech]:
    last: re.Match[str] | None = None
    pattern = _speaker_pattern(notice.text) or _SPEAKER
    for match in _heads(notice.text, pattern):
        if last is not None:
            yield _speech(last, match.start())
        last = match
    if last is not None:
        yield _speech(last, len(notice.text))


def _speech(match: re.Match[str], end: int) -> Speech:
    group = "name" if match["name"] else "other"
    return Speech(match[group], match.span(group), match.end(), end)


def _read_speech(notice: Notice, speech: Speech) -> list[Draft]:
    speaker = _speaker(notice, speech)
    words = notice.text[speech.start : speech.end]
    sentence = read_sentence(words, notice.original[speech.start : speech.end], speech.start)
    if not _ANNOUNCER.search(words):
        for line in re.finditer(r"[^\n。!]+", sentence.masked):
            if _ONLY_FIGURE.match(line.group().strip()):
                match = ANY_FIGURE.search(sentence.masked, line.start())
                figure = sentence.figures.get(match.start()) if match is not None else None
                if figure is not None and figure.value is not None and figure.value >= 1:
                    record = draft(
                        speaker,
                        Article(GiftKind.CASH, figure.start, figure.end, figure),
                        Scope.GIFT,
                        speech.start,
                    )
                    record.spans["donor"] = speech.name_place
                    record.from_row = True
                    rest = speech.start + line.end()
                    after = read_sentence(
                        notice.text[rest : speech.end], notice.original[rest : speech.end], rest
                    )
                    more = read_prose(notice, rest, speech.end, speaker) or _offers(after, speaker)
                    return [record, *_in_voice(more, speech)]
    offered = [] if _ANNOUNCER.search(words) else _offers(sentence, speaker)
    told = read_prose(notice, speech.start, speech.end, speaker)
    return _in_voice(told if told else [*offered, *told], speech)


_EMOJI: Final = expression(r"\[[\u4e00-\u9fffA-Za-z]{1,4}\]")


def _speaker(notice: Notice, speech: Speech) -> Giver:
    """Who speaks, without title and department (局长老韩 → 老韩), as in a list of names."""
    first, last = speech.name_place
    kind, _ = kind_of_name(speech.speaker, DonorKind.PERSON)
    if kind in (DonorKind.GROUP, DonorKind.PERSON):
        kind = DonorKind.PERSON
        for size in (2, 3, 4):
            lead, name = speech.speaker[:-size], speech.speaker[-size:]
            if lead and is_person_name(name) and _OFFICE.fullmatch(lead):
                first = last - size
                break
    return Giver(notice.original[first:last], kind, (-1, -1))


_OFFICE: Final = expression(
    r"(?:[\u4e00-\u9fff]{0,6}(?:办公室|[股科处室办部组会队厂店局]|书记|主任|局长|站长|会长|社长|所长|经理)|退休的?|老党员|党员)"
)
_OFFER: Final = expression(
    r"(?:^|[\n,。!])\s*(?:那|好|我们?|俺|这边|店里|家里|公司|再|也|先|还有|还|\+)*(?:来|出|送|拿|供|加|"
    r"凑|报|认|带|提供)?(?=[^\n,。!?]{0,12}[\ue000\ue001])"
)
_QUESTION: Final = expression(r"[?]|吗|多少钱|批发价|每[只箱袋件]|谁要|一共要|买")


def _offers(sentence: Sentence, speaker: Giver) -> list[Draft]:
    """What a speech offers without a verb of giving (我出口罩100只)."""
    records = []
    for match in _OFFER.finditer(sentence.masked):
        stop = re.compile(r"[\n,。!?]|$").search(sentence.masked, match.end())
        end = stop.start() if stop is not None else len(sentence.masked)
        if _QUESTION.search(sentence.masked, match.start(), min(end + 1, len(sentence.masked))):
            continue
        for article in read_articles(sentence, match.end(), end):
            if article.money is None and article.quantity is None:
                continue
            record = draft(speaker, article, Scope.GIFT, sentence.base)
            record.start, record.end = sentence.base + match.end(), sentence.base + article.end
            records.append(record)
    return records


def _in_voice(drafts: list[Draft], speech: Speech) -> list[Draft]:
    for record in drafts:
        if record.donor is not None and speech.speaker.endswith(normal(record.donor)):
            record.spans["donor"] = speech.name_place
            record.from_row = True
        firm = _BRACKET_FIRM.search(normal(record.donor or ""))
        if firm is not None:
            record.donor, record.donor_kind = firm["firm"], DonorKind.ENTERPRISE
    return drafts
