"""What an enterprise does at its site: measures, posts, and what stands in its ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Person
from lianfang.people.models.periods import Period
from lianfang.places.models import Place, Spot


class MeasureKind(models.TextChoices):
    PLAN = "plan", _("防控方案")
    SEPARATE_WAYS = "separate_ways", _("人车分流")
    DISINFECTION_PASSAGE = "disinfection_passage", _("消毒通道")
    TEMPERATURES = "temperatures", _("员工测温")
    REGISTERING = "registering", _("进出登记")
    CLEANING = "cleaning", _("清洁")
    DISINFECTION = "disinfection", _("消毒")
    CHECKING = "checking", _("检查")
    PUBLICITY = "publicity", _("宣传")
    STAGGERED_MEALS = "staggered_meals", _("错峰就餐")
    DORMITORY = "dormitory", _("宿舍管理")
    ISOLATION_AREA = "isolation_area", _("隔离观察区")
    OTHER = "other", _("其他")


class SiteMeasure(Register, Period):
    """A measure that a site has taken, from–to."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="measures", verbose_name=_("厂区")
    )
    kind = models.CharField(_("措施"), max_length=20, choices=MeasureKind.choices)
    text = models.CharField(_("做法"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("企业防控措施")
        ordering = ["place", "kind"]

    def __str__(self) -> str:
        return f"{self.place} · {self.get_kind_display()}"

    def scope(self) -> Scope:
        return self.place.scope()


class SitePost(Register, Period):
    """A post of a site that people stand for, such as 党员先锋模范岗, from–to."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="site_posts", verbose_name=_("厂区")
    )
    name = models.CharField(_("岗位名称"), max_length=60)
    of_party_members = models.BooleanField(_("党员岗"), default=False)
    spot = models.ForeignKey(
        Spot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="site_posts",
        verbose_name=_("点位"),
    )
    duty = models.CharField(_("职责"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("企业岗位")
        ordering = ["place", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                name="site_post_name_once",
                violation_error_message=_("该厂区已有同名岗位。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.name}"

    def scope(self) -> Scope:
        return self.place.scope()


class PostHolder(Register, Period):
    """Somebody stands for a post of a site, from–to."""

    post = models.ForeignKey(
        SitePost, on_delete=models.PROTECT, related_name="holders", verbose_name=_("企业岗位")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="site_posts", verbose_name=_("上岗人员")
    )

    class Meta:
        verbose_name = _("上岗人员")
        ordering = ["post", "person"]

    def __str__(self) -> str:
        return f"{self.person.name} · {self.post.name}"

    def scope(self) -> Scope:
        return self.post.scope()


class EntryKind(models.TextChoices):
    """The parts of the binder that are written by hand; the others are read out of the book."""

    PLAN = "plan", _("方案与预案")
    LEADING_GROUP = "leading_group", _("领导小组")
    VENTILATION = "ventilation", _("通风记录")
    DISINFECTION = "disinfection", _("消毒记录")
    CANTEEN = "canteen", _("食堂错峰")
    DORMITORY = "dormitory", _("宿舍管理")
    SUPPLIES = "supplies", _("防疫物资")
    TRAINING = "training", _("培训宣传")
    DRILL = "drill", _("应急演练")


class LedgerEntry(Record):
    """A line of the site's ledger: what was done, where, by whom; for supplies what is in store.

    `stock` and `daily_use` are for supplies, in `unit`.
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="ledger_entries", verbose_name=_("厂区")
    )
    kind = models.CharField(_("台账类别"), max_length=13, choices=EntryKind.choices)
    title = models.CharField(_("事项"), max_length=120)
    where = models.CharField(_("区域、部位"), max_length=120, blank=True)
    text = models.CharField(_("内容"), max_length=500, blank=True)
    person_count = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    done_by = models.CharField(_("经办人"), max_length=60, blank=True)
    stock = models.DecimalField(_("结存"), max_digits=14, decimal_places=2, null=True, blank=True)
    daily_use = models.DecimalField(_("每日用量"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=10, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("企业台账")
        ordering = ["-happened_at", "-received_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def stock_in_words(self) -> str:
        return "" if self.stock is None else f"{self.stock.normalize():f}{self.unit}"

    def scope(self) -> Scope:
        return self.place.scope()
