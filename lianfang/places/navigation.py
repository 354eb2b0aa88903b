"""The pages of this app in the navigation."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry
from lianfang.places.queries.places import SEEING

entry(_("场所"), "places", SEEING, Section.PLACES, 10, icon="map")
entry(_("住户"), "households", Right.READ_PERSONS, Section.PLACES, 20, icon="house-door")
entry(
    _("出入证"), "passes", [Right.READ_PERSONS, Right.ISSUE_PASSES], Section.PLACES, 30, icon="person-vcard"
)
entry(_("点位"), "spots", Right.READ_BOOK, Section.PLACES, 40, icon="qr-code")
entry(_("员工花名册"), "employees", Right.READ_PERSONS, Section.PLACES, 50, icon="person-badge")
