"""A stretch of text with its figures masked, so that the grammar can speak of "money" and "so many pieces".

    捐款10万元及口罩2万只   →   捐款MMMMM及口罩QQQQ      (M, Q: private characters, one for each place)

The first character of a figure carries the sort, the following ones its continuation; positions stay those of
the text. Ordinals and codes (第三小学, N95口罩, 9号楼) belong to names and are left as written.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from lianfang.engines.figures import LARGEST_YUAN, Bound, Figure, FigureKind, find_figures
from lianfang.engines.intake.expressions import expression

MONEY: Final = "\ue000\ue010*"
"""Pattern of one money figure in a masked text."""
QUANTITY: Final = "\ue001\ue011*"
"""Pattern of one figure with a measure word that may count goods."""
COUNT: Final = "\ue002\ue012*"
"""Pattern of one figure that counts givers (家、户、名、位、人)."""
BARE: Final = "\ue003\ue013*"
"""Pattern of one plain number."""
ASIDE: Final = "\ue004\ue014*"
"""Pattern of a date, a time or a measure that counts neither goods nor givers."""
ANY_FIGURE: Final = expression("[\ue000-\ue004][\ue010-\ue014]*")

_COUNT_UNITS: Final = frozenset("家户名位人例") | {"余人", "户次", "人次", "名余", "届"}
_ASIDE_WORDS: Final = """
岁 年 天 次 周 ℃ 度 级 届 例 期 周岁 周年 小时 分钟 个月 公里 千米 毫米 厘米 平方米 平米 车次 批次
公顷 千瓦 秒 万千瓦时 层 号 笔 起 篇 场 项 种 类
"""
_ASIDE_UNITS: Final = frozenset(_ASIDE_WORDS.split())
_SUM_WORD: Final = expression(r"(?:共计|合计|总计|累计|高达|达到|达|计|约?合计|约?值|约合|约折合|折合)")
_CORRECTS: Final = expression(r"[应实改]为|更正为|应是|并非|不属")
_WRONG: Final = expression(
    r"[“\"][^”\"\n]{2,60}[”\"](?=(?:一处|一条|一项|等)?(?:登记|信息|金额|内容|数量)?(?:有误|错误|"
    r"系误)?,?(?:实际)?(?:应|更正|改|实|正确)(?:应)?(?:为|是))"
    r"|[“\"][^”\"\n]{2,60}[”\"](?=系[^,。;“”]{2,30},?(?:并非|不属|不是|不算))"
    r"|(?:误为|误登为|误写为|错登为|误作|误记为|错写成|误写成)[“\"][^”\"\n]{1,60}[”\"]"
)
"""What a correction quotes as wrong: it is hidden, so that only the right statement is read."""
_NUMERALS: Final = frozenset("一二两三四五六七八九十百千万")
_NAMES_FIRM: Final = expression(r"(?:集团|股份|有限|公司|实业|商贸|置业|地产|超市|酒店|饭店|大药房)")
"""What makes 三升、百家、五棵 before it the name of a firm and no quantity."""
_IN_NAMES: Final = frozenset(("班", "组", "队", "排", "支", "号", "村", "社", "部", "栋", "区", "中"))
_ROOM_NUMBER: Final = expression(
    r"(?<![\d.\-月])\d{1,2}-\d{3,4}(?=(?:室|户)?[\u4e00-\u9fff])(?![元块万个只])"
)
"""1-902住户: where somebody lives, which counts nothing."""
_SPECIFIC: Final = frozenset(("度", "毫升", "寸", "英寸", "千瓦", "马力", "层", "目"))
"""Measures that say what sort of thing it is: 75度酒精, 500毫升消毒液, 50寸电视."""
_ASIDE_AFTER: Final = frozenset("级例度年月岁路弄栋幢")


@dataclass(slots=True)
class Sentence:
    """A stretch of the notice: `text` in normal writing, `masked` with figures hidden."""

    text: str
    original: str
    base: int
    """Where the stretch begins in the notice."""
    masked: str = ""
    figures: dict[int, Figure] = field(default_factory=dict)
    """Figures by the place (in this stretch) where their mask begins."""

    def figure_in(self, start: int, end: int) -> Figure | None:
        """The first figure whose mask begins in the range."""
        match = ANY_FIGURE.search(self.masked, start, end)
        return None if match is None else self.figures.get(match.start())


def read_sentence(text: str, original: str, base: int) -> Sentence:
    """The stretch with its figures found and masked; `text` is the normal form of `original`."""
    if "误" in text or ("“" in text and _CORRECTS.search(text)):
        text = _WRONG.sub(_hidden, text)
    if "-" in text:
        text = _ROOM_NUMBER.sub(lambda match: "\ue004" + "\ue014" * (len(match.group()) - 1), text)
    sentence = Sentence(text, original, base, text)
    found = find_figures(text)
    if not found:
        return sentence
    parts: list[str] = []
    place = 0
    for figure in found:
        sort = _sort(figure, text)
        if sort is None or (figure.value is not None and figure.value > LARGEST_YUAN):
            continue
        start = figure.start
        word = _SUM_WORD.match(text, start, figure.number_start) if start < figure.number_start else None
        if word is not None:
            start = word.end()
        parts += (text[place:start], _FIRST[sort], _FURTHER[sort] * (figure.end - start - 1))
        place = figure.end
        sentence.figures[start] = figure
    sentence.masked = "".join(parts) + text[place:]
    return sentence


_FIRST: Final = tuple(chr(0xE000 + sort) for sort in range(5))
_FURTHER: Final = tuple(chr(0xE010 + sort) for sort in range(5))
"""The characters that hide a figure of each sort, its first one and the following ones."""


def _hidden(match: re.Match[str]) -> str:
    """The quotation with what was given hidden; who gave it may be what the correction is about."""
    words = match.group()
    given = _GIVEN.search(words)
    first = given.start() if given is not None and words[0] in '“"' else 0
    return words[:first] + "\ue004" + "\ue014" * (len(words) - first - 1)


_GIVEN: Final = expression(r"(?<=[\u4e00-\u9fff]{3})(?:共|各)?捐")


_GOODS_AFTER: Final = expression(r"(?:元)?的?[\u4e00-\u9fff]{0,6}(?:物资|款物|善款|捐款)(?![\u4e00-\u9fff])")
"""超百万|医疗物资: a sum without its unit."""
_WORTH_BARE: Final = expression(r"价(?:值|款)?(?:约|近|超|达|超过|总计|共计|合计)?$")


def _sort(figure: Figure, text: str) -> int | None:
    kind = figure.kind
    if kind is FigureKind.MONEY:
        return 0
    if kind is FigureKind.QUANTITY:
        following = text[figure.end : figure.end + 1]
        if figure.unit == "个" and text.startswith(
            ("小时", "多小时", "月", "星期", "工作日", "昼夜"), figure.end
        ):
            return 4
        if figure.unit in "面方" and text[figure.number_start : figure.number_start + 1] in "四八":
            return None
        if _NAMES_FIRM.match(text, figure.end) and text[figure.number_start] in _NUMERALS:
            return None
        if figure.unit == "班" or (figure.unit == "年" and following == "级"):
            return None
        if figure.unit == "口" and (following in ("子", "气") or text[: figure.start].endswith("一家")):
            return None
        if figure.unit in "次轮" and following and following in "性车摩":
            return None
        if (
            figure.unit in _SPECIFIC
            and re.match(r"[\u4e00-\u9fff](?![上下内左])", following)
            and figure.bound is Bound.EXACT
        ):
            return None
        if figure.unit in "级届" and figure.unit:
            return None
        if figure.unit == "家" and text.startswith(
            ("三口", "四口", "五口", "六口", "老小", "老少"), figure.end
        ):
            return None
        if figure.unit in _COUNT_UNITS:
            return 2
        return 4 if figure.unit in _ASIDE_UNITS else 1
    if kind is FigureKind.BARE:
        if (
            text[figure.start - 1 : figure.start] == "("
            and text[figure.end : figure.end + 1] == ")"
            and text[figure.end + 1 : figure.end + 2] in _IN_NAMES
        ):
            return None
        if text[figure.start - 1 : figure.start] in ("-", "#", "№", "第") or text[
            figure.end : figure.end + 1
        ] in ("-", "#"):
            return 4
        if text[figure.start - 1 : figure.start] in ("“", '"') and text[figure.end : figure.end + 1] in (
            "”",
            '"',
        ):
            return None
        if text[figure.end - 1] in "万亿" and (
            _WORTH_BARE.search(text, 0, figure.start) or _GOODS_AFTER.match(text, figure.end)
        ):
            return 0
        return 4 if text[figure.end : figure.end + 1] in _ASIDE_AFTER else 3
    if kind in (FigureKind.DATE, FigureKind.TIME):
        return 4
    return None
