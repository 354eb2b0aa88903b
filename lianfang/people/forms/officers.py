from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import field_error
from lianfang.book.rights import Right, Role
from lianfang.desk.fields import DayField
from lianfang.people import queries
from lianfang.people.forms.fields import (
    AreaField,
    BodyField,
    OfficersForm,
    PersonField,
    PlaceField,
    text_field,
)
from lianfang.people.models import Body, Officer


class _ManagedForm(OfficersForm):
    """Its bodies and areas are those where the officer manages others."""

    right = Right.MANAGE_OFFICERS

    def bodies(self, officer: Officer, known: str) -> QuerySet[Body]:
        del known
        return queries.visible_bodies(officer, self.right).filter(merged_into__isnull=True)


class OfficerChangeForm(_ManagedForm):
    display_name = text_field(_("姓名"), 80)
    body = BodyField(label=_("单位"), required=False)
    person = PersonField(label=_("人员"), required=False, help_text=_("名册中的本人,没有可不选。"))


class OfficerForm(OfficerChangeForm):
    username = text_field(
        _("用户名"),
        60,
        help_text=_("登录用,字母、数字和 @ . + - _。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("界面语言"), choices=settings.LANGUAGES)

    field_order = ["username", "display_name", "body", "person", "language"]


class GrantForm(_ManagedForm):
    role = forms.ChoiceField(label=_("角色"), choices=[("", _("(请选择)")), *Role.choices])
    area = AreaField(label=_("属地"), required=False, help_text=_("含其下的所有属地;与单位、场所选填其一。"))
    body = BodyField(label=_("单位"), required=False)
    place = PlaceField(label=_("场所"), required=False, help_text=_("值守员、带班领导、场所负责人等选场所。"))
    valid_from = DayField(label=_("起始日期"), required=False)
    valid_to = DayField(label=_("截止日期"), required=False, help_text=_("留空表示长期。"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = [name for name in ("area", "body", "place") if cleaned.get(name)]
        if not self.errors and len(named) != 1:
            raise field_error("area", _("请选择授权所及的一个属地、单位或场所。"), "one_scope")
        return cleaned
