"""A table that somebody is about to import: kept sealed between its preview and the decision."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils import timezone

from lianfang.book import sealing
from lianfang.book.registers import new_id


class ImportDraft(models.Model):
    """The rows of an uploaded table. Struck when imported or given up, and at the latest the next day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=10)
    place_id = models.UUIDField(null=True)
    file_name = models.CharField(max_length=200)
    sealed_rows = models.TextField()

    def __str__(self) -> str:
        return self.file_name

    def seal_rows(self, rows: Sequence[Sequence[str]]) -> None:
        self.sealed_rows = sealing.seal(json.dumps([list(row) for row in rows]), self._place())

    def open_rows(self) -> list[list[str]]:
        """Raises SealBroken."""
        rows: list[list[str]] = json.loads(sealing.unseal(self.sealed_rows, self._place()))
        return rows

    def _place(self) -> sealing.Place:
        return sealing.Place("people_importdraft", str(self.pk), "sealed_rows")
