"""What is given: the object of a giving verb, read into money and articles.

10万元及近8万元的口罩         → money 100000; 口罩 worth nearly 80000
棉被400床、毛毯200条,价值…    → 棉被 400 床; 毛毯 200 条 (the value belongs to both)
方便面、矿泉水共1500箱        → one article 方便面、矿泉水, 1500 箱
"""

import re
from typing import Final

from lianfang.engines.intake.article import (
    BRACKET,
    ETC_GOODS,
    MIXED_NOUN,
    QUANTITY_FIGURE,
    VALUE,
    VALUE_END,
    Article,
    read_piece,
)
from lianfang.engines.intake.claim import GiftKind, Place
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.sentence import MONEY, Sentence

_VALUE_MONEY: Final = expression(rf"(?:{VALUE})\s*(?P<money>{MONEY})")
_ETC_GOODS: Final = expression(ETC_GOODS)
_SPLIT: Final = expression(r"[、+＋/;]|以及|连同|外加|[及和与并加](?!.?$)")


def read_articles(sentence: Sentence, start: int, end: int) -> list[Article]:
    """The things given in a stretch that is known to be the object of giving; empty where nothing is told."""
    listed = sentence.masked.find("等", start, end) > start
    summed = _SUMMED.search(sentence.masked, start, end) if listed else None
    if summed is not None:
        return _list_worth(sentence, start, summed)
    inside = _LISTED.search(sentence.masked, start, end)
    if inside is not None:
        return read_articles(sentence, *inside.span("list"))
    articles: list[Article] = []
    pending: list[Article] = []
    for piece_start, piece_end in _pieces(sentence.masked, start, end):
        article = read_piece(sentence, piece_start, piece_end) or _same_again(
            sentence, piece_start, piece_end, articles
        )
        if article is None:
            continue
        if article.kind is GiftKind.GOODS and article.item is None and article.quantity is None and articles:
            _put_worth(article, articles)
            continue
        if _worth_first(articles, article) and "价" in sentence.masked[start:piece_start]:
            article.money, article.start = articles[0].money, articles[0].start
            articles.pop()
        if _is_name_only(article):
            if (
                not pending
                and articles
                and (_takes_more_names(sentence, articles[-1]) or _is_half_a_name(articles[-1]))
            ):
                _add_name(articles[-1], article)
            else:
                pending.append(article)
            continue
        if article.kind is GiftKind.GOODS and article.item is not None and pending:
            if _counts_before(article):
                articles.extend(_together(pending))
            elif article.each:
                for name in pending:
                    name.quantity, name.end = article.quantity, article.end
                articles.extend(pending)
            else:
                _put_names_before(article, pending)
        else:
            articles.extend(pending)
        pending = []
        articles.append(article)
    articles.extend(_together(pending))
    return _without_echo(_with_whole(sentence, articles))


def _list_worth(sentence: Sentence, start: int, summed: re.Match[str]) -> list[Article]:
    """1万只口罩、面粉以及棉衣等价值6.5万元的慰问品: one value for the list, and what has a number (f)."""
    figure = sentence.figures.get(summed.start("money"))
    told = read_articles(sentence, start, summed.start())
    listed = [article for article in told if article.kind is GiftKind.GOODS and article.item]
    if figure is None or not listed:
        return listed
    names = "、".join(dict.fromkeys(str(article.item) for article in listed))
    counted = [article for article in listed if article.quantity is not None]
    first = min(article.start for article in listed)
    whole = Article(GiftKind.GOODS, first, summed.end(), figure, names, whole=bool(counted))
    return [*counted, whole]


_LISTED: Final = expression(r"(?:物资|物品|用品|器材)\((?P<list>[^()]*\ue001[^()]*)\)", needs="(")
"""防护物资(|340个口罩、800副手套|): what the things were."""
_SUMMED: Final = expression(
    rf"等(?:一批)?(?:{VALUE})(?P<money>{MONEY})(?:人民币)?的?[\u4e00-\u9fff]{{0,6}}(?:物资|用品|物品|慰问品|食品|物质|品)$"
)


def _with_whole(sentence: Sentence, articles: list[Article]) -> list[Article]:
    """口罩30万个和防护服2000套价值100万元: the value closes the list, so it is of all of them (f)."""
    last = articles[-1] if articles else None
    if last is None or last.kind is not GiftKind.GOODS or last.money is None or last.quantity is None:
        return articles
    words = sentence.masked[last.quantity.end : last.money.start]
    first = len(articles) - 1
    while first > 0 and _is_counted_thing(articles[first - 1]):
        first -= 1
    if first == len(articles) - 1 or "(" in words or VALUE_END.search(words) is None:
        return articles
    listed = articles[first:]
    names = list(dict.fromkeys(str(article.item) for article in listed))
    whole = Article(GiftKind.GOODS, listed[0].start, last.end, last.money, "、".join(names), whole=True)
    last.money, last.end = None, last.quantity.end
    return [*articles, whole]


