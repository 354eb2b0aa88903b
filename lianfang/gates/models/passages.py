"""Passages (进出) and the temperatures taken at a gate or on a round of readings."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book import sealing
from lianfang.book.records import FieldRecord, Record
from lianfang.book.rights import Scope
from lianfang.people.models import Person
from lianfang.places.models import EntryPass, Household, Place, Spot


def _known(field: str) -> models.Q:
    return models.Q(**{f"{field}__isnull": False})


def _filled(field: str) -> models.Q:
    return models.Q(**{f"{field}__gt": ""})


class Direction(models.TextChoices):
    IN = "in", _("进")
    OUT = "out", _("出")


class PersonCategory(models.TextChoices):
    RESIDENT = "resident", _("住户")
    TENANT = "tenant", _("租户")
    EMPLOYEE = "employee", _("职工")
    VISITOR = "visitor", _("访客")
    COURIER = "courier", _("快递外卖")
    WORKER = "worker", _("施工维修")
    DUTY_STAFF = "duty_staff", _("值守人员")
    EMERGENCY = "emergency", _("应急人员")


class Outcome(models.TextChoices):
    ADMITTED = "admitted", _("放行")
    REFUSED = "refused", _("拒绝")
    TURNED_BACK = "turned_back", _("劝返")
    HELD = "held", _("暂留")


class Passage(FieldRecord):
    """One crossing of a gate by one person or one vehicle, in or out, also one that was refused.

    A vehicle is a row of its own with its `plate` and no name; each of its occupants, the driver too, is
    a person's row without plate. So passages of persons (人次) are the rows without plate, and those of
    vehicles (车次) the rows with one. Those who came together (a household, a vehicle with its occupants)
    share a `party`. `vehicle` says of a vehicle: kind, via, load, occupants, driver, disinfected.

    `document_number` and `phone` are sealed and bound to the first version of the record, so that they
    open in each of its corrections; set them with `seal_document_number` and `seal_phone`. `outcome` and
    `reasons` are what was decided at the gate; `judged_outcome` and `judged_reasons` are what the rules
    say on the server; where they differ, `differs` is set and the passage stays as it was written.
    `facts` are what the guard saw and asked, in the words of `engines.rules.gates`: how somebody was
    known, which papers were shown, who confirmed a visit.
    """

    personal: ClassVar[frozenset[str]] = frozenset(
        {"name", "document_number", "document_index", "phone", "phone_index"}
    )

    gate = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="passages", db_index=False, verbose_name=_("出入口")
    )
    direction = models.CharField(_("方向"), max_length=3, choices=Direction.choices)
    party = models.UUIDField(_("同行"), null=True, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passages",
        db_index=False,
        verbose_name=_("人员"),
    )
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passages",
        db_index=False,
        verbose_name=_("住户"),
    )
    category = models.CharField(_("人员类别"), max_length=10, choices=PersonCategory.choices)
    name = models.CharField(_("姓名"), max_length=80, blank=True)
    document_number = models.TextField(_("证件号码"), blank=True, editable=False)
    document_index = models.CharField(max_length=65, blank=True, editable=False)
    phone = models.TextField(_("电话"), blank=True, editable=False)
    phone_index = models.CharField(max_length=65, blank=True, editable=False)
    plate = models.CharField(_("车牌号"), max_length=12, blank=True)
    entry_pass = models.ForeignKey(
        EntryPass,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("出入证"),
    )
    coming_from = models.CharField(_("来自"), max_length=120, blank=True)
    going_to = models.CharField(_("去向"), max_length=120, blank=True)
    purpose = models.CharField(_("事由"), max_length=120, blank=True)
    vehicle = models.JSONField(_("车辆情况"), default=dict, blank=True)
    facts = models.JSONField(_("值守人所见"), default=dict, blank=True)
    answers = models.JSONField(_("询问结果"), default=dict, blank=True)
    outcome = models.CharField(_("处置"), max_length=11, choices=Outcome.choices)
    reasons = models.JSONField(_("原因"), default=list, blank=True)
    judged_outcome = models.CharField(_("按规则"), max_length=11, choices=Outcome.choices, blank=True)
    judged_reasons = models.JSONField(_("规则原因"), default=list, blank=True)
    differs = models.BooleanField(_("与规则不同"), default=False)
    overridden_by = models.CharField(_("特批人"), max_length=80, blank=True)
    override_reason = models.CharField(_("特批原因"), max_length=200, blank=True)
    late_entry = models.BooleanField(_("补登"), default=False)
    proxy_entry = models.BooleanField(_("代填"), default=False)

    class Meta(FieldRecord.Meta):
        verbose_name = _("出入登记")
        ordering = ["-happened_at"]
        indexes = [
            *FieldRecord.Meta.indexes,
            models.Index(fields=["gate", "happened_at"], name="passage_of_gate"),
            models.Index(
                fields=["person", "happened_at"], condition=_known("person"), name="passage_of_person"
            ),
            models.Index(
                fields=["household", "happened_at"],
                condition=_known("household"),
                name="passage_of_household",
            ),
            models.Index(
                fields=["gate", "happened_at"], condition=models.Q(differs=True), name="passage_differs"
            ),
            models.Index(
                fields=["gate", "happened_at"], condition=models.Q(outcome="held"), name="passage_held"
            ),
            models.Index(fields=["plate"], condition=_filled("plate"), name="passage_of_plate"),
            models.Index(
                fields=["document_index"], condition=_filled("document_index"), name="passage_of_document"
            ),
            models.Index(fields=["phone_index"], condition=_filled("phone_index"), name="passage_of_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.plate} {self.get_direction_display()}"

    def scope(self) -> Scope:
        return self.gate.scope()

    def seal_document_number(self, number: str) -> None:
        """Keep `number` sealed, found by the whole number as a person's is."""
        number = "".join(number.split()).upper()
        self.document_number = sealing.seal(number, self._place("document_number"))
        self.document_index = sealing.blind_index(number, "document")

    def open_document_number(self) -> str:
        return sealing.unseal(self.document_number, self._place("document_number"))

    def seal_phone(self, phone: str) -> None:
        phone = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
        self.phone = sealing.seal(phone, self._place("phone"))
        self.phone_index = sealing.blind_index(phone, "phone")

    def open_phone(self) -> str:
        return sealing.unseal(self.phone, self._place("phone"))

    def _place(self, column: str) -> sealing.Place:
        return sealing.Place("gates_passage", str(self.root_id), column)


