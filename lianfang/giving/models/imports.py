"""Tables that are taken in row by row: the mapping of columns, remembered, and the progress."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.sources import GiftSource
from lianfang.people.models import Body


class ColumnMapping(Register):
    """Which column is which, for tables whose header has this signature."""

    purpose = models.CharField(_("用途"), max_length=20)
    signature = models.CharField(_("表头特征"), max_length=64)
    columns = models.JSONField(_("列对应"))

    class Meta:
        verbose_name = _("列对应")
        constraints = [models.UniqueConstraint(fields=["purpose", "signature"], name="column_mapping_once")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.signature[:8]}"


class TableImport(Register):
    """A table of gifts on its way into the book: what is left out, how far it is. Resumable.

    `rows` are the checked rows as column values; `next_row` is the first that is not booked yet.
    """

    from_source = models.OneToOneField(GiftSource, on_delete=models.PROTECT, related_name="table_import")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接收单位")
    )
    columns = models.JSONField(_("列对应"))
    rows = models.JSONField(_("待入账的行"))
    left_out = models.JSONField(_("未导入的行"), default=list)
    next_row = models.PositiveIntegerField(_("已入账行数"), default=0)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("表格导入")

    def __str__(self) -> str:
        return str(self.from_source)

    def scope(self) -> RightsScope:
        return self.from_source.scope()
