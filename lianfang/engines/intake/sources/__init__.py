"""Files and texts that come in → text and tables. Pure Python; heavy readers load when first used.

source = read_source("明细.xlsx", data)
mapping = guess_columns(source.tables[0].rows)
"""

from lianfang.engines.intake.sources.columns import (
    ColumnGuess,
    ColumnMapping,
    Layout,
    guess_columns,
    signature,
)
from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.image import text_recognition_is_installed
from lianfang.engines.intake.sources.reading import DEFAULT_LIMITS, read_source
from lianfang.engines.intake.sources.source import (
    Kind,
    Limits,
    Merge,
    Remark,
    Source,
    Table,
    filled,
    lines_of,
)
from lianfang.engines.intake.sources.titles import Role

__all__ = [
    "DEFAULT_LIMITS",
    "ColumnGuess",
    "ColumnMapping",
    "Kind",
    "Layout",
    "Limits",
    "Merge",
    "Remark",
    "Role",
    "Source",
    "SourceError",
    "Table",
    "filled",
    "guess_columns",
    "lines_of",
    "read_source",
    "signature",
    "text_recognition_is_installed",
]
