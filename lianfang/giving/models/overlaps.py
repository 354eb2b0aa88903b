"""Gifts that may be the same money: proposed with reasons, decided by a person, undone by withdrawing.

`first` and `second` are roots of gifts, the smaller id first, so a pair is one pair.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.donations import Donation


class OverlapVerdict(models.TextChoices):
    SAME = "same", _("同一笔")
    DISTINCT = "distinct", _("不是同一笔")
    FIRST_IN_SECOND = "first_in_2nd", _("前者含在后者之内")
    SECOND_IN_FIRST = "second_in_1st", _("后者含在前者之内")


class _Pair(Record):
    first = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="%(class)s_as_first")
    second = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="%(class)s_as_second")

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=models.Q(corrects__isnull=True),
                name="%(class)s_once_a_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="%(class)s_pair_in_order"
            ),
        ]

    def scope(self) -> RightsScope:
        one, two = self.first.scope(), self.second.scope()
        return RightsScope(one.areas | two.areas, one.bodies | two.bodies, one.places | two.places)


class OverlapProposal(_Pair):
    """The system says: these two may be the same money, or one may lie within the other."""

    suggests = models.CharField(_("可能是"), max_length=13, choices=OverlapVerdict.choices)
    score = models.FloatField(_("相似度"))
    reasons = models.JSONField(_("理由"), default=list)

    class Meta(_Pair.Meta):
        verbose_name = _("疑似重复")

    def __str__(self) -> str:
        return f"{self.first} ≈ {self.second}"


class OverlapDecision(_Pair):
    """A person says what a pair is."""

    verdict = models.CharField(_("判定"), max_length=13, choices=OverlapVerdict.choices)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta(_Pair.Meta):
        verbose_name = _("重复判定")

    def __str__(self) -> str:
        return f"{self.first} · {self.second}: {self.get_verdict_display()}"
