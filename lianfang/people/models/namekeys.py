"""Search keys: how a body, a person or an area is found by a part of its name, pinyin or initials.

One row for each place in a name where a search may begin, so that finding is a look-up of a
prefix in an index and never a walk over all names. Made again by the actions that change a name.
"""

from typing import Any

from django.db import models
from django.db.models import Lookup

from lianfang.book.registers import new_id

KEY_LENGTH = 24


class NamedKind(models.TextChoices):
    AREA = "area"
    BODY = "body"
    PERSON = "person"


class NameKey(models.Model):
    """`key` is the rest of `name` (or of its pinyin, its initials) from its character `position` on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=NamedKind.choices)
    subject_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=KEY_LENGTH, db_index=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return f"{self.key} → {self.name}"


@models.CharField.register_lookup
class Begins(Lookup):
    """`key__begins="abc"`: case-sensitive prefix that uses the column's index on either database."""

    lookup_name = "begins"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """LIKE with an anchored pattern: PostgreSQL has a `varchar_pattern_ops` index for it."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", (*parameters, f"{connection.ops.prep_for_like_query(self.rhs)}%")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A range: SQLite's LIKE ignores case and so does not use a binary index."""
        left, parameters = self.process_lhs(compiler, connection)
        return (
            f"({left} >= %s AND {left} < %s)",
            (*parameters, self.rhs, *parameters, f"{self.rhs}\U0010ffff"),
        )
