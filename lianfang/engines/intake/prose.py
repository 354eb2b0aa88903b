"""Running text: who gives what, clause by clause, with what one clause leaves to be understood in the next.

A clause is read as one of

    a gift          甲向乙捐款5万元               (giver, verb, object)
    a sum           共收到社会各界捐款80万元       (receiver or collector, verb, object)
    a tier          捐款10万元以上的有8家          (`tiers`)
    a continuation  另有口罩2万只; 丙公司3万元; 价值9万元; 其中现金5万元
"""

import re
from dataclasses import dataclass, field
from typing import Final

from lianfang.engines.figures import Bound, Figure
from lianfang.engines.intake.claim import DonorKind, DoubtReason, GiftKind, Place, Scope
from lianfang.engines.intake.clauses import clauses, sentences
from lianfang.engines.intake.draft import Draft, Party, draft
from lianfang.engines.intake.givers import Giver, is_person_name, kind_of_name, read_givers
from lianfang.engines.intake.goods import GOODS_END, MIXED_WORDS, VALUE, Article, read_articles
from lianfang.engines.intake.heads import body_head, class_head, title_length
from lianfang.engines.intake.lexicon import (
    APPEAL,
    COLLECT,
    GIVE,
    NEGATED,
    NOT_GIFT,
    RECEIVE,
    SEND,
    VISIT,
)
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.phrases import Lead, Sharing, read_lead
from lianfang.engines.intake.sentence import ANY_FIGURE, BARE, COUNT, MONEY, QUANTITY, Sentence, read_sentence
from lianfang.engines.intake.tiers import read_tiers


@dataclass(slots=True)
class Thread:
    """What a clause leaves behind for the clauses after it."""

    givers: list[Giver] = field(default_factory=list)
    recipient: Party | None = None
    via: Party | None = None
    pledged: bool = False
    scope: Scope = Scope.GIFT
    kind: GiftKind = GiftKind.CASH
    drafts: list[Draft] = field(default_factory=list)
    """The records of the last clause that gave any."""
    tiers: list[Draft] = field(default_factory=list)
    sum_drafts: list[Draft] = field(default_factory=list)
    """The last sum, whose parts may follow."""
    open: bool = False
    """A gift was told in this sentence, so a verbless clause may go on with it."""
    receiving: bool = False
    speaker: Giver | None = None
    last_deed: int = 0
    """Where the last word of giving in the paragraph ends; behind it nobody needs to be remembered."""
    labelled: bool = False
    """The giver stood before a colon, and the first sentence tells what it gave."""
    waiting: Place | None = None
    """A clause with a giver and a verb but nothing given yet."""


def read_prose(
    notice: Notice,
    start: int,
    end: int,
    speaker: Giver | None = None,
    topic: Giver | None = None,
    *,
    labelled: bool = False,
) -> list[Draft]:
    """The records told in a stretch of running text; `speaker` is who says "I".

    `topic` is the giver that a heading of its own names; `labelled` if it stands before a colon, so that what
    follows is its gift even without a verb.
    """
    thread = Thread(labelled=labelled)
    if topic is not None:
        thread.givers = [topic]
    if notice.kind is not None:
        thread.kind = notice.kind
    if speaker is not None:
        thread.speaker = speaker
        thread.givers = [speaker]
    found: list[Draft] = []
    for match in _DEED.finditer(notice.text, start, end):
        thread.last_deed = match.end()
    if (
        thread.last_deed == 0
        and not notice.about_giving
        and not notice.is_list
        and topic is None
        and speaker is None
    ):
        return found
    for sentence_start, sentence_end in sentences(notice.text, start, end):
        sentence = read_sentence(
            notice.text[sentence_start:sentence_end],
            notice.original[sentence_start:sentence_end],
            sentence_start,
        )
        mark = _LIST_MARK.match(sentence.text)
        if mark is not None:
            sentence_start += mark.end()
            sentence = read_sentence(
                notice.text[sentence_start:sentence_end],
                notice.original[sentence_start:sentence_end],
                sentence_start,
            )
        reader = _SentenceReader(notice, sentence, thread)
        found.extend(reader.read())
    return found


_DEED: Final = re.compile(
    r"[捐赠献募汇凑筹]|塞给|递给|[提端挑扛背牵驮拎抱捧载拿拉运抬搬捎]来|挤出|省出|追加|卸在|"
    r"送[去来给到至往上达抵出了]|善款|收到|接收|接受|交给|投进|拿出|掏出|出资|赞助|驰援|支援|援助|放下|"
    r"留下|塞进|寄[来去给]|款物"
)
"""Words without which a paragraph tells no gift, unless it is a list of them."""
_SIGN: Final = re.compile(
    r"[\ue000-\ue003捐赠献募善款送收汇凑寄投赞认署落误若存转]|物资|来自|的是|应为|提供|驰援|援助|支援|"
    r"拉到|运|捎"
)
"""Words without which a clause says nothing of giving but may name who is spoken of."""

_LIST_MARK: Final = re.compile(
    r"\s*(?:[(]?\d{1,2}[.、)](?!\d)|[①-⑳]|[(][一二三四五六七八九十]{1,3}[)])\s*(?=[^\d\s])"
)
"""What numbers the points of a paragraph (1.某公司捐款…。2.某商会…)."""


_INNER_PARTS: Final = re.compile(r"\((?P<parts>(?:其中|含(?!本)|包括|折合)[^()]*[\ue000-\ue003][^()]*)\)")


def _opened(masked: str) -> str:
    """The sentence with the parts of a sum that stand in brackets set as a clause of their own."""
    return _INNER_PARTS.sub(lambda match: f",{match['parts']},", masked) if "(" in masked else masked