class BodySite(models.TextChoices):
    FOREHEAD = "forehead", _("额温")
    AXILLARY = "axillary", _("腋温")
    EAR = "ear", _("耳温")
    WRIST = "wrist", _("腕温")


class Temperature(FieldRecord):
    """One reading in ℃ with one decimal, or "正常" without number (`celsius` null, `normal_by_word`).

    `encounter` is the passage it belongs to (by its first version), or null for a round of readings
    (晨检、午检、晚检), where `person` and `place` are given.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"celsius"})

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("场所")
    )
    encounter = models.UUIDField(_("出入登记"), null=True, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="temperatures",
        db_index=False,
        verbose_name=_("人员"),
    )
    celsius = models.DecimalField(_("体温"), max_digits=3, decimal_places=1, null=True, blank=True)
    normal_by_word = models.BooleanField(_("只记“正常”"), default=False)
    body_site = models.CharField(_("部位"), max_length=8, choices=BodySite.choices, blank=True)
    thermometer = models.CharField(_("测温设备"), max_length=40, blank=True)

    class Meta(FieldRecord.Meta):
        verbose_name = _("体温记录")
        ordering = ["-happened_at"]
        indexes = [
            *FieldRecord.Meta.indexes,
            models.Index(fields=["place", "happened_at"], name="temperature_of_place"),
            models.Index(fields=["encounter"], condition=_known("encounter"), name="temperature_of_passage"),
            models.Index(
                fields=["person", "happened_at"], condition=_known("person"), name="temperature_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.celsius}℃" if self.celsius is not None else "正常"

    def scope(self) -> Scope:
        return self.place.scope()


class Rejudgement(Record):
    """What the rules say of a passage now that an earlier one has become known.

    A passage keeps the judgement that it got when it arrived. If records that arrive later change it
    (another phone's, which had no network), the new judgement is added here; the newest one holds.
    """

    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="rejudgements", verbose_name=_("出入登记")
    )
    judged_outcome = models.CharField(_("按规则"), max_length=11, choices=Outcome.choices, blank=True)
    judged_reasons = models.JSONField(_("规则原因"), default=list, blank=True)
    differs = models.BooleanField(_("与规则不同"), default=False)
    upload = models.UUIDField(_("上传批次"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("重新判定")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.passage} {self.get_judged_outcome_display()}"

    def scope(self) -> Scope:
        return self.passage.scope()
