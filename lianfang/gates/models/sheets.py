"""Paper registers (纸质登记表): pre-numbered sheets, and which of their rows were keyed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Officer
from lianfang.places.models import Place, Spot


class SheetKind(models.TextChoices):
    PERSONS = "persons", _("人员出入登记表")
    VEHICLES = "vehicles", _("车辆登记表")
    TEMPERATURES = "temperatures", _("体温监测记录表")


class PaperSheet(Register):
    """One sheet of a paper register. Its number stands in the book once: a sheet that is brought to be
    keyed a second time is recognised by it. `day` is the day written on its head."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="paper_sheets", verbose_name=_("场所")
    )
    gate = models.ForeignKey(
        Spot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="paper_sheets",
        verbose_name=_("出入口"),
    )
    kind = models.CharField(_("登记表"), max_length=12, choices=SheetKind.choices)
    number = models.CharField(
        _("编号"),
        max_length=30,
        unique=True,
        error_messages={"unique": _("这个编号的登记表已在台账中。")},
    )
    day = models.DateField(_("日期"), null=True, blank=True)
    printed_at = models.DateTimeField(_("印制时间"), null=True, blank=True)
    keyed_by = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("补录人"),
    )
    keyed_at = models.DateTimeField(_("开始补录"), null=True, blank=True)
    finished_at = models.DateTimeField(_("补录完成"), null=True, blank=True)

    class Meta:
        verbose_name = _("纸质登记表")
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.number

    def scope(self) -> Scope:
        return self.place.scope()


class SheetRow(Register):
    """One row of a sheet that is in the book: `records` are the ids of what was written from it."""

    sheet = models.ForeignKey(
        PaperSheet, on_delete=models.PROTECT, related_name="rows", verbose_name=_("登记表")
    )
    row = models.PositiveSmallIntegerField(_("行"))
    records = models.JSONField(_("记录"), default=list)

    class Meta:
        verbose_name = _("登记表的行")
        ordering = ["sheet", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "row"],
                name="sheet_row_once",
                violation_error_message=_("这一行已经补录。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet} 第{self.row}行"

    def scope(self) -> Scope:
        return self.sheet.scope()
