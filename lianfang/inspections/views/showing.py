"""How findings are shown, and papers answered."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.desk.states import State, Tone
from lianfang.engines.papers import Notice, notice_docx, notice_pdf
from lianfang.inspections.standing import STAGE_WORDS, Stage, Standing

_TONES = {Stage.TO_RECTIFY: Tone.WAITING, Stage.TO_REINSPECT: Tone.NEW, Stage.CLOSED: Tone.DONE}


def state_of(standing: Standing) -> State:
    if standing.late(timezone.now()):
        return State(_("逾期未整改"), Tone.URGENT)
    return State(STAGE_WORDS[standing.stage], _TONES[standing.stage])


_PDF = "application/pdf"


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper(paper: Notice, form: str, name: str) -> HttpResponse:
    kinds = {"pdf": (_PDF, notice_pdf), "docx": (_DOCX, notice_docx)}
    if form not in kinds:
        raise Http404(form)
    content_type, write = kinds[form]
    return HttpResponse(
        write(paper),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def ids_from(text: str) -> list[UUID]:
    """The id that an address names; none where it names none."""
    try:
        return [UUID(text)]
    except ValueError:
        return []
