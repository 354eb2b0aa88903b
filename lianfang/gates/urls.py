"""The addresses of the gates."""

from django.urls import include, path

from lianfang.gates.views import (
    contacts,
    days,
    entering,
    incidents,
    papers,
    passages,
    rules,
    sheets,
)

app_name = "gates"
_inside = [
    path("", days.today, name="today"),
    path("inside/", days.inside, name="inside"),
    path("differences/", days.differences, name="differences"),
    path("gate/<uuid:pk>/", passages.register, name="register"),
    path("gate/<uuid:pk>/enter/", entering.person, name="enter"),
    path("gate/<uuid:pk>/enter/household/", entering.household, name="enter_household"),
    path("gate/<uuid:pk>/enter/vehicle/", entering.vehicle, name="enter_vehicle"),
    path("gate/<uuid:pk>/find/", entering.find, name="find"),
    path("passages/<uuid:pk>/", passages.passage, name="passage"),
    path("passages/<uuid:pk>/correct/", passages.correct, name="correct"),
    path("passages/<uuid:pk>/withdraw/", passages.withdraw, name="withdraw"),
    path("persons/<uuid:pk>/", passages.person, name="person"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.report, name="report_incident"),
    path("incidents/of/<uuid:pk>/", incidents.open_for, name="open_incident"),
    path("incidents/<uuid:pk>/", incidents.incident, name="incident"),
    path("incidents/<uuid:pk>/slip.pdf", incidents.slip, name="slip"),
    path("incidents/steps/<uuid:pk>/withdraw/", incidents.withdraw_step, name="withdraw_step"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("paper/", papers.papers, name="papers"),
    path("rules/<uuid:pk>/", rules.rules, name="rules"),
    path("rules/<uuid:pk>/adopt/", rules.adopt, name="adopt_rules"),
    path("rules/<uuid:pk>/end/", rules.end, name="end_rules"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/new/", sheets.begin, name="begin_sheet"),
    path("sheets/<uuid:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:pk>/rows/<int:number>/", sheets.row, name="sheet_row"),
]
urlpatterns = [path("gates/", include(_inside))]
