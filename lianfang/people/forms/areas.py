from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.people.forms.fields import AreaField, OfficersForm, text_field
from lianfang.people.models import AreaLevel


class AreaChangeForm(OfficersForm):
    name = text_field(_("名称"), 60)
    division_code = text_field(
        _("行政区划代码"), 15, required=False, help_text=_("6、9、12 或 15 位数字;没有就留空。")
    )


class AreaForm(AreaChangeForm):
    right = Right.KEEP_REGISTERS

    level = forms.ChoiceField(label=_("级别"), choices=AreaLevel.choices, initial=AreaLevel.TOWNSHIP)
    parent = AreaField(label=_("上级属地"), required=False, help_text=_("只有县(市、区)没有上级。"))

    field_order = ["name", "level", "parent", "division_code"]


class AreaMoveForm(OfficersForm):
    right = Right.KEEP_REGISTERS

    parent = AreaField(label=_("划入"))
