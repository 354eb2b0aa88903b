"""Areas: the tree, one area, registering, changing, moving."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.people import actions, queries
from lianfang.people.forms import AreaChangeForm, AreaForm, AreaMoveForm
from lianfang.people.models import Officer
from lianfang.people.views.form_page import FormPage, answer, typed


@signed_in
@needs(Right.READ_BOOK)
def areas(request: Request) -> HttpResponse:
    return render(
        request,
        "people/areas.html",
        {"tree": queries.area_tree(request.user), "keeps": request.user.may(Right.KEEP_REGISTERS)},
    )


@signed_in
@needs(Right.READ_BOOK)
def area(request: Request, pk: UUID) -> HttpResponse:
    area = get_object_or_404(queries.visible_areas(request.user), pk=pk)
    today = timezone.localdate()
    return render(
        request,
        "people/area.html",
        {
            "area": area,
            "path": queries.paths_of_areas()[area.pk],
            "below": area.children.order_by("division_code", "name"),
            "bodies": queries.visible_bodies(request.user).filter(area=area, merged_into=None)[:50],
            "answerable": queries.answerable_on(today, area=area),
            "history": queries.history_of_answerable(area=area),
            "today": today,
            "keeps": request.user.may(Right.KEEP_REGISTERS, area.scope()),
        },
    )


@signed_in
@needs(Right.KEEP_REGISTERS)
def area_new(request: Request) -> HttpResponse:
    form = AreaForm(request.user, typed(request), initial={"parent": request.GET.get("parent")})
    page = FormPage(_("登记属地"), reverse("areas"), _("属地"), done=_("属地已登记。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        made = actions.register_area(Actor.at_desk(request), **values)
        return reverse("area", args=[made.pk])

    return answer(request, form, page, act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def area_edit(request: Request, pk: UUID) -> HttpResponse:
    area = get_object_or_404(queries.visible_areas(request.user), pk=pk)
    here = reverse("area", args=[area.pk])
    form = AreaChangeForm(
        request.user,
        typed(request),
        initial={"name": area.name, "division_code": area.division_code, "seen": queries.version_of(area)},
    )

    def act(values: dict[str, Any]) -> str:
        actions.change_area(Actor.at_desk(request), area=area, **values)
        return here

    return answer(request, form, FormPage(_("修改属地"), here, area.name, done=_("已保存。")), act)


@signed_in
@needs(Right.KEEP_REGISTERS)
def area_move(request: Request, pk: UUID) -> HttpResponse:
    area = get_object_or_404(queries.visible_areas(request.user), pk=pk)
    here = reverse("area", args=[area.pk])
    form = AreaMoveForm(
        request.user, typed(request), initial={"parent": area.parent_id, "seen": queries.version_of(area)}
    )
    page = FormPage(
        _("划入另一属地"),
        here,
        area.name,
        lead_in=_("其下的属地、单位一并划入;在新上级属地有角色的用户将可办理这里的事务。"),
        done=_("已划入。"),
    )

    def act(values: dict[str, Any]) -> str:
        actions.move_area(Actor.at_desk(request), area=area, **values)
        return here

    return answer(request, form, page, act)


def areas_of(officer: Officer | None) -> list[tuple[Any, str]]:
    """The areas by which an officer may narrow a list, as paths in their order."""
    if officer is None:
        return []
    paths = queries.paths_of_areas()
    visible = queries.visible_areas(officer).values_list("pk", flat=True)
    return sorted(((pk, paths[pk]) for pk in visible), key=lambda one: one[1])
