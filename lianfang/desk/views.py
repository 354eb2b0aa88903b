"""What fields and lists ask for while somebody types."""

from django.http import Http404, HttpResponse, JsonResponse

from lianfang.desk import picking
from lianfang.desk.access import Request, signed_in

MOST_CHOICES = 12


@signed_in
def known(request: Request, name: str) -> HttpResponse:
    """Choices that fit what was typed: {"choices": [{"key", "name", "detail"}]}."""
    if not picking.is_known(name):
        raise Http404
    typed, within = request.GET.get("q", "")[:80], request.GET.get("within", "")[:40]
    choices = picking.look_up(name, request.user, typed, MOST_CHOICES, within)
    answer = JsonResponse(
        {"choices": [{"key": one.key, "name": one.name, "detail": one.detail} for one in choices]}
    )
    answer["Cache-Control"] = "no-store"
    return answer
