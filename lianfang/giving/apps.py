from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GivingConfig(AppConfig):
    name = "lianfang.giving"
    label = "giving"
    verbose_name = _("捐赠")

    def ready(self) -> None:
        """Each concept registers its navigation, its work of today, its search, its walks."""
        from lianfang.giving import registrations

        for module in iter_modules(registrations.__path__):
            import_module(f"{registrations.__name__}.{module.name}")
