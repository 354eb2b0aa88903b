"""Pages for everybody: no sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_KEPT_SECONDS = 60


def for_everybody(view: View[P]) -> View[P]:
    """In the language asked for by `?lang=`; to be kept by caches for a minute."""

    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        wanted = request.GET.get("lang", "")
        language = wanted if wanted in {"zh-hans", "en"} else translation.get_language() or "zh-hans"
        with translation.override(language):
            response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=_KEPT_SECONDS)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return page  # type: ignore[return-value]  # wraps keeps the name of the first argument