def _is_counted_thing(article: Article) -> bool:
    return article.kind is GiftKind.GOODS and article.quantity is not None and article.money is None


def _put_worth(worth: Article, articles: list[Article]) -> None:
    """隔离衣1000套、|价值约10万元: a value set apart by 、 is of what stands before it."""
    told = [one for one in articles if one.kind is GiftKind.GOODS and one.money is None and one.item]
    if len(told) == 1:
        told[0].money, told[0].end = worth.money, worth.end
    elif told:
        names = "、".join(dict.fromkeys(str(one.item) for one in told))
        articles.append(Article(GiftKind.GOODS, told[0].start, worth.end, worth.money, names, whole=True))


def _worth_first(articles: list[Article], article: Article) -> bool:
    """价值30万元、|共2100件食品: the value alone stands before the thing."""
    return (
        len(articles) == 1
        and articles[0].kind is article.kind is GiftKind.GOODS
        and articles[0].item is None
        and articles[0].quantity is None
        and articles[0].money is not None
        and article.money is None
        and article.quantity is not None
    )


def _counts_before(article: Article) -> bool:
    """Whether the quantity stands before its thing (新风系统及|5000个口罩): it is of that one alone."""
    return (
        article.quantity is not None
        and article.item_place is not None
        and article.quantity.start < article.item_place[0]
        and article.money is None
    )


def _is_half_a_name(article: Article) -> bool:
    """N95 in 2.1万个N95及医用外科口罩."""
    return article.item is not None and article.item.isascii() and article.money is None


def _same_again(sentence: Sentence, start: int, end: int, articles: list[Article]) -> Article | None:
    """饮用水3000箱、2000箱: a quantity alone is of the thing named before."""
    before = articles[-1] if articles else None
    match = QUANTITY_FIGURE.fullmatch(sentence.masked, start, end)
    figure = None if match is None else sentence.figures.get(match.start())
    if (
        before is None
        or before.quantity is None
        or before.item is None
        or figure is None
        or figure.unit != before.quantity.unit
    ):
        return None
    return Article(GiftKind.GOODS, start, end, None, before.item, before.item_place, figure)


def _without_echo(articles: list[Article]) -> list[Article]:
    """A sum written twice, in words and in digits (人民币贰万元整 ¥20,000.00), is one."""
    kept: list[Article] = []
    for article in articles:
        same = kept and article.kind is GiftKind.CASH and kept[-1].kind is GiftKind.CASH
        if same and article.yuan is not None and kept[-1].yuan == article.yuan:
            kept[-1].end = article.end
            continue
        kept.append(article)
    return kept


def _is_name_only(article: Article) -> bool:
    return (
        article.kind is GiftKind.GOODS
        and article.quantity is None
        and article.money is None
        and not article.vague
    )


def _takes_more_names(sentence: Sentence, article: Article) -> bool:
    """Whether names after the article still belong to it: "价值4万元的防护服 和 护目镜"."""
    if article.kind is not GiftKind.GOODS or article.money is None or article.item_place is None:
        return False
    return (
        article.quantity is None
        and article.money.start < article.item_place[0] - 0
        and article.end >= article.item_place[1]
        and bool(sentence)
    )


def _add_name(article: Article, name: Article) -> None:
    article.item = f"{article.item}、{name.item}"
    article.end = name.end


def _put_names_before(article: Article, names: list[Article]) -> None:
    article.item = "、".join([str(name.item) for name in names] + [str(article.item)])
    article.start = names[0].start


def _together(names: list[Article]) -> list[Article]:
    if len(names) < 2:
        return names
    whole = names[-1]
    _put_names_before(whole, names[:-1])
    return [whole]


_ITS_WORTH: Final = expression(rf"(?:{VALUE}){MONEY}的")


def _pieces(masked: str, start: int, end: int) -> list[Place]:
    hidden = masked[start:end]
    if "(" in hidden:
        hidden = BRACKET.sub(lambda match: "\u0001" * len(match.group()), hidden)
    if "等" in hidden:
        hidden = _ETC_GOODS.sub(lambda match: "\u0001" * len(match.group()), hidden)
    hidden = MIXED_NOUN.sub(lambda match: "\u0001" * len(match.group()), hidden)
    pieces = []
    last = 0
    for match in _SPLIT.finditer(hidden):
        if hidden[match.start() - 1] in "\ue001\ue011" and _ITS_WORTH.match(hidden, match.end()):
            continue  # 2万件、价值200万元的食品: one article
        if match.start() > last:
            pieces.append((start + last, start + match.start()))
        last = match.end()
    if last < end - start:
        pieces.append((start + last, end))
    return pieces
