"""The line that stands on every page of an emergency that has ended."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.desk.banners import Banner, banner
from lianfang.desk.rendering import full_moment_text
from lianfang.desk.states import State, Tone
from lianfang.people.models import Officer


@banner
def ended(_officer: Officer, response: Response) -> Iterator[Banner]:
    if response.ended_on is not None:
        yield Banner(
            State(_("本次响应已于%s结束") % full_moment_text(response.ended_on), Tone.STOPPED),
            reverse("choose_response"),
            _("到期、超期按当天24时计算,不再增加;记录可以照常查阅、补登。"),
        )
