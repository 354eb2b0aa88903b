"""Registers (名册): what is. Changed by actions only; each version is kept."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from uuid_utils.compat import uuid7

from lianfang.book.rights import COUNTY, Scope


def new_id() -> UUID:
    """An id that can be made anywhere, also on a phone, and sorts by the time it was made."""
    return uuid7()


class Register(models.Model):
    """A line of a register. `personal` names the fields that the audit log masks."""

    personal: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(_("建册时间"), default=timezone.now, editable=False)
    history = HistoricalRecords(inherit=True, history_id_field=models.UUIDField(default=new_id))

    class Meta:
        abstract = True

    def scope(self) -> Scope:
        """Where this line stands; the whole county unless a register says otherwise."""
        return COUNTY
