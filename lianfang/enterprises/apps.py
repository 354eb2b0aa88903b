from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    name = "lianfang.enterprises"
    label = "enterprises"
    verbose_name = _("企业防控")

    def ready(self) -> None:
        from lianfang.enterprises import checks  # noqa: F401  registers its walks
