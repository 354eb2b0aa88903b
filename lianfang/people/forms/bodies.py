from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import field_error
from lianfang.book.rights import Right
from lianfang.desk.fields import DayField
from lianfang.people.forms.fields import AreaField, BodyField, OfficersForm, PersonField, text_field
from lianfang.people.models import AliasKind, BodyKind, DocumentKind, MembershipRole


class BodyForm(OfficersForm):
    right = Right.KEEP_REGISTERS

    name = text_field(_("全称"), 120, help_text=_("写公章上的名称;简称、曾用名可在保存后添加。"))
    kind = forms.ChoiceField(label=_("类别"), choices=[("", _("(请选择)")), *BodyKind.choices])
    area = AreaField(label=_("所在属地"), required=False)
    parent = BodyField(label=_("上级单位(条线)"), required=False, help_text=_("例如商会所属的工商联。"))
    credit_code = text_field(_("统一社会信用代码"), 40, required=False)
    may_issue_receipts = forms.BooleanField(
        label=_("可开具公益事业捐赠票据"),
        required=False,
        help_text=_("县级以上政府及部门、公益性事业单位、公益性社会组织。"),
    )
    remark = text_field(_("备注"), 300, required=False)


class AliasForm(OfficersForm):
    name = text_field(_("名称"), 120)
    kind = forms.ChoiceField(label=_("类别"), choices=AliasKind.choices)
    reason = text_field(_("依据"), 300, required=False, help_text=_("从哪里得知,例如:某日通报中的写法。"))


class MergeForm(OfficersForm):
    right = Right.KEEP_REGISTERS

    into = BodyField(label=_("并入"), known="kept_body", help_text=_("今后以这个单位的名称显示。"))


class MemberForm(OfficersForm):
    member_body = BodyField(label=_("成员单位"), required=False)
    member_person = PersonField(label=_("成员个人"), required=False)
    role = forms.ChoiceField(label=_("职务"), choices=MembershipRole.choices, initial=MembershipRole.MEMBER)
    valid_from = DayField(label=_("起始日期"), required=False, help_text=_("不知道就留空。"))
    valid_to = DayField(label=_("截止日期"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = [cleaned.get("member_body"), cleaned.get("member_person")]
        if not self.errors and sum(member is not None for member in named) != 1:
            raise field_error("member_body", _("请选择一个成员单位或一名个人。"), "one_member")
        return cleaned


class MembershipForm(OfficersForm):
    """A role that changes on a day, or dates that are set right."""

    role = forms.ChoiceField(label=_("职务"), choices=MembershipRole.choices)
    on = DayField(
        label=_("自哪一天起改任"),
        required=False,
        help_text=_("留空表示原来登记错了,直接更正,不留任职经历。"),
    )
    valid_from = DayField(label=_("起始日期"), required=False)
    valid_to = DayField(label=_("截止日期"), required=False, help_text=_("退出时填写最后一天。"))


class MemberCountForm(OfficersForm):
    wording = text_field(_("原文说法"), 120, help_text=_("照来源写,例如:副主席、执委企业。"))
    roles = forms.MultipleChoiceField(
        label=_("所指职务"), choices=MembershipRole.choices, widget=forms.CheckboxSelectMultiple
    )
    count = forms.IntegerField(label=_("家数(人数)"), min_value=0, max_value=1_000_000)
    source = text_field(_("出处"), 200, required=False)


class DocumentForm(OfficersForm):
    kind = forms.ChoiceField(label=_("类别"), choices=DocumentKind.choices)
    title = text_field(_("标题"), 200)
    number = text_field(_("文号"), 60, required=False)
    dated_on = DayField(label=_("成文日期"), required=False)
    text = forms.CharField(
        label=_("正文"),
        required=False,
        max_length=200_000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("只知道标题时可以留空。"),
    )


class LeadingGroupForm(OfficersForm):
    name = text_field(_("名称"), 120, help_text=_("例如:疫情防控工作领导小组。"))
    set_up_on = DayField(label=_("成立日期"), required=False, help_text=_("不知道就留空。"))
    leader = PersonField(label=_("组长"), required=False, help_text=_("副组长和成员在保存后逐个添加。"))
    plan_title = text_field(_("工作方案标题"), 200, required=False)
    plan_number = text_field(_("文号"), 60, required=False)
    plan_dated_on = DayField(label=_("成文日期"), required=False)
    plan_text = forms.CharField(
        label=_("工作方案正文"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
