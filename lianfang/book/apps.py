from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BookConfig(AppConfig):
    name = "lianfang.book"
    label = "book"
    verbose_name = "台账"

    def ready(self) -> None:
        from lianfang.book import checks  # noqa: F401  registers the walks of `lianfang check`

        # Which records each app takes from phones: see `lianfang.book.arriving`.
        autodiscover_modules("arriving")
