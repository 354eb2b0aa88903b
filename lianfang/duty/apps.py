from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutyConfig(AppConfig):
    name = "lianfang.duty"
    label = "duty"
    verbose_name = _("值班值守")

    def ready(self) -> None:
        from lianfang.duty import checks  # noqa: F401  registers its walks
