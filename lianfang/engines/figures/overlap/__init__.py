"""A total while it is undecided which mentions speak of the same money.

Nodes are mentions of gifts in yuan. A pair of nodes may be SAME (two mentions of one gift), PART_OF (the
left lies within the right: a member's gift within the chamber's sum) or DISTINCT (two gifts, neither within
the other). Pairs are decided by people; an undecided pair may turn out true or false; nodes without a
pair are distinct.

`total_range` gives the total if every undecided pair is true (`low`: all that may be one is one) and if
every one is false (`high`). Whatever people decide in the end, the total lies from `low.low` to
`high.high`, and deciding a pair never moves either end outward, unless the decision contradicts the
figures or other decisions: then it is reported as a conflict. The rules:

- United nodes have the value that all of them allow. Where they contradict each other, the smaller value
  stands for the lower end and the larger for the upper.
- What is part of something is not added. A whole counts at least its decided parts, as far as its own
  upper end allows, and never less than its largest part.
- What may be part of something adds nothing to `low`.
- Parts that contain each other in a circle count once, at the largest of them.

The work is linear in nodes and pairs but for sorting and union-find.
"""

from lianfang.engines.figures.overlap.pairs import Conflict, ConflictKind, Pair, Relation
from lianfang.engines.figures.overlap.total import TotalRange, total_range
from lianfang.engines.figures.overlap.worth import unite

__all__ = ["Conflict", "ConflictKind", "Pair", "Relation", "TotalRange", "total_range", "unite"]
