from django.utils.translation import gettext_lazy as _

from lianfang.desk.navigation import Section, entry

entry(_("今日工作"), "home", None, Section.TODAY, 0, icon="house")
