from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.fields import DayField
from lianfang.people.forms.fields import AreaField, BodyField, OfficersForm, text_field
from lianfang.people.models import DocumentNumberKind

SEALED_HELP = _("加密保存,页面上只显示一部分;查看全部要写明用途并记录。")


class PersonChangeForm(OfficersForm):
    right = Right.KEEP_PERSONS

    name = text_field(_("姓名"), 80)
    rank = text_field(_("职级"), 60, required=False, help_text=_("例如:二级主任科员。职务在保存后另行添加。"))
    area = AreaField(label=_("属地"), required=False)
    remark = text_field(_("备注"), 300, required=False)


class SealedNumberForm(OfficersForm):
    document_kind = forms.ChoiceField(
        label=_("证件类别"), required=False, choices=[("", _("(无证件)")), *DocumentNumberKind.choices]
    )
    document_number = text_field(
        _("证件号码"),
        40,
        required=False,
        help_text=SEALED_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PhoneForm(OfficersForm):
    phone = text_field(
        _("电话"),
        40,
        required=False,
        help_text=SEALED_HELP,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )


class PersonForm(PersonChangeForm, SealedNumberForm, PhoneForm):
    field_order = ["name", "rank", "area", "phone", "document_kind", "document_number", "remark"]


class PostForm(OfficersForm):
    right = Right.KEEP_PERSONS

    body = BodyField(label=_("单位"), known="body")
    title = text_field(_("职务"), 60, help_text=_("一次填一个;兼任几职就添加几次。"))
    valid_from = DayField(label=_("起始日期"), required=False, help_text=_("不知道就留空。"))
    valid_to = DayField(label=_("截止日期"), required=False)


class OpeningForm(OfficersForm):
    """Why somebody wants to see a sealed field."""

    purpose = text_field(_("用途"), 200, help_text=_("例如:通知值班。会连同您的姓名、时间一起记录。"))
