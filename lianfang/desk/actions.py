"""What the desk writes: that a table left the house."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import NotAllowed, field_error
from lianfang.book.models import ExportEntry
from lianfang.book.rights import Right

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# How long an exported table may be kept. It is printed in the table and stands in the log.
DAYS_KEPT = 30


@action("export_table", says=_("{officer}导出了{subject}"))
def export_table(
    act: Act, *, table: "str | StrPromise", purpose: str, row_count: int, masked: bool
) -> ExportEntry:
    """Log an export. Any officer may take what the officer sees; personal data unmasked need a right.

    Raises ValidationError without a purpose, NotAllowed.
    """
    act.anyone()
    if not masked and not act.officer.may(Right.EXPORT_PERSONAL):
        raise NotAllowed(Right.EXPORT_PERSONAL)
    if len(purpose.strip()) < 2:
        raise field_error("purpose", _("请写明导出的用途,例如:报县指挥部。"), "required")
    if len(purpose) > 200:
        raise ValidationError({"purpose": ValidationError(_("用途请在 200 字以内。"), code="too_long")})
    return act.add(
        ExportEntry(
            at=act.at,
            officer=act.officer,
            table=str(table)[:120],
            purpose=purpose.strip(),
            row_count=row_count,
            masked=masked,
            expires_on=timezone.localdate(act.at) + timedelta(days=DAYS_KEPT),
            address=act.actor.address,
        )
    )
