from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeskConfig(AppConfig):
    name = "lianfang.desk"
    label = "desk"

    def ready(self) -> None:
        # What each app declares about its pages: see the modules of these names in the desk.
        for module in (
            "navigation",
            "today",
            "searching",
            "picking",
            "phone_tasks",
            "binders",
            "panels",
            "banners",
        ):
            autodiscover_modules(module)
