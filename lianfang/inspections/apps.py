from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "lianfang.inspections"
    label = "inspections"
    verbose_name = _("督导检查")

    def ready(self) -> None:
        from lianfang.inspections import checks  # noqa: F401  registers its walks
