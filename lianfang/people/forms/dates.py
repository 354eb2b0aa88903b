from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField
from lianfang.people.forms.fields import OfficersForm


class EndForm(OfficersForm):
    """The last day on which something holds."""

    on = DayField(label=_("最后一天"), help_text=_("含这一天。"))
