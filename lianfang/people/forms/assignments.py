from typing import Any

from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import field_error
from lianfang.book.rights import Right
from lianfang.desk.fields import DayField
from lianfang.people.forms.fields import (
    AreaField,
    BodyField,
    OfficersForm,
    PersonField,
    PlaceField,
    text_field,
)


class AssignmentForm(OfficersForm):
    right = Right.KEEP_REGISTERS

    body = BodyField(label=_("包保单位"), known="kept_body")
    person = PersonField(label=_("包保责任人"), required=False)
    area = AreaField(
        label=_("包保属地"), required=False, help_text=_("村、社区、网格等;与单位、场所至少填一项。")
    )
    helped_body = BodyField(label=_("被包保单位"), known="kept_body", required=False)
    place = PlaceField(label=_("包保场所"), required=False)
    place_name = text_field(
        _("未登记的场所"), 80, required=False, help_text=_("场所还没有登记时,写它的名称。")
    )
    duty = text_field(_("职责"), 120, required=False)
    valid_from = DayField(label=_("起始日期"), required=False, help_text=_("不知道就留空。"))
    valid_to = DayField(label=_("截止日期"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = ("area", "helped_body", "place", "place_name")
        if not any(cleaned.get(name) for name in named) and not any(name in self.errors for name in named):
            raise field_error("area", _("请填写包保的属地、单位或场所。"), "required")
        return cleaned


class HandoverForm(OfficersForm):
    right = Right.KEEP_REGISTERS

    to_body = BodyField(label=_("接手单位"), known="kept_body")
    to_person = PersonField(label=_("接手责任人"), required=False)
    on = DayField(label=_("自哪一天起接手"), help_text=_("原来的包保到前一天为止,责任不断档。"))
