from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import MomentField
from lianfang.people.forms.fields import OfficersForm, text_field
from lianfang.people.models import Officer
from lianfang.places.actions import Validity
from lianfang.places.forms.fields import BuildingField
from lianfang.places.models import Place


class OnePassForm(OfficersForm):
    begins_at = MomentField(label=_("生效时间"))
    ends_at = MomentField(label=_("失效时间"))
    colour = text_field(
        _("颜色"), 22, required=False, help_text=_("当地按颜色分出入证时填写,与规则档案中的写法一致。")
    )

    def __init__(self, officer: Officer, *args: Any, **options: Any) -> None:
        super().__init__(officer, *args, **options)
        now = timezone.localtime().replace(second=0, microsecond=0, tzinfo=None)
        self.fields["begins_at"].initial = now
        self.fields["ends_at"].initial = (now + timedelta(days=30)).replace(hour=23, minute=59)

    def validity(self) -> Validity:
        values = self.cleaned_data
        return Validity(values["begins_at"], values["ends_at"], values["colour"])


class IssueForm(OnePassForm):
    """Household passes for a building, or for all of a place."""

    building = BuildingField(label=_("楼栋(组)"), required=False, empty_label=_("(整个场所)"))

    field_order = ["building", "begins_at", "ends_at", "colour"]

    def __init__(self, officer: Officer, place: Place, *args: Any, **options: Any) -> None:
        super().__init__(officer, *args, **options)
        self.fields["building"].queryset = place.buildings.all()  # type: ignore[attr-defined]


class ReasonForm(OfficersForm):
    reason = text_field(_("原因"), 200, help_text=_("例如:遗失、损坏、搬离、一户多证。"))
