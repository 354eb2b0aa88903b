"""Tables that are taken in row by row: the mapping of columns, remembered, and the progress."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book import sealing
from lianfang.book.registers import Register, new_id
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.donations import DonationState
from lianfang.giving.models.sources import GiftSource
from lianfang.people.models import Body


class TablePurpose(models.TextChoices):
    GIFTS = "gifts", _("捐赠明细")
    BANK = "bank", _("银行、支付流水")


class ColumnMapping(Register):
    """Which column is which, for tables whose header has this signature."""

    purpose = models.CharField(_("用途"), max_length=20, choices=TablePurpose.choices)
    signature = models.CharField(_("表头特征"), max_length=64)
    columns = models.JSONField(_("列对应"))

    class Meta:
        verbose_name = _("列对应")
        constraints = [models.UniqueConstraint(fields=["purpose", "signature"], name="column_mapping_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.signature[:8]}"


class UploadedTable(models.Model):
    """The cells of a table that came in, written once.

    Sealed, for such lists hold telephone and account numbers that the book does not need. It is neither
    register nor record: what it says enters the book only row by row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("内容摘要(SHA-256)"), max_length=64)
    sealed = models.TextField()

    def __str__(self) -> str:
        return self.file_name

    def seal_cells(self, cells: Mapping[str, Any]) -> None:
        self.sealed = sealing.seal(json.dumps(cells, ensure_ascii=False), self._place())

    def open_cells(self) -> dict[str, Any]:
        """Raises SealBroken."""
        cells: dict[str, Any] = json.loads(sealing.unseal(self.sealed, self._place()))
        return cells

    def _place(self) -> sealing.Place:
        return sealing.Place("giving_uploadedtable", str(self.pk), "sealed")


class ImportState(models.TextChoices):
    OPEN = "open", _("待核对")
    BOOKING = "booking", _("正在入账")
    FINISHED = "finished", _("已完成")
    ABANDONED = "abandoned", _("已放弃")


class TableImport(Register):
    """A table of gifts on its way into the book: how far it is. Resumable.

    `recipient` and `via` hold for rows that name none. `row_count` is the number of rows to be booked,
    `next_row` how many of them are; a row may hold a gift of money and one of goods, so `gift_count` may
    be larger.
    """

    from_source = models.OneToOneField(GiftSource, on_delete=models.PROTECT, related_name="table_import")
    table = models.OneToOneField(UploadedTable, on_delete=models.PROTECT, related_name="table_import")
    recipient = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接收单位")
    )
    via = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经手单位")
    )
    booked_as = models.CharField(
        _("登记为"), max_length=11, choices=DonationState.choices, default=DonationState.RECEIVED
    )
    columns = models.JSONField(_("列对应"), default=list)
    columns_confirmed = models.BooleanField(_("列对应已核对"), default=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=ImportState.choices, default=ImportState.OPEN, db_index=True
    )
    row_count = models.PositiveIntegerField(_("可导入的行数"), default=0)
    left_out_count = models.PositiveIntegerField(_("不导入的行数"), default=0)
    next_row = models.PositiveIntegerField(_("已入账行数"), default=0)
    gift_count = models.PositiveIntegerField(_("已入账笔数"), default=0)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("表格导入")

    def __str__(self) -> str:
        return str(self.from_source)

    def scope(self) -> RightsScope:
        return RightsScope.of(
            areas=[body.area_id for body in (self.recipient, self.via) if body],
            bodies=[self.recipient_id, self.via_id],
        )

    @property
    def done_in_hundredths(self) -> int:
        return 100 * self.next_row // self.row_count if self.row_count else 100


class ImportCheck(models.Model):
    """What checking the rows of an import has found; made anew when the columns change.

    `rows` are the rows that can be booked as [sheet, row], counted from 0, in their order; `faults` say
    which rows cannot, and why; `sums` is what the rows come to.
    """

    table_import = models.OneToOneField(
        TableImport, on_delete=models.CASCADE, primary_key=True, related_name="check_of_rows"
    )
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    sums = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.table_import)
