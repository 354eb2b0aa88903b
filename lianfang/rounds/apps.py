from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "lianfang.rounds"
    label = "rounds"
    verbose_name = _("消毒巡查")

    def ready(self) -> None:
        from lianfang.rounds import checks  # noqa: F401  registers its walks
