"""Bulletins (通报) and what hangs in a place: banners, posters, signs, mask boxes, boards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Body
from lianfang.places.models import Photo, Place, Spot


class Bulletin(Register):
    """One text for paper, loudspeaker, short message and page. Published, its words are fixed.

    A newer one may supersede it: where its paper hangs then becomes work.
    """

    response = models.ForeignKey(
        "book.Response", on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="bulletins", verbose_name=_("发布单位")
    )
    title = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("正文"))
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True, editable=False)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("代替"),
    )

    class Meta:
        verbose_name = _("通报")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def scope(self) -> Scope:
        return self.body.scope()


class PublicityKind(models.TextChoices):
    BANNER = "banner", _("条幅")
    POSTER = "poster", _("宣传画")
    SIGN = "sign", _("劝导牌")
    LEAFLET = "leaflet", _("宣传材料")
    NOTICE = "notice", _("张贴的通报")
    NOTICE_BOARD = "notice_board", _("通报栏")
    MASK_BIN = "mask_bin", _("废弃口罩收集容器")
    LOUDSPEAKER = "loudspeaker", _("广播稿")


class Condition(models.TextChoices):
    GOOD = "good", _("完好")
    DAMAGED = "damaged", _("破损")
    MISSING = "missing", _("缺失")


class PublicityItem(Register):
    """A thing that was put up in a place, until it is taken down."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="publicity", verbose_name=_("场所")
    )
    spot = models.ForeignKey(
        Spot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="publicity",
        verbose_name=_("点位"),
    )
    kind = models.CharField(_("类别"), max_length=12, choices=PublicityKind.choices)
    words = models.CharField(_("内容"), max_length=200, blank=True)
    bulletin = models.ForeignKey(
        Bulletin,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("通报"),
    )
    condition = models.CharField(_("状况"), max_length=7, choices=Condition.choices, default=Condition.GOOD)
    quantity = models.PositiveSmallIntegerField(_("数量"), null=True, blank=True)
    photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("照片")
    )
    put_up_on = models.DateField(_("设置日期"), null=True, blank=True)
    take_down_by = models.DateField(_("应撤日期"), null=True, blank=True)
    taken_down_on = models.DateField(_("撤除日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("宣传品")
        ordering = ["place", "kind", "created_at"]

    def __str__(self) -> str:
        return f"{self.place} · {self.get_kind_display()} {self.words}".strip()

    def scope(self) -> Scope:
        return self.place.scope()
