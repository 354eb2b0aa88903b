"""Pages of the checklists: a change makes the next version."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Column, Empty, Kind, List
from lianfang.inspections import actions, queries
from lianfang.inspections.forms import (
    ChecklistForm,
)
from lianfang.inspections.models import (
    Checklist,
)
from lianfang.inspections.views.showing import ids_from

CHECKLISTS = List(
    code="checklists",
    title=gettext_lazy("检查表"),
    columns=[
        Column("theme", gettext_lazy("检查主题"), "theme", sort="theme"),
        Column("version", gettext_lazy("版本"), "version", Kind.COUNT, sort="version"),
        Column("items", gettext_lazy("项数"), lambda row: len(row.items.all()), Kind.COUNT),
        Column("basis", gettext_lazy("依据"), "basis"),
        Column("made", gettext_lazy("发布时间"), "created_at", Kind.MOMENT, sort="created_at"),
    ],
    search=["theme", "basis"],
    order="theme",
    opens=lambda row: reverse("inspections:checklist", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有检查表。"), gettext_lazy("编写检查表"), "inspections:checklist_new"),
)


@signed_in
@needs(Right.INSPECT)
def checklists(request: Request) -> HttpResponse:
    return CHECKLISTS.respond(request, queries.checklists_in_use(), template="inspections/checklists.html")


@signed_in
@needs(Right.INSPECT)
def checklist(request: Request, pk: UUID) -> HttpResponse:
    """One version; changing it makes the next one."""
    found = get_object_or_404(Checklist.objects.prefetch_related("items"), pk=pk)
    versions = Checklist.objects.filter(theme=found.theme).order_by("-version")
    return render(request, "inspections/checklist.html", {"checklist": found, "versions": versions})


@signed_in
@needs(Right.INSPECT)
def checklist_new(request: Request) -> HttpResponse:
    """A new theme, or (with ?from=…) the next version of one."""
    before = Checklist.objects.filter(pk__in=ids_from(request.GET.get("from", ""))).first()
    form = ChecklistForm(request.POST or None, initial=_as_written(before) if before else None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.publish_checklist(Actor.at_desk(request), **form.cleaned_data)
            messages.success(request, _("已发布 %s。") % made)
            return redirect("inspections:checklist", made.pk)
    return render(request, "inspections/checklist_new.html", {"form": form, "before": before})


def _as_written(before: Checklist) -> dict[str, str]:
    lines = [
        f"{item.text} | {item.get_kind_display()} | {item.get_severity_display()}"
        for item in before.items.all()
    ]
    return {"theme": before.theme, "basis": before.basis, "lines": "\n".join(lines)}
