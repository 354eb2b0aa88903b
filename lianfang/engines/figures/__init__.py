"""Numbers that keep their meaning.

A source rarely gives a plain number: it says 144万余元, 近10万元, 数万元, 2万美元. This engine reads such
figures (`find_figures` in a text, `read_amount` in a cell), keeps them as an `Amount` (a value, how the
source bounds it, the currency; None where the source gives no number), adds them up without claiming more
than they say (`add` → `Sum`: a sum over "over" amounts is "at least", unknown stays unknown and is counted,
foreign money stands beside), and writes them again (`to_chinese`, `to_english`, `to_capitals` for receipts).
`overlap` bounds a total while it is undecided which mentions speak of the same money.

Everything is pure: no clock, no files, no other package. All money is in whole yuan as `Decimal`.
"""

from lianfang.engines.figures.amount import LARGEST_YUAN, UNKNOWN, Amount, Bound, FigureError
from lianfang.engines.figures.capitals import from_capitals, to_capitals
from lianfang.engines.figures.reader import Figure, FigureKind, find_figures, read_amount
from lianfang.engines.figures.spoken import spoken_number
from lianfang.engines.figures.sums import NOTHING, Claim, Sum, add, as_sum
from lianfang.engines.figures.wording import sum_to_chinese, sum_to_english, to_chinese, to_english

__all__ = [
    "LARGEST_YUAN",
    "NOTHING",
    "UNKNOWN",
    "Amount",
    "Bound",
    "Claim",
    "Figure",
    "FigureError",
    "FigureKind",
    "Sum",
    "add",
    "as_sum",
    "find_figures",
    "from_capitals",
    "read_amount",
    "spoken_number",
    "sum_to_chinese",
    "sum_to_english",
    "to_capitals",
    "to_chinese",
    "to_english",
]
