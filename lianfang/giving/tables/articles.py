"""Articles that stand with their quantities in one cell: "口罩1000只、消毒液50桶"."""

from dataclasses import dataclass
from decimal import Decimal

from lianfang.engines.figures import Bound
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.sentence import read_sentence


@dataclass(frozen=True, slots=True)
class CountedArticle:
    item: str
    quantity: Decimal
    bound: Bound
    unit: str


def articles_in(text: str) -> list[CountedArticle]:
    """The articles of a cell, if each has its quantity and none a value of its own; else none.

    What is not wholly understood stays as it is written.
    """
    words = normal(text)
    found = []
    for article in read_articles(read_sentence(words, text, 0), 0, len(words)):
        quantity = article.quantity
        if not article.item or quantity is None or quantity.value is None or article.money or article.worth:
            return []
        found.append(
            CountedArticle(
                article.item,
                quantity.value,
                quantity.bound or Bound.EXACT,
                quantity.unit or article.unit or "",
            )
        )
    return found
