"""The pages of phones in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry

entry(_("值守手机"), "field:devices", Right.MANAGE_DEVICES, Section.GATES, 70, icon="phone")
entry(_("值守口令"), "field:pins", Right.MANAGE_DEVICES, Section.GATES, 71, icon="key")
entry(_("手机未收记录"), "field:refused", Right.KEEP_GATE, Section.GATES, 72, icon="exclamation-circle")