class _SentenceReader:
    """Reads one sentence; `thread` carries over from the sentence before."""

    def __init__(self, notice: Notice, sentence: Sentence, thread: Thread) -> None:
        self.notice = notice
        self.sentence = sentence
        sentence.masked = _opened(sentence.masked)
        self.masked = sentence.masked
        self.thread = thread
        self.found: list[Draft] = []
        self.taken: Place | None = None
        """A clause that took something up (把…, 购买…) without saying yet what became of it."""
        self.value_told: Place | None = None
        """A clause with the value of goods whose giving comes after it."""
        self.within_sum = False
        """The sentence has come to the parts of a sum (其中 …)."""
        self.clauses = clauses(sentence)
        self.topics: dict[Place, list[Giver]] = {}
        """Topics found so far, by clause."""

    def read(self) -> list[Draft]:
        self.thread.open = self.thread.labelled
        self.thread.waiting = (0, 0) if self.thread.labelled else None
        self.thread.labelled = self.thread.receiving = False
        if _NO_DEED.search(self.masked):
            return []
        for index, (start, end) in enumerate(self.clauses):
            self.index = index
            self._read_clause(start, end)
        return self.found

    # ---- one clause ----

    def _read_clause(self, start: int, end: int) -> None:
        masked = self.masked
        if _SIGN.search(masked, start, end) is None:
            self._note_topic(start, end)
            return
        if NEGATED.search(masked, start, end) or self._is_corrected_away(start, end):
            self.thread.open = False
            return
        if _AS_FOLLOWS.search(masked, start, end) or (
            "不等" in masked[start:end] and ANY_FIGURE.search(masked, start, end)
        ):
            return
        directed = _DIRECTED.fullmatch(masked, start, end)
        if directed is not None and self.found:
            party = self._party(directed.span("who"))
            for record in self.found:
                record.recipient, record.directed = party, True
            return
        appeal = APPEAL.search(masked, start, end)
        if (
            appeal is not None
            and not RECEIVE.search(masked, start, end)
            and not _TOLD_BEFORE.search(masked, start, appeal.start())
        ):
            self.thread.open = False
            return
        tiers = read_tiers(self.notice, self.sentence, start, end, self._classes(), self._tier_kind())
        if tiers:
            for tier in tiers:
                if self.thread.sum_drafts and tier.recipient is None:
                    tier.recipient = self.thread.sum_drafts[0].recipient
            self.thread.tiers = tiers
            self.thread.kind = tiers[-1].kind
            self._keep(tiers, Scope.TIER)
            return
        if (
            self._read_level_list(start, end)
            or self._read_quoted_row(start, end)
            or self._read_most(start, end)
            or self._read_signed(start, end)
        ):
            return
        counted = self._counted_class(start, end)
        if counted is not None:
            self.thread.givers, self.thread.waiting, self.thread.open = [counted], (start, end), True
            return
        give = self._main_verb(start, end)
        receive = RECEIVE.search(masked, start, end)
        collect = COLLECT.search(masked, start, end)
        if (
            receive is not None
            and (give is None or receive.start() < give.start())
            and self._read_receipt(receive, start, end)
        ):
            return
        if (
            collect is not None
            and (give is None or collect.start() < give.start())
            and self._read_collection(collect, start, end)
        ):
            return
        if self._read_grand_total(start, end):
            return
        if give is not None and self._read_gift(give, start, end):
            return
        if give is None and _TAKE_UP.search(masked, start, end) and ANY_FIGURE.search(masked, start, end):
            self.taken = (start, end)
        elif give is None and self._read_continuation(start, end):
            return
        self._note_topic(start, end)

    def _classes(self) -> list[Giver]:
        """The classes of givers that a tier may divide, the nearest last."""
        before = self.clauses[self.index - 1] if self.index else None
        if before is not None:
            within = re.search(
                r"(?P<class>[\u4e00-\u9fff]{2,20}?)(?:当?中|里)$", self.masked[before[0] : before[1]]
            )
            if within is not None and class_head(within["class"]) is not None:
                first = before[0] + within.start("class")
                return [Giver(within["class"], DonorKind.GROUP, (first, first + len(within["class"])))]
        known = [
            record
            for record in [*self.thread.sum_drafts, *self.thread.tiers]
            if record.donor is not None and record.donor_kind is DonorKind.GROUP
        ]
        return [Giver(record.donor, DonorKind.GROUP, (-1, -1)) for record in known] or self.thread.givers

    def _counted_class(self, start: int, end: int) -> Giver | None:
        """公开宣布捐款的企业已超过50家: who the sum that follows is of."""
        counted = _COUNTED_CLASS.search(self.masked, start, end)
        figure = None if counted is None else self.sentence.figures.get(counted.start("count"))
        if counted is None or figure is None or figure.value is None or class_head(counted["class"]) is None:
            return None
        return Giver(counted["class"], DonorKind.GROUP, counted.span("class"), int(figure.value))

    def _tier_kind(self) -> GiftKind:
        return self.thread.kind

    def _is_corrected_away(self, start: int, end: int) -> bool:
        return _CORRECTED_AWAY.search(self.masked, start, end) is not None

    def _main_verb(self, start: int, end: int) -> re.Match[str] | None:
        """The verb that says the giving: the first own one, but of 购买…捐给丙 the second."""
        masked = self.masked
        first: re.Match[str] | None = None
        for verb in GIVE.finditer(masked, start, end):
            if (
                masked.startswith("的", verb.end())
                and not re.match(
                    r"的(?:是|首批|第一批|现金|人民币|善款)?[\ue000\ue003]", masked[verb.end() : end]
                )
                and first is None
            ):
                following = GIVE.search(masked, verb.end(), end)
                if following is not None:
                    continue
            if first is None or (
                (_TO.match(masked, verb.end()) or verb.group().endswith(("给", "到", "至")))
                and (
                    not ANY_FIGURE.search(masked, first.end(), verb.start())
                    or masked[first.end() : first.end() + 1] in "的了额"
                )
            ):
                first = verb
        if first is not None:
            return first
        if VISIT.search(masked) and not GIVE.search(masked):
            return None
        for verb in SEND.finditer(masked, start, end):
            first = verb
        return first

    # ---- gifts ----

    def _read_gift(self, verb: re.Match[str], start: int, end: int) -> bool:
        masked, thread = self.masked, self.thread
        weak = verb.re is SEND
        corrected = _CORRECTED_TO.match(masked, start, verb.start())
        if corrected is not None:
            start = corrected.end()
        lead = read_lead(self.sentence, start, verb.start())
        if verb.group().startswith("认捐"):
            lead.pledged = True
        after = verb.end()
        noun = _SUM_NOUN.match(masked, after, end)
        if noun is not None:
            after = noun.end()
        changed = _CHANGED.match(masked, after, end)
        if changed is not None:
            after = changed.end()
        promise = _PROMISED_SERVICE.search(masked, after, end)
        if promise is not None and ANY_FIGURE.search(masked, promise.end(), end) is None:
            end = promise.start()
        object_end, recipient = self._object_and_recipient(verb, after, end)
        if recipient is not None and recipient[0] < object_end and recipient[0] <= after + 3:
            after = recipient[1] + (1 if masked.startswith("的", recipient[1]) else 0)
        articles = read_articles(self.sentence, after, object_end) if after < object_end else []
        articles = [article for article in articles if self._is_given(article, weak)]
        if _SPREAD.search(masked, start, end) or _INSURED.search(masked, start, end):
            return False
        if (
            _SUM_FRONT.match(masked, after, object_end)
            and articles
            and articles[0].kind is not GiftKind.GOODS
        ):
            lead.together = lead.together or bool(
                re.match(r"共|累计|总|合计", masked[after:object_end].strip("额款了达到"))
            )
        if noun is not None and "总" in noun.group():
            lead.together = True
        if masked.startswith("各", after) and articles:
            lead.sharing = Sharing.EACH
        if any(article.each for article in articles) and recipient is not None:
            lead.sharing = Sharing.EACH
        if not articles and lead.object is not None:
            articles = [a for a in read_articles(self.sentence, *lead.object) if self._is_given(a, weak)]
        if not articles and self._subject_is_thing(lead, verb):
            articles = [a for a in read_articles(self.sentence, *lead.subject) if self._is_given(a, weak)]
            if articles:
                lead.subject = (lead.subject[0], lead.subject[0])
        if not articles:
            articles = self._object_told_before(verb, start)
        givers = self._givers(lead)
        if len(givers) == 1 and givers[0].name is not None and _THIS_BATCH.fullmatch(givers[0].name):
            givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
        via = self._party(lead.via, resolve=False)
        own_recipient = self._party(recipient or lead.recipient)
        own_subject = masked[lead.subject[0] : lead.subject[1]].strip(" ,:、“”")
        if (
            not articles
            and not weak
            and own_recipient is not None
            and self.found
            and thread.open
            and (not own_subject or _EMPTY_SUBJECT.match(own_subject))
        ):
            for record in thread.drafts:
                if record.recipient is None or any(
                    doubt.reason is DoubtReason.WEAK_VERB for doubt in record.doubts
                ):
                    record.recipient = own_recipient
                    record.via = record.via or via
            return True
        if not articles:
            if givers and not weak:
                thread.givers, thread.waiting, thread.pledged = givers, (start, end), lead.pledged
                thread.recipient, thread.via = own_recipient, via
                thread.open = True
                return True
            if own_recipient is not None and thread.open and verb.re is not SEND:
                for record in thread.drafts:
                    record.recipient = record.recipient or own_recipient
            return False
        if _AVERAGE.search(masked, start, verb.start()) and givers:
            thread.givers, thread.waiting, thread.open = givers, (start, end), True
            return True
        if weak and not self._weak_is_gift(givers, articles, verb, start):
            return False
        if not givers:
            return False
        carries = self._carries_parties(lead, start)
        if masked.startswith("其中", start):
            self.within_sum = True
        if own_recipient is None and thread.sum_drafts and self.within_sum:
            own_recipient = thread.sum_drafts[0].recipient
        if carries and own_recipient is None and via is None:
            own_recipient, via = thread.recipient, thread.via
        if (
            via is None
            and own_recipient is not None
            and carries
            and thread.via is not None
            and lead.recipient is None
        ):
            via = thread.via
        kind = _verb_kind(verb.group())
        if weak and len(articles) == 1 and articles[0].kind is GiftKind.CASH:
            self._bought_with(articles[0], end)
        records = self._records(givers, articles, lead, own_recipient, via, kind, start, end)
        for record in records:
            record.pledged = lead.pledged and not self._has_arrived(end)
            if weak:
                record.doubt("kind", DoubtReason.WEAK_VERB)
        thread.givers = givers
        if len(givers) > 1 and lead.sharing is Sharing.NONE and records:
            thread.givers = [Giver(records[0].donor, givers[0].kind, (-1, -1), records[0].count)]
        if (
            lead.together
            and len(records) == 1
            and "款" not in verb.group()
            and records[0].scope is Scope.TOTAL
            and records[0].kind is GiftKind.CASH
        ):
            parts = {
                record.kind
                for record in self.found
                if record.donor == records[0].donor and record.scope is not Scope.TOTAL
            }
            if {GiftKind.CASH, GiftKind.GOODS} <= parts:
                records[0].kind = GiftKind.MIXED
        thread.recipient, thread.via, thread.pledged = own_recipient, via, lead.pledged
        if not self.within_sum:
            thread.kind = kind or (records[0].kind if records else GiftKind.CASH)
        scope = records[0].scope if records else Scope.GIFT
        self._keep(records, scope)
        if self.value_told is not None:
            self._read_value(*self.value_told)
            self.value_told = None
        return True

    def _is_given(self, article: Article, weak: bool) -> bool:
        if article.money is not None and article.money.value is None and article.kind is GiftKind.CASH:
            return False
        if article.quantity is not None and article.quantity.value == 0:
            return False
        if article.item is not None and re.match(
            r"免费|在(?!线)|另行|特意|纸条|证书|锦旗|感谢信|军礼|鞠躬", article.item
        ):
            return False
        if (
            article.kind is GiftKind.GOODS
            and article.quantity is None
            and article.money is None
            and not article.vague
        ):
            if article.item is None:
                return False
            if self._value_follows():
                return True
            return not weak and (
                _NAMED_GOODS.search(article.item) is not None or GOODS_END.search(article.item) is not None
            )
        return True

    def _subject_is_thing(self, lead: Lead, verb: re.Match[str]) -> bool:
        """首批价值500万元的乳制品已送抵…: what stands before the verb is the thing."""
        if not verb.group().endswith(("到", "抵", "达", "往", "至", "出", "去")):
            return False
        match = ANY_FIGURE.search(self.masked, *lead.subject)
        return (
            match is not None
            and self.masked[match.start()] in "\ue000\ue001"
            and all(giver.guessed for giver in read_givers(self.sentence, lead.subject[0], match.start()))
        )

    def _value_follows(self) -> bool:
        """Whether the next clause tells what the articles of this one are worth."""
        if self.index + 1 >= len(self.clauses):
            return False
        return _VALUE_CLAUSE.match(self.masked, *self.clauses[self.index + 1]) is not None

    def _weak_is_gift(
        self, givers: list[Giver], articles: list[Article], verb: re.Match[str], start: int
    ) -> bool:
        if not givers or all(
            giver.guessed and giver.name is not None and len(giver.name) > 10 for giver in givers
        ):
            return False
        cash = any(article.kind is GiftKind.CASH for article in articles)
        word = verb.group()
        if cash and not re.match(
            r"汇|投|拿出|掏出|凑|送上|递|捧|挤|省|提来|带回|送回|追加|支援|驰援|援助|送来|送去|送到|"
            r"交给|交到|交来|转来|打|寄|塞|放|留|出资|赞助|捎",
            word,
        ):
            return False
        if cash and re.match(
            r"(?:的)?(?:专项|工作|专门)?(?:经费|补贴|补助|周转金|预算)",
            _words_after(self.masked, articles[0]),
        ):
            return False
        if (
            cash
            and word in ("拿出", "出资", "掏出", "交给", "交到", "凑了", "凑出")
            and not self._speaks_of_giving_nearby()
        ):
            return False
        return not NOT_GIFT.search(self.masked, start, verb.start())

    def _bought_with(self, article: Article, end: int) -> None:
        """出资48万元购买医用手套,捐献给…: what is given is the thing, worth the money."""
        bought = _BOUGHT.match(self.masked, article.end, end)
        if bought is None or GIVE.search(self.masked, bought.end()) is None:
            return
        things = read_articles(self.sentence, bought.end(), end)
        if things and things[0].kind is GiftKind.GOODS and things[0].money is None:
            article.kind, article.item, article.item_place = (
                GiftKind.GOODS,
                things[0].item,
                things[0].item_place,
            )
            article.quantity, article.end = things[0].quantity, things[0].end

    def _speaks_of_giving_nearby(self) -> bool:
        """Whether the sentence, its neighbours or the heading speak of giving."""
        if self.notice.about_giving:
            return True
        first, last = self.sentence.base, self.sentence.base + len(self.masked)
        return (
            re.search(
                r"捐|赠|献|支援|爱心|善款|红十字|慈善|心意", self.notice.text[max(0, first - 80) : last + 60]
            )
            is not None
        )

    def _has_arrived(self, end: int) -> bool:
        return (
            re.search(
                r"已(?:经)?(?:于[^,。]{0,8})?(?:全部)?(?:到账|到位|转入|汇入|拨付|送达|送抵|交付|支付|"
                r"打入|落实)",
                self.masked[end:],
            )
            is not None
        )

    def _object_and_recipient(self, verb: re.Match[str], start: int, end: int) -> tuple[int, Place | None]:
        """Where the object ends, and a receiver that is told after the verb."""
        masked = self.masked
        if verb.group().endswith(("给", "到", "至", "往", "抵", "达", "进", "向")) or _TO.match(
            masked, start
        ):
            to = _TO.match(masked, start)
            done = _DONE.match(masked, start)
            first = to.end() if to is not None else done.end() if done is not None else start
            stop = self._receiver_end(first, end)
            if stop > first:
                return end, (first, stop)
            return end, None
        given = _GIVEN_TO.search(masked, start, end)
        if given is not None:
            stop = self._receiver_end(given.end(), end)
            if stop > given.end():
                return given.start(), (given.end(), stop)
        support = _SUPPORT.search(masked, start, end)
        if support is not None:
            stop = self._receiver_end(support.end(), end)
            name = masked[support.end() : stop]
            if name and body_head(name) is not None and not ANY_FIGURE.search(name):
                return support.start(), (support.end(), stop)
        figure = ANY_FIGURE.search(masked, start, end)
        if figure is not None and figure.start() - start >= 3:
            cut = self._body_before_item(start, figure.start())
            if cut is not None and masked[cut : figure.start()].strip(" 的"):
                return end, (start, cut)
        return end, None

    def _receiver_end(self, start: int, end: int) -> int:
        """Where a receiver's name ends: before 的 with an article, a figure, a purpose or the clause."""
        masked = self.masked
        stop = end
        purpose = _AFTER_RECEIVER.search(masked, start, end)
        if purpose is not None:
            stop = purpose.start()
        first_figure = ANY_FIGURE.search(masked, start, stop)
        of = masked.rfind("的", start, first_figure.start()) if first_figure is not None else -1
        if (
            of > start
            and first_figure is not None
            and "、" not in masked[of : first_figure.start()]
            and body_head(masked[of + 1 : first_figure.start()].rstrip("等各共近约")) is None
        ):
            return of
        figure = next((m for m in ANY_FIGURE.finditer(masked, start, stop) if m.start() > start), None)
        if figure is not None and masked[figure.start()] in "\ue000\ue001\ue003":
            cut = self._body_before_item(start, figure.start())
            if cut is not None:
                return cut
            if masked[figure.start()] == "\ue001" and _PLACE_AFTER.match(masked, figure.end(), stop):
                return stop
            return figure.start()
        return stop

    def _body_before_item(self, start: int, end: int, *, receiver: bool = True) -> int | None:
        """Where a body's name ends that an article follows without a break (镇卫生院|口罩)."""
        for cut in range(end, start + 1, -1):
            name = self.masked[start:cut]
            head = body_head(name)
            if (
                head is not None
                and len(head[0]) < len(name)
                and (len(head[0]) > 1 or head[0] in "镇乡县村市")
                and head[0] not in _ITEM_LIKE
                and "、" not in name
                and (head[1] is not DonorKind.ENTERPRISE or not receiver)
            ):
                return cut
            if (class_head(name) is not None and cut < end) or (
                name.endswith(("学子", "群众", "灾民")) and cut < end
            ):
                return cut
        return None

    def _object_told_before(self, verb: re.Match[str], start: int) -> list[Article]:
        """What is given where the verb itself has no object: "从境外采购口罩5000只,捐赠给…"."""
        masked = self.masked
        own = masked[start : verb.start()]
        if not (
            verb.group().endswith(("给", "到", "至", "往", "抵", "达", "进", "向", "出", "来", "去"))
            or _TO.match(masked, verb.end())
            or re.match(r"了?(?:出[来去]?)?[,。]?$", masked[verb.end() :].split(",")[0])
        ):
            return []
        own_figure = ANY_FIGURE.search(own)
        where = start + (0 if own_figure is None else own_figure.start())
        if own_figure is not None:
            region = self._told_region(start, verb.start())
            articles = read_articles(self.sentence, *region)
            return [a for a in articles if self._is_given(a, True)]
        if self.taken is not None:
            first, last = self.taken
            self.taken = None
            told = [
                a
                for a in read_articles(self.sentence, *self._told_region(first, last))
                if self._is_given(a, True)
            ]
            if told:
                return told
        if self.index == 0 or self.thread.open:
            return []
        for previous in range(self.index - 1, max(-1, self.index - 4), -1):
            first, last = self.clauses[previous]
            if _VALUE_CLAUSE.match(masked, first, last):
                self.value_told = (first, last)
                continue
            if not ANY_FIGURE.search(masked, first, last):
                continue
            if NOT_GIFT.search(masked, first, last) and not re.search(
                r"采购|购买|购置|生产|赶制", masked[first:last]
            ):
                return []
            articles = [
                a
                for a in read_articles(self.sentence, *self._told_region(first, last))
                if self._is_given(a, True)
            ]
            if articles:
                for article in articles:
                    article.start = min(article.start, where)
                return articles
        return []

    def _told_region(self, start: int, end: int) -> Place:
        """The part of a clause that names the thing, after 把、将、购买 … where one of them stands."""
        found = None
        for match in _TAKE.finditer(self.masked, start, end):
            if ANY_FIGURE.search(self.masked, match.end(), end):
                found = match
        return (found.end() if found is not None else start), end

    # ---- givers ----

    def _givers(self, lead: Lead) -> list[Giver]:
        masked = self.masked
        subject_start, subject_end = lead.subject
        if (
            lead.behalf is None
            and "个人" in lead.adverbs
            and masked[subject_start:subject_end].strip(" ,") in ("", "其中")
            and self.thread.sum_drafts
            and (self._after_class_part() or self.within_sum)
        ):
            place = masked.find("个人", subject_start)
            return [Giver("个人", DonorKind.GROUP, (place, place + 2))]
        if lead.behalf is not None:
            name = re.search(r"的?名义$", masked[: lead.behalf[1]])
            found = read_givers(
                self.sentence, lead.behalf[0], lead.behalf[1] if name is None else name.start()
            )
            if found and not found[0].points_back:
                return found
            body = self._employer(subject_start, subject_end)
            if body is not None:
                self._resolve(self._named(subject_start, subject_end))
                self.notice.remember(body, 0)
                return [body]
            return self._resolve(found) if found else []
        words = masked[subject_start:subject_end].strip(" ,:、“”")
        if _NO_ONE_GIVER.match(words):
            return []
        if re.match(r"[他她](?!" + _KINSHIP + ")", words) and len(words) > 1:
            return self._resolve([Giver(words[0], DonorKind.ENTERPRISE, (-1, -1), points_back=True)])
        if self.thread.speaker is not None and (not words or _FIRST_PERSON.fullmatch(words)):
            return [self.thread.speaker]
        if not words or _EMPTY_SUBJECT.match(words) or _FIRST_PERSON.fullmatch(words):
            return self._carried()
        nominal = _NOMINAL.search(masked, subject_start, subject_end)
        if nominal is not None and nominal.start() > subject_start:
            subject_end = nominal.start()
        company = _COMPANY.match(masked, subject_start, subject_end)
        if company is not None:
            others = self._named(company.end(), subject_end) if company["with"] else []
            return [*self._carried(), *others]
        found = self._named(subject_start, subject_end)
        if not found:
            return self._carried()
        if lead.organised is not None:
            for giver in found:
                giver_name = giver.name
                del giver_name
        return self._resolve(found)

    def _after_class_part(self) -> bool:
        """Whether the record before is a part of a sum by classes (其中单位捐款…,个人捐款…)."""
        return bool(self.found) and self.found[-1].donor in (
            "单位",
            "企业",
            "集体",
            "机构",
            "会员单位",
            "企事业单位",
            "机关单位",
        )

    def _named(self, start: int, end: int) -> list[Giver]:
        """The givers in the words of a subject; else the longest name they begin with."""
        found = [giver for giver in read_givers(self.sentence, start, end) if self._is_plausible(giver)]
        figure = ANY_FIGURE.search(self.masked, start, end)
        if (
            figure is not None
            and self.masked[figure.start()] == "\ue000"
            and not self.masked.startswith("的", figure.end())
        ):
            topic = self._topic(start, figure.start())
            if topic:
                return topic
        if found and not any(giver.guessed for giver in found):
            return found
        for cut in range(end - 1, start + 2, -1):
            if end - cut > 12:
                break
            shorter = read_givers(self.sentence, start, cut)
            if (
                shorter
                and all(self._is_topic(giver) and not giver.points_back for giver in shorter)
                and _AFTER_NAME.match(self.masked, cut)
            ):
                return shorter
        return found

    def _is_plausible(self, giver: Giver) -> bool:
        name = giver.name
        if name is None:
            return True
        if _DEED_IN_NAME.search(name) or (re.match(r"[他她](?![们的])", name) and len(name) > 2):
            return False
        if len(name) > 40 or (giver.guessed and (len(name) > 14 or len(name) < 2)):
            return False
        first, last = giver.place
        if (
            first >= 0
            and ANY_FIGURE.search(self.masked, first, last)
            and self.masked[first] in "\ue000\ue001\ue003"
        ):
            return False
        return not (
            giver.guessed
            and (_NOT_A_NAME.search(name) or (first >= 0 and ANY_FIGURE.search(self.masked, first, last)))
        )

    def _employer(self, start: int, end: int) -> Giver | None:
        """The firm of a person who gives in its name: 霁月陶瓷老板公冶长林代表公司."""
        for cut in range(end - 2, start + 1, -1):
            title = title_length(self.masked[start:cut])
            if title >= 2:
                body = self.masked[start : cut - title]
                head = body_head(body)
                if head is not None:
                    found = read_givers(self.sentence, start, cut - title)
                    if found:
                        return found[-1]
        return None

    def _resolve(self, givers: list[Giver]) -> list[Giver]:
        """Words that stand for a named giver are replaced by that name."""
        resolved: list[Giver] = []
        for giver in givers:
            if not giver.points_back or giver.name is None:
                resolved.append(giver)
                self.notice.remember(giver, self.sentence.base)
                continue
            known = self.notice.point_back(giver.name, self.thread.givers)
            if known is not None:
                resolved.append(known)
            elif giver.name in ("企业", "单位", "商会", "公司", "集团", "协会"):
                kind, _ = kind_of_name("某" + giver.name, DonorKind.ENTERPRISE)
                resolved.append(Giver(giver.name, kind, giver.place, giver.count))
            elif giver.name.startswith(("其", "他", "她", "所在")) and len(giver.name) > 2:
                resolved.append(Giver(None, DonorKind.ENTERPRISE, giver.place))
            elif giver.kind is DonorKind.ENTERPRISE and re.search(r"[他她人男女子者]", giver.name):
                resolved.append(Giver(None, DonorKind.PERSON, giver.place))
        return resolved

    def _carried(self) -> list[Giver]:
        """The giver of a clause without a subject: the head of an earlier clause, else the last giver."""
        if not self.found or not self.thread.open:
            for first, last in reversed(self.clauses[: self.index]):
                if (
                    self.thread.waiting == (first, last)
                    and self.thread.givers
                    and not self.found
                    and not self.thread.givers[0].guessed
                ):
                    return self._as_carried(self.thread.givers)
                topic = self._topic(first, last)
                if topic:
                    return topic
        return self._as_carried(self.thread.givers)

    def _as_carried(self, givers: list[Giver]) -> list[Giver]:
        return [
            Giver(g.name, g.kind, (-1, -1), g.count, guessed=g.guessed) if g.place[0] >= 0 else g
            for g in givers
        ]

    def _topic(self, start: int, end: int) -> list[Giver]:
        """Who a clause without a giving verb speaks of, by the name at its head."""
        known = self.topics.get((start, end))
        if known is None:
            known = self._find_topic(start, end)
            self.topics[start, end] = known
        return known

    def _find_topic(self, start: int, end: int) -> list[Giver]:
        """Who a clause without a giving verb speaks of, by the name at its head."""
        masked = self.masked
        if masked.startswith(("除", "如", "若", "据", "经更正", "经核", "每", "截至", "截止"), start):
            return []
        stops = [
            match.start()
            for match in _BOUNDARY.finditer(masked, start + 2, min(end, start + 60))
            if not (
                masked[match.start()] in "\ue000\ue001" and "的" in masked[match.end() : match.end() + 10]
            )
        ][:8]
        if end - start <= 30:
            stops.append(end)
        for stop in stops:
            found = read_givers(self.sentence, start, stop)
            good = [g for g in found if self._is_topic(g)]
            if good and len(good) == len(found):
                return self._resolve(good)
        pronoun = re.compile(r"[\s,]*(?P<word>他|她)(?!" + _KINSHIP + ")").match(masked, start, end)
        if pronoun is not None:
            return self._resolve(
                [Giver(pronoun["word"], DonorKind.ENTERPRISE, pronoun.span("word"), points_back=True)]
            )
        titled = self._titled_head(start, end)
        if titled is not None:
            return self._resolve([titled])
        pointed = _POINTED_AT.search(masked, start, end)
        if pointed is not None:
            found = [g for g in read_givers(self.sentence, pointed.end(), end) if self._is_plausible(g)]
            if found and not found[0].guessed:
                return self._resolve(found)
        for cut in range(min(end, start + 24), start + 3, -1):
            head = body_head(masked[start:cut])
            if (
                head is not None
                and len(head[0]) >= 2
                and len(head[0]) < cut - start
                and not re.search(r"[、的地到来了着]", masked[start:cut])
            ):
                found = [g for g in read_givers(self.sentence, start, cut) if self._is_topic(g)]
                if found:
                    return self._resolve(found)
        return []

    def _titled_head(self, start: int, end: int) -> Giver | None:
        """A person named with a title near the head of a clause, whatever the verb that follows."""
        masked = self.masked
        for cut in range(start + 4, min(end, start + 36)):
            if title_length(masked[start : cut - 2]) < 2 and title_length(masked[start : cut - 3]) < 2:
                continue
            found = read_givers(self.sentence, start, cut)
            if (
                len(found) != 1
                or found[0].kind is not DonorKind.PERSON
                or found[0].guessed
                or found[0].name is None
            ):
                continue
            longer = (
                read_givers(self.sentence, start, cut + 1)
                if cut < end and masked[cut] not in _NOT_IN_NAMES and masked[cut : cut + 2] not in _MANNER
                else []
            )
            if (
                len(longer) == 1
                and longer[0].kind is DonorKind.PERSON
                and not longer[0].guessed
                and longer[0].name is not None
                and len(longer[0].name) == 3
            ):
                return longer[0]
            return found[0]
        return None

    def _is_topic(self, giver: Giver) -> bool:
        if giver.guessed or not self._is_plausible(giver):
            return False
        return (
            giver.name is None
            or giver.kind is DonorKind.PERSON
            or giver.points_back
            or not _NOT_A_NAME.search(
                giver.name.removeprefix("在") if giver.kind is DonorKind.GROUP else giver.name
            )
        )

    def _note_topic(self, start: int, end: int) -> None:
        if self.sentence.base + start > self.thread.last_deed:
            return
        topic = self._topic(start, end)
        if topic and topic[0].name is not None and (self.index == 0 or not self.thread.open):
            self.thread.givers = topic
            self.thread.recipient = self.thread.via = None

    # ---- records ----

    def _carries_parties(self, lead: Lead, start: int) -> bool:
        words = self.masked[lead.subject[0] : lead.subject[1]].strip(" ,:、“”")
        if not self.thread.open or not self.thread.drafts:
            return self.thread.waiting is not None
        if (
            words
            and not _EMPTY_SUBJECT.match(words)
            and not re.match(r"^(?:并|和|及|还|另|又|同时|再)", words)
        ):
            return False
        front = self.masked[start : start + 4].lstrip(" ")
        return re.match(r"并|和|及|以及|还|另|又|同时|、|再|随后又", front) is not None or bool(
            lead.adverbs and lead.adverbs[-1] in ("并", "还", "另", "又", "同时", "再", "另外", "此外")
        )

    def _records(
        self,
        givers: list[Giver],
        articles: list[Article],
        lead: Lead,
        recipient: Party | None,
        via: Party | None,
        kind: GiftKind | None,
        start: int,
        end: int,
    ) -> list[Draft]:
        words = self.masked[start : articles[0].start] if articles else ""
        for article in articles:
            if kind is GiftKind.GOODS and article.kind is GiftKind.CASH:
                article.kind = GiftKind.GOODS
            if kind is GiftKind.MIXED and (article.kind is GiftKind.CASH or article.item is None):
                article.kind = GiftKind.MIXED
            elif (
                article.kind is GiftKind.GOODS
                and article.item is None
                and article.quantity is None
                and "款" in words
            ):
                article.kind = GiftKind.CASH
        many = len(givers) > 1
        receivers = (
            self._receivers(recipient) if lead.sharing is not Sharing.NONE and not many else [recipient]
        )
        records: list[Draft] = []
        figures = [a for a in articles if a.money is not None or a.quantity is not None]
        if lead.sharing is Sharing.RESPECTIVELY and many and len(figures) == len(givers):
            for giver, article in zip(givers, figures, strict=True):
                records.append(
                    self._record(
                        giver, article, Scope.GIFT, recipient, via, self._own_start(giver, start), end
                    )
                )
            return records
        if lead.sharing is Sharing.RESPECTIVELY and not many and len(receivers) == len(figures) > 1:
            for receiver, article in zip(receivers, figures, strict=True):
                records.append(self._record(givers[0], article, Scope.GIFT, receiver, via, start, end))
            return records
        if lead.sharing is not Sharing.NONE and many:
            for giver in givers:
                first = self._own_start(giver, start)
                records += [
                    self._record(giver, article, Scope.GIFT, recipient, via, first, article.end)
                    for article in articles
                ]
            return records
        if many:
            names = [giver.name for giver in givers if giver.name is not None]
            first, last = givers[0].place[0], givers[-1].place[1]
            name = self.sentence.original[first:last] if first >= 0 else "、".join(names)
            classes = first >= 0 and givers[0].kind is DonorKind.GROUP and givers[-1].kind is DonorKind.GROUP
            if not classes and re.sub(r"[、和及与,]", "", name) != re.sub(r"[、和及与,]", "", "".join(names)):
                name = "、".join(names)
            joint = Giver(name, givers[0].kind, (first, last), None)
            for article in articles:
                record = self._record(joint, article, Scope.TOTAL, recipient, via, start, end)
                record.doubt("donor", DoubtReason.JOINT_GIVERS)
                records.append(record)
            return self._trim_quotes(records, articles, start)
        giver = givers[0]
        scope = self._scope(giver, lead)
        if (
            lead.sharing is Sharing.EACH
            and giver.count is not None
            and giver.count > 1
            and giver.kind is DonorKind.GROUP
        ):
            scope = Scope.TIER
        for article in articles:
            for receiver in receivers:
                record = self._record(giver, article, scope, receiver, via, start, end)
                if (
                    lead.together
                    and article.kind is GiftKind.GOODS
                    and article.money is None
                    and scope is Scope.TOTAL
                    and giver.kind is not DonorKind.GROUP
                    and giver.count is None
                    and not self._is_collective(lead)
                    and not re.search(r"累计|先后|陆续|合计", self.masked[start:end])
                ):
                    record.scope = Scope.GIFT
                records.append(record)
        self.each_recipient = recipient if len(receivers) > 1 else None
        return self._trim_quotes(records, articles, start)

    def _is_collective(self, lead: Lead) -> bool:
        return lead.organised is not None

    def _scope(self, giver: Giver, lead: Lead) -> Scope:
        if giver.kind is DonorKind.GROUP or (giver.count or 0) > 1:
            return Scope.TOTAL
        if giver.name is not None and giver.name.endswith("等"):
            return Scope.TOTAL
        if lead.together or lead.organised is not None:
            return Scope.TOTAL
        if giver.name is not None and giver.name.endswith("系统"):
            return Scope.TOTAL
        return Scope.GIFT

    def _own_start(self, giver: Giver, start: int) -> int:
        return giver.place[0] if giver.place[0] >= 0 else start

    def _trim_quotes(self, records: list[Draft], articles: list[Article], start: int) -> list[Draft]:
        """The first record is quoted from its giver on, the others by their own words."""
        base = self.sentence.base
        for position, record in enumerate(records):
            if position == 0 or len(articles) == 1:
                record.start = min(base + start, record.start)
            if len(articles) > 1:
                article = articles[min(position * len(articles) // max(1, len(records)), len(articles) - 1)]
                record.end = base + max(article.end, record.start - base + 1)
        return records

    def _record(
        self,
        giver: Giver,
        article: Article,
        scope: Scope,
        recipient: Party | None,
        via: Party | None,
        start: int,
        end: int,
    ) -> Draft:
        base = self.sentence.base
        record = draft(giver, article, scope, base)
        if giver.place[0] < 0:
            record.spans.pop("donor", None)
            record.doubt("donor", DoubtReason.GIVER_CARRIED_OVER)
        if giver.name is None:
            record.doubt("donor", DoubtReason.GIVER_UNNAMED)
        record.count = giver.count
        record.recipient, record.via = recipient, via
        record.start = base + min(start, article.start)
        record.end = base + (end if article.start < start else article.end)
        return record

    def _receivers(self, recipient: Party | None) -> list[Party | None]:
        if recipient is None:
            return [None]
        parts = [
            part
            for part in re.split(
                r"[、,]|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})", recipient.name
            )
            if part
        ]
        return [Party(part, recipient.place) for part in parts] if len(parts) > 1 else [recipient]

    def _party(self, place: Place | None, *, resolve: bool = True) -> Party | None:
        if place is None:
            return None
        start, end = place
        masked = self.masked
        while end > start and masked[end - 1] in " ,:、":
            end -= 1
        cut = _PARTY_TAIL.search(masked, start, end)
        if (
            cut is not None
            and cut.start() > start
            and (cut.group()[-1] not in "户号" or body_head(masked[start : cut.start()]))
        ):
            end = cut.start()
        quantity = re.match(r"(?:当地|全县|全市|全区|全镇|所在地|在|周边)?(?:的)?", masked[start:end])
        del quantity
        name = self.sentence.original[start:end].strip(' “”"')
        if not name or len(name) > 60 or name in _NOBODY or name.endswith("箱"):
            return None
        known = (
            self.notice.point_back(name, [])
            if (resolve or name[0] in "该本我")
            and re.fullmatch(
                r"(?:该|本|我)?(?:基金会|协会|商会|学会|总商会|慈善会|红会)|(?:该|本)(?:公司|集团|医院|"
                r"学校|村|社区|局|校|院)|我(?:会|校|院|局|镇|村|社区|中心|所|县)",
                name,
            )
            else None
        )
        if known is not None and known.name is not None:
            return Party(known.name, None)
        return Party(name, (self.sentence.base + start, self.sentence.base + end))

    def _keep(self, records: list[Draft], scope: Scope) -> None:
        self.found.extend(records)
        self.thread.drafts = records
        self.thread.scope = scope
        self.thread.open = True
        self.thread.waiting = None
        if scope is Scope.TOTAL and not self.within_sum:
            self.thread.sum_drafts = records
            if records:
                self.thread.kind = records[0].kind
                self.notice.kind = records[0].kind

    # ---- sums ----

    def _read_receipt(self, verb: re.Match[str], start: int, end: int) -> bool:
        """A sum told from the receiving side: "县红十字会共接收社会各界捐款80万元"."""
        masked = self.masked
        after = masked[verb.end() : end]
        noun = _RECEIVED.match(after)
        if noun is None or _OTHER_SUM.search(noun["who"] or ""):
            return False
        lead = read_lead(self.sentence, start, verb.start())
        recipient = self._receiver_of(lead)
        who = noun.group("who") or ""
        listed = re.fullmatch(r"(?P<items>[\u4e00-\u9fffA-Za-z0-9、]{2,30})等", who)
        if listed is not None and re.match(r"(?:各类|防疫|救灾|抗疫|生活)?(?:物资|物品)", noun["what"]):
            who = ""
        who_start = verb.end() + noun.start("who")
        givers = self._source(who_start, who_start + len(who)) if who.strip() else []
        object_start = verb.end() + noun.start("what")
        object_start = self._skip_given_noun(object_start, end)
        articles = [a for a in read_articles(self.sentence, object_start, end) if self._is_given(a, True)]
        what = noun.group("what")
        self._mind_kind(articles, what)
        if not givers and self.thread.receiving and self.thread.givers and not who.strip():
            givers = self._as_carried(self.thread.givers)
        if not givers:
            givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
        self.thread.recipient, self.thread.via = recipient, None
        if not articles:
            self.thread.givers = givers
            self.thread.waiting = (start, end)
            self.thread.receiving = True
            self.thread.open = True
            return True
        self._emit_receipt(givers, articles, recipient, start, end)
        return True

    def _emit_receipt(
        self, givers: list[Giver], articles: list[Article], recipient: Party | None, start: int, end: int
    ) -> None:
        single = (
            len(givers) == 1
            and givers[0].kind is not DonorKind.GROUP
            and (givers[0].name is not None or givers[0].place[0] >= 0)
        )
        scope = Scope.GIFT if single and not (givers[0].count or 0) > 1 else Scope.TOTAL
        giver = givers[0] if len(givers) == 1 else self._joint(givers)
        records = []
        records = [self._record(giver, article, scope, recipient, None, start, end) for article in articles]
        self._trim_quotes(records, articles, start)
        self.thread.givers = [giver]
        self.thread.receiving = True
        self._keep(records, scope)

    def _joint(self, givers: list[Giver]) -> Giver:
        first, last = givers[0].place[0], givers[-1].place[1]
        return Giver(self.sentence.original[first:last], givers[0].kind, (first, last))

    def _receiver_of(self, lead: Lead) -> Party | None:
        subject_start, subject_end = lead.subject
        givers = read_givers(self.sentence, subject_start, subject_end)
        names = [giver for giver in givers if giver.name is not None and self._is_plausible(giver)]
        if not names:
            return self.thread.recipient if self.thread.receiving else None
        if len(names) == 1 and names[0].points_back:
            return self._party(names[0].place)
        if len(names) == 1 and _PLACE_ONLY.fullmatch(str(names[0].name)):
            return None
        first, last = names[0].place[0], names[-1].place[1]
        if names[0].name in ("商会", "协会") and (
            known := self.notice.point_back(str(names[0].name), self.thread.givers)
        ):
            return Party(str(known.name))
        return self._party((first, last))

    def _source(self, start: int, end: int) -> list[Giver]:
        """The givers named on the receiving side; a word such as 匿名 or 社会 names none."""
        toward = re.search(r"(?<=.{2})(?:向|为|给|对).{2,}$", self.masked[start:end])
        if toward is not None:
            end = start + toward.start()
        of = re.search(r"(?:捐购|捐赠|捐献|捐来|捐出|捐助|捐|寄来|送来|汇来)的?$", self.masked[start:end])
        if of is not None:
            end = start + of.start()
        words = self.masked[start:end].strip(" 的:,、")
        if words in ("个人", "单位", "企业", "集体"):
            return [Giver(words, DonorKind.GROUP, (start, end))]
        if not words or words in (
            "社会",
            "匿名",
            "爱心",
            "各类",
            "各种",
            "首批",
            "定向",
            "非定向",
            "此次",
            "本次",
            "全部",
            "有效",
            "公众",
            "对外",
        ):
            return []
        found = read_givers(self.sentence, start, end)
        return [
            giver
            for giver in found
            if self._is_plausible(giver) and (giver.name is None or not giver.guessed)
        ]

    def _read_collection(self, verb: re.Match[str], start: int, end: int) -> bool:
        """A sum that somebody collected: "青石商会共募集善款30万元"."""
        masked = self.masked
        articles = [
            a
            for a in read_articles(self.sentence, self._skip_given_noun(verb.end(), end), end)
            if self._is_given(a, True)
        ]
        if _DEED_IN_NAME.match(masked[start:end].lstrip(" ,")) and masked[start:end].lstrip(" ,").startswith(
            ("个别", "某些", "少数")
        ):
            return True
        if not articles or (
            GIVE.search(masked, verb.end(), end)
            and re.search(r"捐给|转捐|捐至|捐往|捐予|捐赠给|捐献给", masked[verb.end() : end])
        ):
            return False
        self._mind_kind(articles, masked[verb.end() : end])
        lead = read_lead(self.sentence, start, verb.start())
        words = masked[lead.subject[0] : lead.subject[1]].strip(" ,:、")
        givers: list[Giver] = []
        if words and not _EMPTY_SUBJECT.match(words):
            found = self._named(*lead.subject)
            givers = self._resolve(
                [g for g in found if g.name is None or len(found) > 1 or not _PLACE_ONLY.fullmatch(g.name)]
            )
        else:
            givers = self._carried()
        if not givers:
            givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
        giver = givers[0] if len(givers) == 1 else self._joint(givers)
        recipient, via = self._party(lead.recipient), self._party(lead.via)
        records = [
            self._record(giver, article, Scope.TOTAL, recipient, via, start, end) for article in articles
        ]
        if lead.sharing is Sharing.RESPECTIVELY and len(givers) == len(articles) > 1:
            records = [
                self._record(one, article, Scope.TOTAL, recipient, via, start, end)
                for one, article in zip(givers, articles, strict=True)
            ]
        for record in records:
            record.pledged = lead.pledged
        self._trim_quotes(records, articles, start)
        self.thread.givers, self.thread.recipient, self.thread.via = [giver], recipient, via
        self._keep(records, Scope.TOTAL)
        return True

    def _skip_given_noun(self, start: int, end: int) -> int:
        noun = _GIVEN_NOUN.match(self.masked, start, end)
        return noun.end() if noun is not None else start

    def _mind_kind(self, articles: list[Article], words: str) -> None:
        """款物 and 捐款捐物 make one figure stand for both; 捐物 and 物资 make it goods."""
        if not articles:
            return
        front = words.split("\ue000")[0]
        first = articles[0]
        if first.kind is GiftKind.GOODS and first.item is None and first.quantity is None and "款" in front:
            first.kind = GiftKind.CASH
        if first.kind is GiftKind.CASH and re.search(MIXED_WORDS + r"|捐赠款、物|捐款、捐物|捐物捐款", front):
            first.kind = GiftKind.MIXED
        elif first.kind is GiftKind.CASH and re.search(r"物资|捐物|物品|实物", front):
            first.kind = GiftKind.GOODS
            match = re.search(
                r"(?:[\u4e00-\u9fff]{0,6}?)(防疫物资|抗疫物资|救灾物资|医疗物资|生活物资|爱心物资|"
                r"防控物资|物资|物品)",
                front,
            )
            first.item = match.group(1) if match else None

    def _read_grand_total(self, start: int, end: int) -> bool:
        """A sum whose givers are not named: "以上现金合计…", "第二批捐款总额…调整为…"."""
        masked = self.masked
        match = _GRAND_TOTAL.search(masked, start, end)
        if match is None:
            return False
        front = masked[start : match.start()].strip(" ,:-")
        money_start = match.start("money")
        changed = re.search(
            rf"(?:调整为|更正为|变更为|更改为|增至|增加到|增加至)\s*({MONEY})", masked[match.end() : end]
        )
        if changed is not None:
            money_start = match.end() + changed.start(1)
        figure = self.sentence.figures.get(money_start)
        if figure is None:
            return False
        words = match.group("what") or ""
        lead_words = front + words
        verb = GIVE.search(masked, start, match.start("money"))
        if verb is not None and verb.end() > match.start() + 1 and not _NO_SUBJECT.fullmatch(front):
            return False
        if NOT_GIFT.search(front) and not re.search(r"捐|善款", lead_words):
            return False
        if verb is not None and any(
            giver.name is not None and not giver.guessed and not _PLACE_ONLY.fullmatch(giver.name)
            for giver in self._named(*read_lead(self.sentence, start, verb.start()).subject)
        ):
            return False
        if (
            not front
            and re.match(r"合计|共计|总计", words)
            and not re.search(r"现金|款", words)
            and self.thread.waiting is None
            and self._read_worth(figure)
        ):
            return True
        waiting = self.thread.waiting is not None
        about_giving = (
            (self.thread.open and re.match(r"合计|共计|总计|累计", words) is not None)
            or re.search(r"捐|善款|募|赠|款物|现金|接龙|以上|物资", lead_words) is not None
            or waiting
            or self.notice.is_list
        )
        if not about_giving:
            return False
        kind = _verb_kind(words) or GiftKind.CASH
        if re.search(MIXED_WORDS, lead_words):
            kind = GiftKind.MIXED
        elif re.search(r"物资|物品|捐物|实物", lead_words) and not re.search(r"款物|捐款|现金", lead_words):
            kind = GiftKind.GOODS
        article = Article(kind, money_start, figure.end, figure)
        recipient: Party | None = None
        givers: list[Giver] = []
        listed = ""
        if waiting:
            givers, recipient = self.thread.givers, self.thread.recipient
            if givers and not self.thread.receiving:
                recipient = self.thread.recipient
        else:
            if words.startswith(("物资", "物品")) and front.endswith("等"):
                front, listed = "", front[:-1]
            subject = re.sub(
                r"(?:其中|以上|截至.*|本次|此次|活动|现场|累计|共|目前|全部|第.{1,3}批|名单|更正后|"
                r"经统计|爱心)",
                "",
                front,
            ).strip()
            if subject and len(subject) >= 2 and start <= match.start():
                lead = read_lead(self.sentence, start, match.start())
                found = [
                    g
                    for g in read_givers(self.sentence, *lead.subject)
                    if g.name is not None and self._is_plausible(g) and not g.guessed
                ]
                givers = self._resolve([g for g in found if not _PLACE_ONLY.fullmatch(str(g.name))])
                recipient = self._party(lead.recipient)
        if not givers and not front and self.index == 1 and masked[start - 1 : start] == ":":
            givers = self._topic(*self.clauses[0])
        if (
            not givers
            and not front
            and len({record.donor for record in self.found}) == 1
            and self.thread.open
        ):
            givers = self._as_carried(self.thread.givers)
        if (
            re.match(r"合计|共计|总计|累计", words)
            and not front
            and {GiftKind.CASH, GiftKind.GOODS} <= {record.kind for record in self.found}
        ):
            article.kind = GiftKind.MIXED
        if not givers:
            givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
        giver = (
            givers[0] if len(givers) == 1 else self._joint(givers) if givers[0].place[0] >= 0 else givers[0]
        )
        if givers and giver.name is None and giver.kind is not DonorKind.GROUP:
            giver = Giver(None, DonorKind.GROUP, (-1, -1))
        record = self._record(
            giver, article, Scope.TOTAL, recipient, self.thread.via if waiting else None, start, end
        )
        if kind is GiftKind.GOODS:
            item = re.search(r"(防疫物资|抗疫物资|救灾物资|医疗物资|生活物资|物资|物品)", lead_words)
            record.item = listed or (None if item is None or "捐赠物资" in lead_words else item.group(1))
            if listed and self.thread.sum_drafts:
                record.recipient = record.recipient or self.thread.sum_drafts[0].recipient
        self.thread.receiving = False
        if giver.name is not None:
            self.thread.givers = [giver]
            self.thread.recipient = self.thread.via = None
        self._keep([record], Scope.TOTAL)
        return True

    # ---- what goes on without a verb ----

    def _read_continuation(self, start: int, end: int) -> bool:
        masked, thread = self.masked, self.thread
        settled = _SETTLED.search(masked, start, end)
        if settled is not None and thread.drafts:
            party = self._party(settled.span("who"))
            for record in self.found or thread.drafts:
                record.recipient = record.recipient or party
                record.pledged = False
            return True
        figure = ANY_FIGURE.search(masked, start, end)
        if figure is None or (
            NOT_GIFT.search(masked, start, end) and not re.search(r"价值|折合", masked[start:end])
        ):
            vague = (
                figure is None and thread.open and re.search(r"若干$|一批$", masked[start:end]) is not None
            )
            if not vague:
                return False
        if self._read_value(start, end):
            return True
        part = _PART.match(masked, start, end)
        if not thread.open and thread.waiting is None:
            if (
                part is not None
                and masked.startswith("其中", start)
                and self.index == 0
                and thread.drafts
                and thread.drafts[0].yuan is not None
            ):
                return self._read_parts(part.end(), start, end)
            return self._read_bare_rows(start, end)
        if part is not None and thread.waiting is not None and not self.found:
            start, part = part.end(), None
        if part is None and self.index and masked[slice(*self.clauses[self.index - 1])].strip() == "其中":
            part = re.compile("").match(masked, start, end)
        if part is not None and re.match(r"[是为]", masked[figure.end() : end] if figure else ""):
            return True
        if part is not None:
            return self._read_parts(part.end(), start, end)
        if self._read_chained_givers(start, end):
            return True
        if not self._continues(start, end):
            return False
        if not self._is_bare_gift(start, end):
            return False
        front = re.compile(
            r"(?:\s|另有|另外|另|还有|以及|及|和|并|同时|外加|加上|还|共|首批|第一批|,)+"
        ).match(masked, start, end)
        articles = [
            a
            for a in read_articles(self.sentence, front.end() if front else start, end)
            if self._is_given(a, True)
        ]
        if not articles or not thread.givers:
            return False
        records = []
        scope = thread.scope if thread.scope is not Scope.TIER else Scope.TOTAL
        giver = (
            thread.givers[0]
            if len(thread.givers) == 1
            else self._joint(thread.givers)
            if thread.givers[0].place[0] >= 0
            else thread.givers[0]
        )
        if giver.kind is DonorKind.GROUP and giver.name is not None and thread.waiting is not None:
            scope = Scope.TOTAL
        for article in articles:
            record = self._record(
                self._as_carried([giver])[0] if giver.place[0] >= 0 else giver,
                article,
                scope,
                thread.recipient,
                thread.via,
                start,
                end,
            )
            record.pledged = thread.pledged
            if thread.waiting is not None and article is articles[0]:
                record.start = self.sentence.base + thread.waiting[0]
            else:
                record.start = self.sentence.base + max(
                    start, article.start if article is not articles[0] else start
                )
            records.append(record)
        self._keep([*thread.drafts, *records] if thread.scope is Scope.TOTAL else records, scope)
        self.found = [
            record
            for position, record in enumerate(self.found)
            if not any(record is earlier for earlier in self.found[:position])
        ]
        return True

    def _is_bare_gift(self, start: int, end: int) -> bool:
        """Whether a verbless clause consists of things given and little else."""
        rest = ANY_FIGURE.sub("", self.masked[start:end])
        return _OTHER_DEED.search(rest) is None

    def _continues(self, start: int, end: int) -> bool:
        words = self.masked[start:end]
        return not re.search(
            r"[把将]|(?<!首批)(?<!一批)采购|每[\u4e00-\u9fff]{0,2}(?:只|人|天|袋|箱|件|户|座|台|套|辆|"
            r"所|间|名|吨|盒|瓶|桶|把|条|份)|其余|剩余|占|同比|增长|净增|较上|比上|用于|确诊|住户|来自",
            words,
        )

    def _read_value(self, start: int, end: int) -> bool:
        """A clause that only tells what the articles before it are worth."""
        masked, thread = self.masked, self.thread
        match = _VALUE_CLAUSE.match(masked, start, end)
        if match is None or not thread.drafts or not thread.open:
            return False
        figure = self.sentence.figures.get(match.start("money"))
        return figure is not None and self._set_value(figure)

    def _set_value(self, figure: Figure) -> bool:
        """What the figure tells the last articles or the last foreign money to be worth."""
        thread = self.thread
        foreign = [r for r in thread.drafts if r.currency is not None and r.yuan is None]
        if foreign:
            foreign[-1].yuan, foreign[-1].bound = figure.value, figure.bound
            foreign[-1].end = self.sentence.base + figure.end
            return True
        goods = [r for r in thread.drafts if r.kind is GiftKind.GOODS and r.yuan is None]
        if not goods:
            return False
        base = self.sentence.base
        items = list(dict.fromkeys(str(r.item) for r in goods))
        givers = {r.donor for r in goods}
        if figure.currency not in ("", "CNY"):
            goods[-1].currency, goods[-1].amount = figure.currency, figure.value
            return True
        if len(goods) == 1:
            goods[0].yuan, goods[0].bound = figure.value, figure.bound
            goods[0].spans["yuan"] = (base + figure.start, base + figure.end)
            goods[0].end = base + figure.end
            return True
        first = goods[0]
        whole = Draft(
            donor=first.donor if len(givers) == 1 else None,
            donor_kind=first.donor_kind,
            kind=GiftKind.GOODS,
            scope=Scope.TOTAL,
            start=first.start,
            end=base + figure.end,
            yuan=figure.value,
            bound=figure.bound,
            item="、".join(items),
            recipient=first.recipient,
            via=first.via,
            pledged=first.pledged,
        )
        names = list(dict.fromkeys(r.recipient.name for r in goods if r.recipient is not None))
        if len(names) > 1:
            whole.recipient = Party("、".join(names))
        self.found.append(whole)
        return True

    def _read_worth(self, figure: Figure) -> bool:
        """消毒湿巾3000包、洗手液1500瓶,共计6.2万元: a sum after articles alone is their worth."""
        told = self.thread.drafts
        if (
            not self.thread.open
            or not told
            or any(record.kind is not GiftKind.GOODS or record.yuan is not None for record in told)
        ):
            return False
        return self._set_value(figure)

    def _read_parts(self, first: int, start: int, end: int) -> bool:
        """其中现金80万元、物资40万元: the parts of a sum."""
        _masked, thread = self.masked, self.thread
        parents = thread.drafts or thread.sum_drafts
        if not parents:
            return False
        rows = self._rows(first, end)
        if (
            rows
            and all(g.name is not None and not g.guessed for givers, _, _, _ in rows for g in givers)
            and (
                parents[0].donor_kind is not DonorKind.GROUP or body_head(str(rows[0][0][0].name)) is not None
            )
        ):
            recipient, via = parents[0].recipient, parents[0].via
            told = self._read_chained_givers(first, end)
            for record in thread.drafts if told else ():
                record.recipient, record.via = record.recipient or recipient, record.via or via
            for parent in parents if told else ():
                parent.scope = Scope.TOTAL
            return told
        articles = [a for a in read_articles(self.sentence, first, end) if self._is_given(a, True)]
        if not articles:
            return False
        parent = parents[0]
        several = parent.donor_kind is DonorKind.GROUP or (
            parent.scope is Scope.TOTAL
            and (
                parent.donor_kind is DonorKind.CHAMBER
                or (parent.donor or "").endswith("等")
                or "、" in (parent.donor or "")
                or thread.receiving
            )
        )
        scope = Scope.TOTAL if several else Scope.GIFT
        if not several and parent.scope is Scope.GIFT:
            parent.scope = Scope.TOTAL
            if any(a.kind is GiftKind.GOODS for a in articles) and parent.kind is GiftKind.CASH:
                parent.kind = GiftKind.MIXED
        if (
            any(a.kind is GiftKind.GOODS for a in articles)
            and any(a.kind is GiftKind.CASH for a in articles)
            and parent.kind is GiftKind.CASH
        ):
            parent.kind = GiftKind.MIXED
        giver = Giver(parent.donor, parent.donor_kind, (-1, -1))
        records = []
        for article in articles:
            record = self._record(giver, article, scope, parent.recipient, parent.via, start, end)
            record.pledged = parent.pledged
            record.start = self.sentence.base + (start if article is articles[0] else article.start)
            records.append(record)
        self.found.extend(records)
        thread.open = True
        return True

    def _read_chained_givers(self, start: int, end: int) -> bool:
        """香驰集团300万、渤海集团300万: names with figures that go on with the verb before."""
        masked = self.masked
        rows = self._rows(start, end)
        if not rows:
            return False
        thread = self.thread
        records: list[Draft] = []
        for givers, articles, row_start, row_end in rows:
            scope = Scope.TOTAL if givers[0].kind is DonorKind.GROUP else Scope.GIFT
            for giver in givers:
                for article in articles:
                    record = self._record(giver, article, scope, None, None, row_start, row_end)
                    record.start = self.sentence.base + (
                        giver.place[0] if article is articles[0] else article.start
                    )
                    record.pledged = thread.pledged
                    records.append(record)
            thread.givers = givers
        thread.recipient = thread.via = None
        self._keep(records, records[-1].scope)
        del masked
        return True

    def _read_bare_rows(self, start: int, end: int) -> bool:
        """Names with figures in a notice that is a list of gifts: 原名单中甲1500元、乙3000元三笔登记无误."""
        if NOT_GIFT.search(self.masked, start, end) or not (self.notice.is_list or self.notice.about_giving):
            return False
        alone = self._rows(start, end)
        if (
            self.notice.speaks_of_giving
            and len(alone) == 1
            and all(g.kind is DonorKind.PERSON for g in alone[0][0])
            and self._alike(start, end) >= 2
        ):
            return self._read_chained_givers(start, end)
        if (
            not self.notice.is_list
            and self.masked[end - 1] not in "\ue000\ue010"
            and len(self._rows(start, end)) < 2
        ):
            return False
        return self._read_chained_givers(start, end)

    def _alike(self, start: int, end: int) -> int:
        """How many clauses of the sentence are only a short name and a sum (娄国庆10万,宇文斌10万)."""
        del start, end
        return sum(
            _NAME_AND_SUM.fullmatch(self.masked, first, last) is not None for first, last in self.clauses
        )

    def _rows(self, start: int, end: int) -> list[tuple[list[Giver], list[Article], int, int]]:
        masked = self.masked
        rows: list[tuple[list[Giver], list[Article], int, int]] = []
        first = start
        within = _WITHIN_LIST.match(masked, start, end)
        if within is not None:
            first = within.end()
        waiting: list[Giver] = []
        for piece_start, piece_end in _pieces(masked, first, end):
            figure = ANY_FIGURE.search(masked, piece_start, piece_end)
            if figure is None:
                name = read_givers(self.sentence, piece_start, piece_end)
                if len(name) == 1 and self._is_row_name(name[0]):
                    waiting.append(name[0])
                    continue
                if rows and not waiting:
                    extra = [a for a in read_articles(self.sentence, piece_start, piece_end) if a.vague]
                    rows[-1][1].extend(extra)
                    if extra:
                        continue
                return rows if rows and not waiting else []
            name_end = self._row_name_end(piece_start, figure)
            if name_end is None:
                if rows and not waiting:
                    rows[-1][1].extend(
                        a
                        for a in read_articles(self.sentence, piece_start, piece_end)
                        if self._is_given(a, True)
                    )
                    continue
                return rows
            givers = [
                g
                for g in self._resolve(read_givers(self.sentence, piece_start, name_end))
                if self._is_row_name(g)
            ]
            if not givers:
                return rows
            each = (
                re.search(
                    r"(?:各|均|分别|都|每人|每家)(?:是|为|捐)?$",
                    masked[piece_start:name_end] + masked[name_end : figure.start()],
                )
                is not None
            )
            articles = [
                a for a in read_articles(self.sentence, name_end, piece_end) if self._is_given(a, True)
            ]
            if not articles:
                return rows
            if waiting and not each:
                givers = [self._joint([*waiting, *givers])]
            rows.append(([*waiting, *givers] if each else givers, articles, piece_start, piece_end))
            waiting = []
        return rows

    def _is_row_name(self, giver: Giver) -> bool:
        if giver.name is None:
            return True
        if giver.points_back or giver.guessed or not self._is_plausible(giver):
            return False
        return len(giver.name) >= 2

    def _row_name_end(self, start: int, figure: re.Match[str]) -> int | None:
        """Where the giver's name ends in "name figure" or "name article figure"; None if there is no name."""
        masked = self.masked
        first = figure.start()
        words = masked[start:first]
        plain = re.sub(r"^(?:实收|即|应为|实为|更正为|其中|另有|还有)", "", words)
        start += len(words) - len(plain)
        plain = re.sub(
            r"(?:各|均|分别|每人|每家|:|\s|共|也|则|价值|折合|人民币|现金|达|约|近|以|\()+$", "", plain
        )
        value = re.search(VALUE + r"$", words)
        if value is not None:
            plain = words[len(words) - len(words.lstrip()) : value.start()]
        if len(plain) < 2:
            return None
        if masked[first] in "\ue000\ue003":
            if _GOODS_WORD.search(plain) and body_head(plain) is None:
                return None
            if (
                body_head(plain) is not None
                or is_person_name(plain[-3:])
                or title_length(plain)
                or class_head(plain)
            ):
                return start + len(plain)
            return None
        if masked[first] == "\ue001":
            cut = self._body_before_item(start, first, receiver=False)
            return cut if cut is not None and cut - start >= 4 else None
        return None

    # ---- sayings of their own ----

    def _read_level_list(self, start: int, end: int) -> bool:
        """捐款10万元的有:甲、乙、丙 – each of them gave that much; 捐款的企业有甲50万元、乙30万元."""
        masked = self.masked
        listed = _GIVERS_ARE.search(masked, start, end)
        if listed is not None:
            return self._read_chained_givers(listed.end(), end)
        level = _LEVEL.search(masked, start, end)
        if level is None:
            return False
        figure = self.sentence.figures.get(level.start("money"))
        if figure is None or figure.bound is not Bound.EXACT:
            return False
        first, last = level.end(), end
        if first >= end - 1 and self.index + 1 < len(self.clauses):
            first, last = self.clauses[self.index + 1]
        if (inside := ANY_FIGURE.search(masked, first, last)) is not None and masked[
            inside.start()
        ] in "\ue000\ue003":
            return False
        givers = [
            g
            for g in read_givers(self.sentence, first, last)
            if g.name is not None and self._is_plausible(g) and g.kind is not DonorKind.GROUP
        ]
        if not givers:
            return False
        records = []
        for giver in givers:
            record = self._record(
                giver,
                Article(GiftKind.CASH, level.start("money"), figure.end, figure),
                Scope.GIFT,
                None,
                None,
                start,
                end,
            )
            record.end = self.sentence.base + giver.place[1]
            records.append(record)
        self._keep(records, Scope.GIFT)
        return True

    def _read_quoted_row(self, start: int, end: int) -> bool:
        """应为“某公司20000元”: a row told in quotation marks."""
        masked = self.masked
        quoted = _QUOTED_ROW.search(masked, start, end)
        if quoted is None:
            return False
        rows = self._rows(quoted.start("row"), quoted.end("row"))
        if not rows:
            return False
        for givers, articles, row_start, row_end in rows:
            records = [
                self._record(giver, article, Scope.GIFT, None, None, row_start, row_end)
                for giver in givers
                for article in articles
            ]
            self._keep(records, Scope.GIFT)
        self.thread.open = False
        return True

    def _read_most(self, start: int, end: int) -> bool:
        """捐款最多的是某公司,达260万元."""
        match = re.compile(r"捐[款赠献]?(?:金?额|数额)?(?:最多|最高|最大|居首)的(?:是|为|有)").search(
            self.masked, start, end
        )
        if match is None:
            return False
        figure = ANY_FIGURE.search(self.masked, match.end(), end)
        stop = figure.start() if figure is not None else end
        givers = [g for g in read_givers(self.sentence, match.end(), stop) if g.name is not None]
        if not givers:
            return False
        self.thread.givers, self.thread.waiting, self.thread.open = givers, (start, end), True
        self.thread.scope, self.thread.kind = Scope.GIFT, GiftKind.CASH
        self.thread.recipient = self.thread.via = None
        if figure is not None:
            articles = [
                a for a in read_articles(self.sentence, figure.start(), end) if self._is_given(a, True)
            ]
            self._keep(
                [self._record(givers[0], a, Scope.GIFT, None, None, start, end) for a in articles], Scope.GIFT
            )
        return True

    def _read_signed(self, start: int, end: int) -> bool:
        """里面是3600元捐款,署名“小草”: the giver is told after the money."""
        masked = self.masked
        signed = re.compile(r"(?:署名|落款)(?:为|是|写着)?[:“\"]{0,2}(?P<name>[^“”\",。]{1,12})").search(
            masked, start, end
        )
        if signed is not None and self.thread.drafts and self.thread.drafts[-1].donor is None:
            record = self.thread.drafts[-1]
            record.donor = self.sentence.original[signed.start("name") : signed.end("name")]
            record.donor_kind = DonorKind.PERSON
            record.end = self.sentence.base + min(end, signed.end() + 1)
            return True
        inside = re.compile(
            rf"(?:里面|其中|袋中|信中|信内|箱中|包里|袋内|包内|里头|内)(?:是|有|装着|装有|夹着)(?:整整|"
            rf"了)?(?P<money>{MONEY})(?:现金|的)?(?:捐款|善款|爱心款)?(?:和[^\ue000]{0, 12})?$"
        ).search(masked, start, end)
        if inside is None or not re.search(r"捐|善款|爱心", masked):
            return False
        figure = self.sentence.figures.get(inside.start("money"))
        if figure is None:
            return False
        received = next(
            (
                m
                for first, last in reversed(self.clauses[: self.index])
                if (m := RECEIVE.search(masked, first, last))
            ),
            None,
        )
        recipient = None
        if received is not None:
            clause = next(c for c in self.clauses if c[0] <= received.start() < c[1])
            recipient = self._receiver_of(read_lead(self.sentence, clause[0], received.start()))
        record = self._record(
            Giver(None, DonorKind.PERSON, (-1, -1)),
            Article(GiftKind.CASH, inside.start("money"), figure.end, figure),
            Scope.GIFT,
            recipient,
            None,
            start,
            end,
        )
        self._keep([record], Scope.GIFT)
        return True


def _words_after(masked: str, article: Article) -> str:
    """The words that follow an article in the masked sentence."""
    return masked[article.end : article.end + 8]


def _pieces(masked: str, start: int, end: int) -> list[Place]:
    pieces = []
    first = start
    for match in re.compile(r"、\s*|\s+(?![\ue000-\ue003\s])").finditer(masked, start, end):
        if match.start() > first:
            pieces.append((first, match.start()))
        first = match.end()
    if first < end:
        pieces.append((first, end))
    return pieces


def _verb_kind(verb: str) -> GiftKind | None:
    if verb == "捐物":
        return GiftKind.GOODS
    if re.search(r"捐款捐物|捐钱捐物|捐资捐物|捐物捐款|款物|捐款、捐物|财物|钱物", verb):
        return GiftKind.MIXED
    return None


_OTHER_DEED: Final = re.compile(
    r"惠及|覆盖|受益|涉及|完成|参与|组织|运送|接待|消毒(?!液|水|用品|剂|粉|机|湿巾|片|柜|器|物|酒|品|喷|"
    r"托)|排查|义务|维修|服务|帮助|安排|建设|救助|奖励|下拨|走访|出动|派出|附言|附上|预计|占比|增长|"
    r"同比|共有|现有|最高|最大|获评|荣获|订单|合同|投保|隔离宿舍|费用|花费|运费|累计超过|补助|赔付|预算|"
    r"批发价|装进"
)
_NO_DEED: Final = re.compile(r"颁发捐赠证书|捐赠账户|捐款账号|开户行")
_CORRECTED_TO: Final = re.compile(r"\s*(?:实际|实|应|更正|改|调整|变更|准确|正确|现更正|确认)(?:为|是)[“\"]?")
_TO: Final = re.compile(r"(?:了)?(?:给|到|至|往|予|入|进|向)(?:了)?")
_DONE: Final = re.compile(r"了")
_GIVEN_TO: Final = re.compile(
    r"(?:并|全部|都|一并|分别|,)?(?:捐赠给|捐献给|捐给|赠送给|赠给|送给|送到|送至|送往|送达|交给|交到|"
    r"转交给|捐到|捐至|捐往|给|(?<![达收受得遇直碰见感想赶来])到|(?<![甚以乃截直])至(?!少))(?!位|账|期|"
    r"今|达|场)(?:了)?"
)
_SUPPORT: Final = re.compile(r"(?:用于|用以|用来)?(?:支援|驰援|援助|支持|帮扶|资助|慰问|助力)(?:给)?")
_AFTER_RECEIVER: Final = re.compile(
    r"用于|用以|作为|支援|支持|以表|以示|表达|助力|帮助|抗击|共克|共抗|慰问|[,。;!?]|转身|供|统一|"
    r"(?<=.{2})(?:登记|签收|验收|手中|的账户|账户)"
)
_PLACE_AFTER: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_SUM_NOUN: Final = re.compile(
    r"(?:总?金额|总?数额|总额|总数|总量|额度?|数)(?:已|共|累计|合计)?(?=[\ue000\ue003达为共累合已:至超突约])"
)
_SUM_FRONT: Final = re.compile(r"(?:共计|合计|总计|累计|共|总额|总金额|总共)(?:达|达到|为|折合)?")
_TAKE: Final = re.compile(
    r"把|将|购买(?:了)?|采购(?:了)?|购置(?:了)?|购进|购得|买来|买了|筹集(?:了)?|拿出(?:了)?|凑了|省下|"
    r"赶制(?:了)?|定制(?:了)?|订购(?:了)?|生产(?:的|了)?|加工(?:了)?|做好(?:了)?|准备(?:了)?|带着|拉着|"
    r"载着|扛着|从"
)
_EMPTY_SUBJECT: Final = re.compile(
    r"^(?:(?:并|和|及|与|还|另|又|再|也|同时|此外|另外|随后|之后|其中|首批|首次|第二批|第二次|第.次|"
    r"次日|当天|当日|其|以及|除|除了|外|后|而后|然后|于是|继续|追加|多次|一次|共|这次|此次|本次|"
    r"[、,\ue004\ue014]|每.{1,6}|年来|以来|第一批|目前|据悉|第一个|头一个|最先|你们|其中|随信|随后又|"
    r"小时|月|全队|全店|全体队员|全公司|全家|\s|当场表态|表态|个人|自己|本人|现场|多次捐赠|次))*$"
)
_NOMINAL: Final = re.compile(r"(?:一天|当日|当天|首日|[\ue004\ue014]+|目前|累计)?的$")
_NOT_A_NAME: Final = re.compile(
    r"[了着过把将被让给从向为在是有没不,。!?:;“”\"《》]|捐|赠|以来|期间|活动|疫情|截至|通知|公告|收到|"
    r"接收|名单|万元|情况|其中|组织|开展|参与|支持|行动|纷纷|仪式|物资|金额|序号|合计|下午|上午"
)
_DEED_IN_NAME: Final = re.compile(
    r"驱车|赶到|来到|走进|前往|奔赴|送到|送往|得知|听说|听到|看到|为了|因为|宣布|表示|(?:座谈会|大会|"
    r"晚会|仪式|发布会|推进会|会议|活动|现场|行动)$|^[半一两三几数]个?(?:多)?[月天年周]|^最[大高多小]|"
    r"^(?:个别|某些|少数|不少|一些)"
)
_BOUGHT: Final = re.compile(
    r"(?:人民币|现金|的?资金)?(?:紧急|专门|先后|统一)?(?:购买|采购|购置|购进|购得|买来|买|订购)(?:了)?"
)
_THIS_BATCH: Final = re.compile(r"(?:本|此|该|上|首|第.{1,3})(?:批|期|次|月|周|日|轮|季度|年度?)")
"""本批捐赠现金…: a subject that names a time, not a giver."""
_PROMISED_SERVICE: Final = re.compile(r"(?<=[\ue000-\ue014])并(?:承诺|免费|负责|协助|安排)")
"""捐款888元并承诺为救援车辆免费检修: the service is no gift."""
_NO_ONE_GIVER: Final = re.compile(r"最[大高多小低少]|个别|某些|少数|平均|人均|户均|单笔|金额最")
_TOLD_BEFORE: Final = re.compile(rf"捐[款赠献资出助]{{0,2}}(?:了)?{MONEY}.{{0,6}}$")
"""A deed told before the appeal in one clause (带头捐款1.1万元并发起捐款倡议)."""
_AVERAGE: Final = re.compile(r"(?:人均|户均|家均|平均(?:每[人户家])?)$")
_KINSHIP: Final = r"[们的所家妻妈爸父母儿女哥弟姐妹和与跟]|爱人|老伴|丈夫|媳妇|同事|朋友|还?有"
_CHANGED: Final = re.compile(
    rf"(?:总?[金数]?[额数量]|金额|数额)?由(?:原来|原先|原)?的?{MONEY},?(?:更正|调整|改|变更|修正)(?:为|"
    rf"成)(?={MONEY})"
)
"""捐款总数由原来的213.6万元更正为231.6万元: only the second figure holds."""
_FIRST_PERSON: Final = re.compile(
    r"(?:我|俺|咱|本人|我们|我个人|我自己|我先|我也|我再|那我|我带头|[\s,。!]|刚到家|不强求也得)+"
)
_AFTER_NAME: Final = re.compile(
    r"现场|纷纷|迅速|当场|也|还|又|先|在|从|为|把|将|向|已|主动|积极|带头|率先|扫码|表示|表态|得知|听说|"
    r"义卖|自发|连夜|个人|一次|第一|每|去|今|当|曾|不仅|虽|刚|闻|通过|带领|组织|联合|携|代表|以|用|花|"
    r"拿|来|前|捐|毫|特|专|默|悄|累|共|追|再|分|各|均|就|则|更|并|响应|慷慨|第|无偿|紧急|多次|两次|三次|"
    r"连续|\ue004"
)
_GIVERS_ARE: Final = re.compile(
    r"捐[款赠献助](?:的)?(?:爱心)?(?:企业|单位|个人|会员|人员|商会|会员单位|会员企业)?(?:还|主要|"
    r"分别)?(?:有|包括)(?=[^\ue000\ue001]{2,30}[\ue000])"
)
_LEVEL: Final = re.compile(
    rf"(?:捐[款赠献助]|认捐|捐)(?P<money>{MONEY})的(?:爱心)?(?:企业|单位|个人|会员|商会|会员单位|"
    rf"会员企业|党员|村民)?(?:还|分别)?(?:有|是|为|包括|$)"
)
_OTHER_SUM: Final = re.compile(
    r"补助|拨款|废品|废纸|货款|房租|租金|工资|拨付|上级|财政|贷款|税|罚|退款|[^捐善]款$"
)
_COMPANY: Final = re.compile(r"\s*(?:(?P<with>携手|联合|会同|携)|带领|率领|带动|动员|号召|发动)")
_NO_SUBJECT: Final = re.compile(
    r"(?:其中|以上|截至.{0,12}|截止.{0,12}|本次|此次|活动|现场|累计|共计|共|目前|全部|第.{1,3}批|"
    r"前.{1,2}[期批]|.{0,2}第?.{1,2}期|本期|名单|更正后|经统计|经清点|据统计|爱心|已|[\ue004\ue014\s,]|"
    r"目前|当天|当日|今年|一周|期间)*"
)
_AS_FOLLOWS: Final = re.compile(
    r"(?:公示|公布|公告|通报|明细|名单|说明|汇总|鸣谢|情况)(?:具体)?如下|名单附后|详见附件"
)
_INSURED: Final = re.compile(r"保额|保险金额|保障额度|意外险|保险保障")
_DIRECTED: Final = re.compile(
    r"\s*(?:均|全部|都|其中|指明|并)*(?:定向|指定)(?:用于|捐给|捐赠给|给|"
    r"捐赠)?(?P<who>[\u4e00-\u9fff()]{3,24})"
)
_SPREAD: Final = re.compile(r"不等")
_TAKE_UP: Final = re.compile(
    r"把(?!关)|将(?=[^,]{0,20}[\ue000\ue001])|购买|采购|购置|赶制|定制|订购|买来|买了|生产的|自制|先期"
)
_MANNER: Final = frozenset(
    (
        "深情",
        "动情",
        "高兴",
        "诚恳",
        "真诚",
        "坦言",
        "直言",
        "感慨",
        "欣慰",
        "满怀",
        "难掩",
        "特地",
        "毅然",
        "毫不",
        "慷慨",
        "果断",
        "激动",
        "介绍",
        "刚刚",
        "立刻",
        "立即",
        "随即",
        "当即",
        "积极",
        "主动",
        "热心",
        "默默",
        "悄悄",
        "连夜",
        "多次",
        "第一",
        "两次",
        "三次",
        "紧急",
        "亲自",
        "专程",
        "特意",
        "率先",
        "带头",
        "心系",
        "情系",
        "身在",
        "远在",
        "得知",
        "自发",
        "自愿",
    )
)
"""Words of manner that follow a name of two characters, so that it is not read as three."""
_NOT_IN_NAMES: Final = frozenset(
    "在从把将向为给让用对也还就又已先即便骑驾走来赶听看得拿拉带开是有站坐说当冒顶多闻了自连辗通联召决花购采捐赠积主响不表称和与及以第拄扛背捧揣提抱推的、,的。"
)
_COUNTED_CLASS: Final = re.compile(
    rf"捐[款赠献资助]?(?:了|过)?(?:的|款的)(?P<class>[\u4e00-\u9fff]{{2,8}}?)(?:已|共|总数|数量|就|目前|"
    rf"一共)*(?:有|达|达到)?(?P<count>{COUNT})$"
)
"""公开宣布捐款的企业已超过50家: who the sum that follows is of, and how many."""
_NAME_AND_SUM: Final = re.compile(rf"\s*[\u4e00-\u9fff]{{2,4}}(?:{MONEY}|{BARE})\s*")
_POINTED_AT: Final = re.compile(r"(?:的(?:就)?(?:是|为|有|要数)|(?:捐款|善款|捐赠|物资)?来自(?:于)?)")
_BOUNDARY: Final = re.compile(
    r"从|义卖|纷纷|立即|慷慨|带头|积极|在(?!外)|把|将(?!军)|向(?!阳)|为(?!民|夫妇|夫妻|一家)|给|让|用|"
    r"对|骑|驾|走进|走到|来到|赶到|赶来|听说|听到|得知|获悉|看到|拿|拉着|带着|开着|投入|接到|接收|收到|"
    r"完成|赶制|是|有(?!限)|站|坐|表示|当场|紧急|冒着|顶着|迅速|第一时间|多次|驱车|闻讯|了解|自费|连夜|"
    r"辗转|通过|联系|跟进|紧随|不甘|接力|闻声|除(?!尘|湿|草|雪|夕)|携(?!程|手)|偕|率(?!先)|召开|决定|花|"
    r"购|采购|筹|生产|日夜|加班|暂停|停|克服|牵挂|心系|情系|不忘|累计|捐|赠|积极|主动|响应|也|还|先|又|"
    r"就|\ue000|\ue001|\ue004|不仅|虽|刚|曾|去年|今年|当选|担任|行动|致富|没|未|家住|拄|扛|捧|揣|率先|"
    r"第一个|每卖|每售|一直|始终|作为|成立|发起|组织|发动|号召|承担|委托|已|未"
)
_CORRECTED_AWAY: Final = re.compile(
    r"有误|原登(?!记在)|原刊|误登|误写|错登|误记|误将|误录|误为|原登记|原公布|原文|登记为.*有误|系笔误"
)
_RECEIVED: Final = re.compile(
    rf"(?P<who>[^\ue000\ue001\ue003,。]{{0,24}}?)(?P<what>(?:的)?(?:爱心)?(?:捐款捐物|捐赠款物|捐赠资金|"
    rf"捐赠物资|捐赠物品|捐赠款|捐款|捐赠|捐物|捐资|善款|爱心款|款物|资金|款项|现金|钱款|物资|物品|赠款|"
    rf"{MONEY}|{QUANTITY}|(?:(?![的捐])[\u4e00-\u9fff]){{1,8}}{QUANTITY}|"
    rf"(?:(?![的捐])[\u4e00-\u9fff]){{1,8}}{BARE}).*)$",
    re.DOTALL,
)
_GIVEN_NOUN: Final = re.compile(
    rf"(?:的)?(?:爱心)?(?:各类|各种)?(?:捐款捐物|捐赠款物|捐赠资金|捐赠物资(?=.{{0,8}}{QUANTITY})|"
    rf"捐赠款|捐款|捐赠|捐物|捐资|善款|爱心款|款物|资金|款项)?(?:{COUNT}|[\ue001][\ue011]*(?=[,\s]|$|共|"
    rf"合|总|折))?(?:,|\s)?(?:共计|合计|总计|累计|共|总额|总金额|达|达到|约)*"
)
_PLACE_ONLY: Final = re.compile(
    r"(?:全|我|本)(?:县|市|区|镇|乡|村|省|州|国|街道|社区|校|院|公司|系统|校|行业|小区)|"
    r"[\u4e00-\u9fff]{2,4}(?:县|市|区|镇|乡|省)"
)
_GRAND_TOTAL: Final = re.compile(
    rf"(?P<what>(?:捐款捐物|捐赠款物|捐赠资金|捐赠物资|爱心捐款|捐款|捐赠|善款|款物|现金|物资|款项|募捐|"
    rf"接龙|价值|捐物)?(?:价值)?(?:金额|总额|总数|总金额|总计|合计|共计|累计|总价值|总值|"
    rf"小计)+(?:由原来的|由原先的|由原|由|计|为|是|达到|达|共|约|现金|人民币|捐款|折合|折合人民币|:|"
    rf"\s)*)(?P<money>{MONEY}|{BARE}(?=[,。\s]|$))"
)
_SETTLED: Final = re.compile(
    r"(?:款项|善款|捐款|资金|款|物资|钱款|现金|首款)?(?:已|均已|都已|全部|现已|将|悉数|统一|当场|当日|"
    r"当天|随即|即时|随后)+(?:于)?[^,。]{0,10}?(?:存入|转入|汇入|打入|缴入|进入|划入|转至|汇至|打到|"
    r"转到|交至|交到|送交)(?P<who>[\u4e00-\u9fff()]{2,24}?)(?:的)?(?:专户|专用账户|专项账户|账户|账号|"
    r"指定账户|公益账户|募捐账户|,|。|$)"
)
_PART: Final = re.compile(r"(?:其中|含|包含|包括|内含|里面有)(?:的|有|:)?")
_VALUE_CLAUSE: Final = re.compile(
    rf"(?:\s|合计|共计|共|总计|总)*(?:{VALUE})(?:为|是|共|约)*(?P<money>{MONEY}|{BARE})"
)
_WITHIN_LIST: Final = re.compile(r"[^、,]{0,20}?(?:名单|榜单|公示|榜|列表)(?:中|里|上)(?:的)?")
_QUOTED_ROW: Final = re.compile(
    r"(?:应为|应是|实为|均为|实际为|更正为|改为|即为|正确为|即|"
    r"为)\s*[“\"](?P<row>[^”\"]{3,60})[”\"](?!.{0,6}有误)"
)
_NAMED_GOODS: Final = re.compile(
    r"(?:口罩|物资|药品|食品|用品|防护服|酒精|消毒液|蔬菜|水果|大米|牛奶|方便面|矿泉水|衣物|被褥|棉被|"
    r"图书|设备|器材|面包|酱醋|手套|护目镜|面粉|食用油|救护车|呼吸机|车辆|帐篷|被子|衣服)"
)
_GOODS_WORD: Final = re.compile(
    r"(?:物资|口罩|现金|人民币|善款|款物|捐款|捐物|总额|合计|共计|资金|消毒液|酒精|防护服)$"
)
_ITEM_LIKE_WORDS: Final = """
机 会 机械 食品 饮料 饮品 面 家电 电器 玩具 文具 图书 蔬菜 果品 水产 设备 装备 材料 用品 服装 药材
医疗 体育 运动 清洁 消防器材 汽车 家具 化肥 农药 蛋糕 粮油 机器人 仪器 眼镜 棉 饲料
"""
_ITEM_LIKE: Final = frozenset(_ITEM_LIKE_WORDS.split())
_NOBODY_WORDS: Final = """
去 来 出 出来 本次 本期 本棒 社会 大家 灾区人民 人民 国家 家乡 此 之 其 他 她 他们 自己 我们
疫情防控 抗疫 防疫工作
"""
_NOBODY: Final = frozenset(_NOBODY_WORDS.split())
_PARTY_TAIL: Final = re.compile(
    r"(?:(?<=.{2})(?:账户|账号|专户|指定账户|手中|手上|手里|那里|处|一方|方面|进行|定点|分批|集中|再次|"
    r"再|也|又|还|等地|的?工作人员手中))$"
)
