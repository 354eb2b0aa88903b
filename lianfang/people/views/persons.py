"""Persons: the list, a person's page (each reading logged), sealed fields, posts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.book.sealing import SealBroken
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, List
from lianfang.desk.masking import masked_name, masked_number, masked_phone
from lianfang.desk.panels import panels_for
from lianfang.people import actions, queries
from lianfang.people.forms import (
    EndForm,
    OpeningForm,
    PersonChangeForm,
    PersonForm,
    PhoneForm,
    PostForm,
    SealedNumberForm,
)
from lianfang.people.models import Person, SealedField
from lianfang.people.views.areas import areas_of
from lianfang.people.views.form_page import FormPage, answer, typed

PERSONS = List(
    code="persons",
    title=gettext_lazy("人员"),
    columns=[
        Column("name", gettext_lazy("姓名"), "name", sort="name", mask=masked_name),
        Column("posts", gettext_lazy("现任职务"), "posts_in_words"),
        Column("rank", gettext_lazy("职级"), "rank", sort="rank"),
        Column("area", gettext_lazy("属地"), "area.name", sort="area__name"),
    ],
    filters=[Choice("area", gettext_lazy("属地"), areas_of, queries.in_area)],
    search=queries.matching_persons,
    search_hint=gettext_lazy("姓名、拼音、完整号码、电话后四位"),
    order="name",
    opens=lambda row: reverse("person", args=[row.pk]),
    empty=Empty(
        gettext_lazy("名册里还没有人员。可以逐个登记,也可以从表格导入。"),
        gettext_lazy("登记人员"),
        "person_new",
    ),
    prepare=queries.read_posts,
)


@signed_in
@needs(Right.READ_PERSONS)
def persons(request: Request) -> HttpResponse:
    return PERSONS.respond(
        request,
        queries.visible_persons(request.user).select_related("area"),
        template="people/persons.html",
        context={"keeps": request.user.may(Right.KEEP_PERSONS)},
    )


@never_cache
@signed_in
@needs(Right.READ_PERSONS)
def person(request: Request, pk: UUID) -> HttpResponse:
    if merged := Person.objects.filter(pk=pk, merged_into__isnull=False).first():
        return redirect("person", queries.canonical_person(merged).pk)
    person = _read(request, pk)
    actions.read_person(Actor.at_desk(request), person=person)
    return _page(request, person)


@never_cache
@signed_in
@needs(Right.READ_PERSONS)
def person_open(request: Request, pk: UUID, field: str) -> HttpResponse:
    """Ask for a purpose, then show the one sealed field, on this answer only."""
    if field not in SealedField.values:
        raise Http404
    person = _read(request, pk)
    form = OpeningForm(request.user, typed(request))
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            try:
                clear = actions.open_sealed(
                    Actor.at_desk(request), person=person, field=field, purpose=form.cleaned_data["purpose"]
                )
                return _page(request, person, opened={field: clear})
            except SealBroken:
                form.add_error(None, _("这项加密信息打不开,请告知系统管理员。"))
    return render(
        request,
        "people/form_page.html",
        {
            "form": form,
            "page": FormPage(
                _("查看%(field)s") % {"field": SealedField(field).label},
                _here(person),
                person.name,
                button=_("查看"),
                lead_in=_("查看会记入此人的查阅记录。"),
            ),
        },
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.KEEP_PERSONS)
def person_new(request: Request) -> HttpResponse:
    page = FormPage(_("登记人员"), reverse("persons"), _("人员"), done=_("人员已登记。"))

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        return _here(actions.register_person(Actor.at_desk(request), **values))

    return answer(request, PersonForm(request.user, typed(request)), page, act)


@signed_in
@needs(Right.KEEP_PERSONS)
def person_edit(request: Request, pk: UUID) -> HttpResponse:
    person = _kept(request, pk)
    initial = {name: getattr(person, name) for name in ("name", "rank", "area", "remark")}
    form = PersonChangeForm(
        request.user, typed(request), initial={**initial, "seen": queries.version_of(person)}
    )

    def act(values: dict[str, Any]) -> str:
        return _here(actions.change_person(Actor.at_desk(request), person=person, **values))

    return answer(request, form, _page_on(person, _("修改人员")), act)


@never_cache
@signed_in
@needs(Right.KEEP_PERSONS)
def person_number(request: Request, pk: UUID) -> HttpResponse:
    person = _kept(request, pk)
    form = SealedNumberForm(
        request.user,
        typed(request),
        initial={"document_kind": person.document_kind, "seen": queries.version_of(person)},
    )

    def act(values: dict[str, Any]) -> str:
        return _here(actions.change_document_number(Actor.at_desk(request), person=person, **values))

    return answer(request, form, _page_on(person, _("更换证件号码")), act)


@never_cache
@signed_in
@needs(Right.KEEP_PERSONS)
def person_phone(request: Request, pk: UUID) -> HttpResponse:
    person = _kept(request, pk)
    form = PhoneForm(request.user, typed(request), initial={"seen": queries.version_of(person)})

    def act(values: dict[str, Any]) -> str:
        return _here(actions.change_phone(Actor.at_desk(request), person=person, **values))

    return answer(request, form, _page_on(person, _("更换电话")), act)


@signed_in
@needs(Right.KEEP_PERSONS)
def post_new(request: Request, pk: UUID) -> HttpResponse:
    person = _kept(request, pk)

    def act(values: dict[str, Any]) -> str:
        values.pop("seen")
        actions.give_post(Actor.at_desk(request), person=person, **values)
        return _here(person)

    return answer(request, PostForm(request.user, typed(request)), _page_on(person, _("添加任职")), act)


@signed_in
@needs(Right.KEEP_PERSONS)
def post_end(request: Request, pk: UUID) -> HttpResponse:
    post = get_object_or_404(
        queries.visible_posts(request.user, Right.KEEP_PERSONS).select_related("person", "body"), pk=pk
    )
    form = EndForm(
        request.user,
        typed(request),
        initial={"on": timezone.localdate(), "seen": queries.version_of(post)},
    )

    def act(values: dict[str, Any]) -> str:
        actions.end_post(Actor.at_desk(request), post=post, **values)
        return _here(post.person)

    return answer(request, form, _page_on(post.person, _("卸任")), act)


def _page(request: Request, person: Person, opened: dict[str, str] | None = None) -> HttpResponse:
    """The person's page. Sealed fields are masked but for those just opened."""
    shown = opened or {}
    broken = False
    try:
        masked = {
            SealedField.PHONE.value: masked_phone(person.open_phone()),
            SealedField.DOCUMENT_NUMBER.value: masked_number(person.open_document_number()),
        }
    except SealBroken:
        masked, broken = {}, True
    sealed = [
        (field.value, field.label, masked.get(field.value, ""), shown.get(field.value))
        for field in SealedField
        if getattr(person, field.value)
    ]
    today = timezone.localdate()
    return render(
        request,
        "people/person.html",
        {
            "person": person,
            "sealed": sealed,
            "broken": broken,
            "posts": queries.posts_on(person, today),
            "past_posts": queries.past_posts(person, today),
            "assignments": queries.assignments_of(person),
            "memberships": queries.memberships_of_person(person),
            "panels": panels_for("person", request.user, person),
            "readers": queries.who_read(person.pk)[:30],
            "keeps": request.user.may(Right.KEEP_PERSONS, person.scope()),
        },
    )


def _page_on(person: Person, title: str) -> FormPage:
    return FormPage(title, _here(person), person.name, done=_("已保存。"))


def _read(request: Request, pk: UUID) -> Person:
    return get_object_or_404(queries.visible_persons(request.user).select_related("area"), pk=pk)


def _kept(request: Request, pk: UUID) -> Person:
    return get_object_or_404(queries.visible_persons(request.user, Right.KEEP_PERSONS), pk=pk)


def _here(person: Person) -> str:
    return reverse("person", args=[person.pk])
