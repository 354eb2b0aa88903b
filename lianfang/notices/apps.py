from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "lianfang.notices"
    label = "notices"
    verbose_name = _("倡议")

    def ready(self) -> None:
        from lianfang.notices import checks  # noqa: F401  registers its walks
