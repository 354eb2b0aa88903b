"""The fields of the open data, in their order: name, Chinese title, what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lianfang.giving.models import (
    Channel,
    Counting,
    DonationState,
    DonorKind,
    DonorNaming,
    GiftKind,
    Intent,
    ReceiptRoute,
)
from lianfang.giving.models.figures import BoundChoice

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Field:
    """One field. In JSON it is `name` with a code of `choices`, in the table `title` with the word for it."""

    name: str
    title: str
    meaning: "str | StrPromise"
    choices: Mapping[Any, Any] = field(default_factory=dict)

    def shown(self, value: Any) -> Any:
        """The value as the table prints it."""
        if self.name == "late":
            return "是" if value else ""
        if self.choices and value is not None:
            return str(self.choices.get(value, value)) if value else ""
        return "" if value is None else value


FIELDS = (
    Field("position", "序号", _("本期中的序号")),
    Field("given_on", "捐赠时间", _("捐赠的日期;来源没有说明的为空")),
    Field("late", "补录", _("往期收到、本期才登记的")),
    Field("donor", "捐赠人", _("公开的名称;要求匿名或不知姓名的写「爱心人士」")),
    Field("naming", "公开方式", _("公开姓名、对外匿名、不知姓名"), dict(DonorNaming.choices)),
    Field("donor_kind", "捐赠人类别", _("个人、企业、商会等"), dict(DonorKind.choices)),
    Field("donor_count", "捐赠人数", _("多人合捐的人数,不知的为空")),
    Field("kind", "款物", _("捐款、捐物;一个数里既有款又有物的为款物合计"), dict(GiftKind.choices)),
    Field("value", "金额(元)", _("人民币元;捐物为折价;没有说明的为空,空不是 0")),
    Field("bound", "约数", _("金额是整数、「余」「近」还是「约」"), dict(BoundChoice.choices)),
    Field("currency", "外币", _("外币的代码,不折算")),
    Field("currency_value", "外币金额", _("外币的金额")),
    Field("value_text", "金额(原话)", _("按原话公布的金额")),
    Field("goods", "物资", _("物资名称(规格)数量单位")),
    Field("intent", "意向", _("定向或统筹"), dict(Intent.choices)),
    Field("purpose", "定向用途", _("定向捐赠的用途")),
    Field("recipient", "接收单位", _("收入账内的单位")),
    Field("beneficiary", "最终使用单位", _("最终使用的单位,未定的为空")),
    Field("via", "经手单位", _("转交的单位,不是它自己的捐赠")),
    Field("town", "镇街", _("归入的镇(街道)")),
    Field("channel", "渠道", _("银行、微信、现金等"), dict(Channel.choices)),
    Field("route", "接收途径", _("直接接收,或由其他接收单位转来"), dict(ReceiptRoute.choices)),
    Field("reached", "去向", _("发布时已到账、已分配还是已交付"), dict(DonationState.choices)),
    Field("receipt_number", "票据号", _("公益事业捐赠票据的号码")),
    Field("counting", "计入合计", _("是否计入合计;待核实的只计入上限"), dict(Counting.choices)),
    Field("counted_with", "相关的一笔", _("含在其中或可能重复的那一笔的序号;往期的写作 期号-序号")),
)
