"""Are these two names one body, one person? A score with reasons; a person decides.

    likeness = compare_bodies("金属板业商会", "板材商会", context=Context(county="博兴县"))
    pairs = propose(names, context=Context(county="博兴县"))

Pure Python; pypinyin loads when first used.
"""

from lianfang.engines.names.bodies import compare_bodies
from lianfang.engines.names.body_names import BodyName, take_apart
from lianfang.engines.names.characters import folded
from lianfang.engines.names.likeness import NO_CONTEXT, Context, Likeness, Pair, Reason
from lianfang.engines.names.persons import PersonMention, compare_persons, without_title
from lianfang.engines.names.pinyin import Reading, SearchKeys, initials, pinyin, search_query
from lianfang.engines.names.proposing import PROPOSED_FROM, Subject, propose

__all__ = [
    "NO_CONTEXT",
    "PROPOSED_FROM",
    "BodyName",
    "Context",
    "Likeness",
    "Pair",
    "PersonMention",
    "Reading",
    "Reason",
    "SearchKeys",
    "Subject",
    "compare_bodies",
    "compare_persons",
    "folded",
    "initials",
    "pinyin",
    "propose",
    "search_query",
    "take_apart",
    "without_title",
]
