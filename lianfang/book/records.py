"""Records (记录): what happened. Only added, never changed; corrected by another record.

Two times are kept apart. `happened_at` is when it happened (null where the source does not say:
an unknown time is never made up); `received_at` is when this server came
to know it. Reading "as it stood at a moment" goes by `received_at`: it shows what could be known
then, so any report can be made again. `written_at` is when somebody wrote it down, on a phone
without network or at a desk.

A correction is a whole record that points to the one it corrects. Corrections form a line, never a
tree: a record is corrected at most once (the database holds that), and the next correction corrects
the newest. All versions share the `root`, to which other records point. A correction marked
`withdrawn` says that the thing did not happen or does not count.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Scope


class Source(models.TextChoices):
    PHONE = "phone", _("手机")
    DESK = "desk", _("电脑录入")
    PAPER = "paper", _("纸质表补录")
    IMPORT = "import", _("表格导入")
    TEXT = "text", _("文字识读")


class RecordChanged(Exception):
    """Something tried to change or delete a record. Records are corrected by adding one."""


class RecordQuerySet(models.QuerySet[Any]):
    def as_of(self, moment: datetime) -> Self:
        """The newest versions known at `moment`, without those withdrawn by then."""
        later = self.model._base_manager.filter(corrects=OuterRef("pk"), received_at__lte=moment)
        return self.filter(received_at__lte=moment, withdrawn=False).filter(~Exists(later))

    def current(self) -> Self:
        """The newest versions, without those withdrawn."""
        return self.filter(correction__isnull=True, withdrawn=False)

    def newest(self) -> Self:
        """The newest versions, also those withdrawn."""
        return self.filter(correction__isnull=True)

    def update(self, **_kwargs: Any) -> int:
        raise RecordChanged(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise RecordChanged(self.model.__name__)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> int:
        raise RecordChanged(self.model.__name__)


class Record(models.Model):
    """What happened, written once. `personal` names the fields that the audit log masks."""

    if TYPE_CHECKING:
        root_id: UUID
        corrects_id: UUID | None

    personal: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    response = models.ForeignKey(
        "book.Response", on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
    happened_at = models.DateTimeField(
        _("发生时间"), null=True, blank=True, db_index=True, help_text=_("来源没有说明时留空")
    )
    written_at = models.DateTimeField(_("填写时间"), default=timezone.now)
    received_at = models.DateTimeField(_("入账时间"), default=timezone.now, db_index=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("填写人")
    )
    written_for = models.CharField(_("代填对象"), max_length=120, blank=True)
    device = models.CharField(_("设备"), max_length=64, blank=True)
    device_sequence = models.PositiveBigIntegerField(_("设备序号"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=8, choices=Source.choices, default=Source.DESK)
    source_reference = models.CharField(
        _("来源位置"),
        max_length=200,
        blank=True,
        help_text=_("纸质表的页号与行号、文件的表与行、文本中的位置"),
    )
    rule_profile = models.ForeignKey(
        "book.RuleProfile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("规则档案"),
    )
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        verbose_name=_("更正对象"),
    )
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="versions", editable=False, verbose_name=_("最初记录")
    )
    withdrawn = models.BooleanField(_("已撤销"), default=False)
    correction_reason = models.CharField(_("更正原因"), max_length=300, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["device", "device_sequence"],
                condition=models.Q(device_sequence__isnull=False),
                name="%(app_label)s_%(class)s_device_sequence",
            )
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read from the row's own dict: a deferred column must not be fetched here.
        if self.__dict__.get("root_id", ...) is None:
            self.root_id = self.corrects.root_id if self.corrects_id and self.corrects else self.pk

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RecordChanged(f"{type(self).__name__} {self.pk}")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RecordChanged(f"{type(self).__name__} {self.pk}")

    def scope(self) -> Scope:
        """Where this record stands; the whole county unless a kind of record says otherwise."""
        return COUNTY


class FieldRecord(Record):
    """A record that may come from a phone, by the hundred and by the million.

    `upload` is the batch in which it arrived (null for one that was written at a desk), `envelope` the
    SHA-256 of the very bytes that the phone sent. It carries few indexes: each model adds those that its
    questions need. To find all versions of one, ask `versions_of`, which goes by an index.
    """

    response = models.ForeignKey(
        "book.Response",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("应急响应"),
    )
    happened_at = models.DateTimeField(_("发生时间"), null=True, blank=True)
    received_at = models.DateTimeField(_("入账时间"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("填写人"),
    )
    rule_profile = models.ForeignKey(
        "book.RuleProfile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("规则档案"),
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        db_index=False,
        verbose_name=_("更正对象"),
    )
    root = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="versions",
        editable=False,
        db_index=False,
        db_constraint=False,
        verbose_name=_("最初记录"),
    )
    guard_name = models.CharField(_("值守人"), max_length=80, blank=True)
    upload = models.UUIDField(_("上传批次"), null=True, blank=True, editable=False)
    envelope = models.BinaryField(_("信封摘要"), max_length=32, null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["corrects"],
                condition=models.Q(corrects__isnull=False),
                name="%(app_label)s_%(class)s_corrected_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["root"],
                condition=models.Q(corrects__isnull=False),
                name="%(app_label)s_%(class)s_root",
            )
        ]

    @classmethod
    def versions_of(cls, root: UUID) -> "models.QuerySet[Any]":
        """All versions of the record whose first version has this id."""
        return cls._base_manager.filter(models.Q(pk=root) | models.Q(root=root, corrects__isnull=False))
