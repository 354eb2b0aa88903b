"""A list as a table that leaves the house: masked, with its purpose, counted and logged.

An xlsx says in its first line who made it, when, what for and until when it may be kept; a csv is
for programs, and says it in its name and in the log alone.
"""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.actions import Actor
from lianfang.book.models import ExportEntry
from lianfang.desk.actions import export_table
from lianfang.desk.lists import Shown
from lianfang.engines.papers import PaperError, Sheet, csv_bytes, xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def respond(request: HttpRequest, shown: Shown) -> HttpResponse | None:
    """The file that was asked for. None when it is refused; the list then says why in `export_error`."""
    whole = request.POST.get("whole") == "on" and shown.may_see_whole
    rows = list(shown.table_rows(whole=whole))
    try:
        entry = export_table(
            Actor.at_desk(request),
            table=shown.listing.title,
            purpose=request.POST.get("purpose", ""),
            row_count=len(rows),
            masked=not whole,
        )
        if request.POST["export"] == "csv":
            return _file(
                csv_bytes(shown.table_header, rows), "text/csv; charset=utf-8", f"{_name(entry)}.csv"
            )
        sheet = Sheet(str(shown.listing.title), shown.table_header, rows, caption=_caption(entry))
        return _file(xlsx([sheet]), XLSX, f"{_name(entry)}.xlsx")
    except ValidationError as error:
        shown.export_error = " ".join(error.messages)
    except PaperError as error:
        shown.export_error = error.message
    return None


def _caption(entry: ExportEntry) -> str:
    return _("%(officer)s 于 %(at)s 导出,用途:%(purpose)s;%(masked)s;请于 %(until)s 前销毁") % {
        "officer": entry.officer,
        "at": timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M"),
        "purpose": entry.purpose,
        "masked": _("个人信息已脱敏") if entry.masked else _("含完整个人信息,请妥善保管"),
        "until": entry.expires_on.isoformat(),
    }


def _name(entry: ExportEntry) -> str:
    return f"{entry.table}_{timezone.localtime(entry.at):%Y%m%d_%H%M}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    return response
