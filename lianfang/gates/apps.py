from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatesConfig(AppConfig):
    name = "lianfang.gates"
    label = "gates"
    verbose_name = _("出入")

    def ready(self) -> None:
        from lianfang.gates import checks  # noqa: F401  registers its walks
