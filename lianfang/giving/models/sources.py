"""Where statements about gifts come from: the text as it came, kept whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope as RightsScope
from lianfang.people.models import Area, Body


class SourceKind(models.TextChoices):
    NOTICE = "notice", _("公告、通讯")
    CHAT = "chat", _("群接龙")
    TABLE = "table", _("表格")
    DESK = "desk", _("来人来函")


class GiftSource(Record):
    """A text or a table that says who gave what. Recognised by `digest` when it comes again.

    `published_at` of the paper itself goes into `happened_at` where it is known.
    """

    kind = models.CharField(_("类别"), max_length=8, choices=SourceKind.choices, default=SourceKind.NOTICE)
    title = models.CharField(_("标题"), max_length=200)
    publisher = models.CharField(_("发布方"), max_length=120, blank=True)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报送单位")
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("属地")
    )
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    digest = models.CharField(_("内容摘要(SHA-256)"), max_length=64, db_index=True)
    text = models.TextField(_("原文"), blank=True)
    unread = models.JSONField(_("未读懂的片段"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("捐赠线报来源")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["response", "digest"],
                condition=models.Q(corrects__isnull=True),
                name="gift_source_once_in_a_response",
                violation_error_message=_("这份材料已经收过。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def scope(self) -> RightsScope:
        return RightsScope.of(
            areas=[self.area_id, self.body.area_id if self.body else None], bodies=[self.body_id]
        )
