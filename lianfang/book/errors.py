"""What an action can refuse. Each kind has a sentence for people and a code for programs."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Refused(Exception):
    """The act is not possible as the book stands. `code` is for programs, the text for people."""

    def __init__(self, message: "str | StrPromise", code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return str(self.message)


class Conflict(Refused):
    """Somebody else was quicker: what this act would change is no longer as it was seen."""

    def __init__(self, message: "str | StrPromise" = _("刚才已有人处理过,请刷新后再看。")) -> None:
        super().__init__(message, "conflict")


class NotAllowed(PermissionDenied):
    """The officer has no right to this act here."""

    code = "not_allowed"

    def __init__(self, right: str) -> None:
        super().__init__(_("您没有这项操作的权限。"))
        self.right = right


def field_error(field: str, message: "str | StrPromise", code: str) -> ValidationError:
    """A ValidationError at one named field."""
    return ValidationError({field: ValidationError(message, code=code)})
