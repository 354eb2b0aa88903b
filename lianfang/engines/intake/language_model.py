"""An extractor behind an OpenAI-compatible address. Off unless somebody configures it.

Nothing of what a model answers is taken on trust: every quote must stand in the notice to the letter and
every field must be of its kind. What fails comes back as unread, so that a person looks at it.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlsplit

from lianfang.engines.figures import LARGEST_YUAN, Bound
from lianfang.engines.intake.claim import Claim, DonorKind, GiftKind, Reading, Scope, Unread, UnreadReason

_LARGEST_ANSWER: Final = 8 * 1024 * 1024
_LONGEST_NAME: Final = 500
_Choice = TypeVar("_Choice", bound=StrEnum)

INSTRUCTIONS: Final = """你从中文捐赠通知里读出捐赠记录,只输出 JSON 对象 {"gifts": [...]}。
每条记录的字段:donor(捐赠者,不带头衔;没有名字则 null)、
donor_kind(person|enterprise|chamber|government|organisation|group)、kind(cash|goods|mixed)、
yuan(元,数字或 null)、bound(exact|over|nearly|about 或 null)、item、quantity、unit、recipient、via、count、
scope(gift|total|tier)、pledged(布尔)、currency、amount、quote(原文一字不差的一段)。
没有写明的填 null,不要推测。合计和名次线不是单笔捐赠:用 total 或 tier。"""


class LanguageModelError(Exception):
    """The address did not give a usable answer: `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class LanguageModelExtractor:
    """Asks a chat model for the claims of a notice.

    `address` is the base of an OpenAI-compatible service ("http://127.0.0.1:8000/v1"); http and https only.
    `key` is sent as bearer token where given. `timeout` is in seconds.
    """

    address: str
    model: str
    key: str | None = None
    timeout: float = 120.0

    def __post_init__(self) -> None:
        if urlsplit(self.address).scheme not in ("http", "https"):
            raise LanguageModelError("intake.model_address", "语言模型的地址必须以 http:// 或 https:// 开头")

    def read(self, text: str, *, title: str | None = None) -> Reading:
        """The claims that the model found and that stand up to the notice.

        Raises LanguageModelError with codes `intake.model_unreachable`, `intake.model_answer`.
        """
        answer = self._ask(text if title is None else f"{title}\n\n{text}")
        return checked(answer, text)

    def _ask(self, content: str) -> object:
        body = {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": content}],
        }
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked when the extractor is made
            self.address.rstrip("/") + "/chat/completions",
            json.dumps(body, ensure_ascii=False).encode(),
            headers,
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:  # noqa: S310
                raw = response.read(_LARGEST_ANSWER + 1)
        except (urllib.error.URLError, TimeoutError, OSError) as error:
            raise LanguageModelError("intake.model_unreachable", f"语言模型没有应答:{error}") from error
        if len(raw) > _LARGEST_ANSWER:
            raise LanguageModelError("intake.model_answer", "语言模型的应答太长")
        try:
            return json.loads(json.loads(raw)["choices"][0]["message"]["content"])
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise LanguageModelError("intake.model_answer", "语言模型的应答不是约定的 JSON") from error


def checked(answer: object, text: str) -> Reading:
    """The claims in an answer that fit the notice; the others as unread stretches.

    Raises LanguageModelError (`intake.model_answer`) where the answer is no list of records at all.
    """
    gifts = answer.get("gifts") if isinstance(answer, Mapping) else None
    if not isinstance(gifts, list):
        raise LanguageModelError("intake.model_answer", "语言模型的应答里没有 gifts 列表")
    claims: list[Claim] = []
    unread: list[Unread] = []
    used: dict[str, int] = {}
    for record in gifts:
        quote = record.get("quote") if isinstance(record, Mapping) else None
        if not isinstance(record, Mapping) or not isinstance(quote, str) or not quote:
            unread.append(Unread(0, 0, "", UnreadReason.BAD_RECORD))
            continue
        start = text.find(quote, used.get(quote, 0))
        if start < 0:
            start = text.find(quote)
        if start < 0:
            unread.append(Unread(0, 0, quote[:_LONGEST_NAME], UnreadReason.QUOTE_NOT_FOUND))
            continue
        used[quote] = start + len(quote)
        claim = _claim(record, quote, start)
        if claim is None:
            unread.append(Unread(start, start + len(quote), quote, UnreadReason.BAD_RECORD))
        else:
            claims.append(claim)
    claims.sort(key=lambda claim: (claim.start, claim.end))
    return Reading(tuple(claims), tuple(unread))


def _claim(record: Mapping[str, object], quote: str, start: int) -> Claim | None:
    try:
        donor_kind = DonorKind(str(record.get("donor_kind")))
        kind = GiftKind(str(record.get("kind")))
        scope = Scope(str(record.get("scope") or "gift"))
        yuan = _number(record.get("yuan"))
        quantity = _number(record.get("quantity"))
        amount = _number(record.get("amount"))
        count = _number(record.get("count"))
        bound = _choice(Bound, record.get("bound"))
        quantity_bound = _choice(Bound, record.get("quantity_bound"))
        words = {
            name: _words(record.get(name))
            for name in ("donor", "item", "unit", "recipient", "via", "currency")
        }
    except ValueError:
        return None
    goods = kind is GiftKind.GOODS
    return Claim(
        donor=words["donor"],
        donor_kind=donor_kind,
        kind=kind,
        scope=scope,
        quote=quote,
        start=start,
        end=start + len(quote),
        yuan=yuan,
        bound=None if yuan is None else bound or Bound.EXACT,
        item=words["item"] if goods else None,
        quantity=quantity if goods else None,
        quantity_bound=quantity_bound if goods and quantity is not None else None,
        unit=words["unit"] if goods else None,
        recipient=words["recipient"],
        via=words["via"],
        count=None if count is None else int(count),
        pledged=record.get("pledged") is True,
        currency=words["currency"],
        amount=amount if words["currency"] else None,
    )


def _number(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(value) from error
    if not number.is_finite() or number < 0 or number > LARGEST_YUAN:
        raise ValueError(value)
    return number


def _words(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        raise ValueError(value)
    return value


def _choice(kind: type[_Choice], value: object) -> _Choice | None:
    return None if value is None else kind(str(value))
