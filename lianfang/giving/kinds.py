"""The closed sets of all who speak of gifts: who gives, what is given, how a figure is qualified."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoundChoice(models.TextChoices):
    EXACT = "exact", _("整")
    OVER = "over", _("余、超过")
    NEARLY = "nearly", _("近、不足")
    ABOUT = "about", _("约")


class GiftKind(models.TextChoices):
    CASH = "cash", _("捐款")
    GOODS = "goods", _("捐物")
    MIXED = "mixed", _("款物合计")


class DonorKind(models.TextChoices):
    PERSON = "person", _("个人")
    ENTERPRISE = "enterprise", _("企业")
    CHAMBER = "chamber", _("商会、协会")
    GOVERNMENT = "government", _("政府及部门")
    ORGANISATION = "organisation", _("其他组织")
    GROUP = "group", _("群体")
