"""Forms: the error summary on top, the error at the field, what was typed stays.

    form = GiftForm(request.POST or None)
    if form.is_valid():
        with errors_into(form):
            gift = receive_donation(Actor.at_desk(request), **form.cleaned_data)
            return redirect("donation", gift.pk)
    return render(request, "giving/gift_form.html", {"form": form})

In the template `{{ form }}` draws the summary and all fields; `{{ form.donor.as_field_group }}` draws
one field where a form is laid out by hand (then `{% include "desk/forms/summary.html" %}` on top).
The fields for amounts, moments, days and known things are in `lianfang.desk.fields`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

from lianfang.book.errors import Refused


class Renderer(TemplatesSetting):
    """Forms are drawn by our templates."""

    form_template_name = "desk/forms/form.html"
    field_template_name = "desk/forms/field.html"


@contextmanager
def errors_into(form: BaseForm) -> Iterator[None]:
    """Put what an action refuses into the form, at its field where the form has it.

    NotAllowed is not caught: it is the 403 page.
    """
    try:
        yield
    except (ValidationError, Refused) as error:
        take_error(form, error)


def take_error(form: BaseForm, error: ValidationError | Refused) -> None:
    if isinstance(error, Refused):
        form.add_error(None, ValidationError(error.message, code=error.code))
        return
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        at = field if field in form.fields and field != NON_FIELD_ERRORS else None
        for one in errors:
            form.add_error(at, one)
