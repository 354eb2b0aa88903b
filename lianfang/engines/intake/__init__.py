"""From the text of a donation notice to claims: who gave what to whom, in the notice's own words.

The reader is a grammar of the field, not a model: deterministic and offline. It works in steps, each a
module:

    expressions patterns compiled when first used, tried only where they can match
    normal      one written form for full-width and half-width signs, place by place
    rules       line by line: a table row, a row of a roll, or running text
    sentence    figures are found (`lianfang.engines.figures`) and masked
    clauses     sentences are cut into clauses
    phrases     before the verb: giver, 向 …, 通过 …, 各, 共, 拟
    givers      who is named in a stretch of words
    names       of bodies, persons, classes; `heads`, `surnames` hold the vocabulary
    goods       after the verb: money and articles; `article` reads one
    prose       clauses read in turn, with what one leaves to be understood in the next
                passage     the sentence under reading, and what those before it left
                topics      whom a clause speaks of; what 该公司 and 他 stand for
                subjects    who gives; without a subject, the giver told before
                parties     who receives, and where its name ends
                given       whether the articles beside a verb are a gift
                records     givers, articles and receivers put together
                gifts       甲向乙捐款5万元
                sums        共收到社会各界捐款80万元
                totals      以上现金合计80万元
                worth       …,价值9万元
                chains      甲集团300万、乙集团200万
                continuations   另有口罩2万只; 其中现金5万元
                sayings     捐款最多的是丙; 捐款10万元的有甲、乙
    tiers       捐款10万元以上的8家
    rolls       接龙, lists of names; `entries` reads what stands in a row
    tables      rows under a header in any order, which `headers` reads
    settle      receivers from the heading, repetitions
    unread      what looks like giving but was not understood

Further shapes of notices: `chats` (exported group chats), `columns` (tables with one cell a line), `forms`
(label: value). `extractor` is the port that another reader fits, `language_model` one behind an address, off
by default.
"""

from lianfang.engines.intake.claim import (
    Claim,
    DonorKind,
    Doubt,
    DoubtReason,
    GiftKind,
    Place,
    Reading,
    Scope,
    Unread,
    UnreadReason,
)
from lianfang.engines.intake.extractor import Extractor
from lianfang.engines.intake.rules import RuleExtractor, read_notice
from lianfang.engines.intake.tables import TableContext, read_table, table_text

__all__ = [
    "Claim", "DonorKind", "Doubt", "DoubtReason", "Extractor", "GiftKind", "Place", "Reading",
    "RuleExtractor",
    "Scope", "TableContext", "Unread", "UnreadReason", "read_notice", "read_table", "table_text",
]  # fmt: skip
