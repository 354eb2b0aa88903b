"""What the shell writes: how an officer wants to read it."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action


@action("choose_language", says=_("{officer}选择了界面语言"))
def choose_language(act: Act, *, language: str) -> None:
    """Set the language of the acting officer's pages. Raises ValidationError for an unknown one."""
    act.anyone()
    act.change(get_user_model().objects.get(pk=act.officer.pk), language=language)
