"""The addresses of duty."""

from django.urls import include, path

from lianfang.duty.views import attending, members, mine, rosters

app_name = "duty"
_inside = [
    path("", rosters.rosters, name="rosters"),
    path("new/", rosters.new, name="new"),
    path("members/", members.members, name="members"),
    path("members/<uuid:pk>/", members.member, name="member"),
    path("absences/", members.absences, name="absences"),
    path("absences/new/", members.absence_new, name="absence_new"),
    path("absences/<uuid:pk>/", members.absence, name="absence"),
    path("absences/<uuid:pk>/call-in/", members.call_in, name="call_in"),
    path("mine/", mine.mine, name="mine"),
    path("wishes/<uuid:pk>/withdraw/", mine.withdraw_wish, name="withdraw_wish"),
    path("swaps/", mine.swaps, name="swaps"),
    path("swaps/ask/", mine.swap_ask, name="swap_ask"),
    path("swaps/<uuid:pk>/", mine.swap, name="swap"),
    path("calendar/<str:token>.ics", mine.calendar, name="calendar"),
    path("handovers/", attending.handovers, name="handovers"),
    path("handovers/<uuid:pk>/", attending.handover, name="handover"),
    path("hours/", attending.hours, name="hours"),
    path("<uuid:pk>/", rosters.roster, name="roster"),
    path("<uuid:pk>/settings/", rosters.settings, name="settings"),
    path("<uuid:pk>/step/", rosters.step, name="step"),
    path("<uuid:pk>/why/", rosters.why, name="why"),
    path("<uuid:pk>/exchange/", rosters.exchange, name="exchange"),
    path("<uuid:pk>/put/", rosters.put, name="put"),
    path("<uuid:pk>/publish/", rosters.publish, name="publish"),
    path("<uuid:pk>/paper/<slug:kind>.pdf", rosters.paper, name="paper"),
]
urlpatterns = [path("duty/", include(_inside))]
