"""The addresses of the volunteers: at the desk, and for everybody below /volunteering/."""

from django.urls import include, path

from lianfang.volunteers.views import public, serving, signups, teams, volunteers

app_name = "volunteers"
_inside = [
    path("", volunteers.volunteers, name="volunteers"),
    path("signups/", signups.sign_ups, name="sign_ups"),
    path("signups/new/", signups.sign_up_new, name="sign_up_new"),
    path("signups/<uuid:pk>/", signups.sign_up, name="sign_up"),
    path("calls/", signups.calls, name="calls"),
    path("calls/new/", signups.call_new, name="call_new"),
    path("calls/<uuid:pk>/", signups.call, name="call"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.team_new, name="team_new"),
    path("teams/<uuid:pk>/", teams.team, name="team"),
    path("teams/<uuid:pk>/end/", teams.team_end, name="team_end"),
    path("teams/<uuid:pk>/pledge/", teams.pledge_new, name="pledge_new"),
    path("members/<uuid:pk>/leave/", teams.leave, name="leave"),
    path("pledges/<uuid:pk>/", teams.pledge, name="pledge"),
    path("pledges/<uuid:pk>/sign/<uuid:volunteer>/", teams.sign, name="sign"),
    path("postings/", serving.postings, name="postings"),
    path("postings/<uuid:pk>/cancel/", serving.posting_cancel, name="posting_cancel"),
    path("hours/", serving.hours, name="hours"),
    path("hours/new/", serving.hours_new, name="hours_new"),
    path("hours/take/", serving.hours_take, name="hours_take"),
    path("hours/<uuid:pk>/", serving.hours_line, name="hours_line"),
    path("certificates/", serving.certificates, name="certificates"),
    path("certificates/<uuid:pk>/", serving.certificate, name="certificate"),
    path("certificates/<uuid:pk>/paper.pdf", serving.certificate_paper, name="certificate_paper"),
    path("<uuid:pk>/", volunteers.volunteer, name="volunteer"),
    path("<uuid:pk>/edit/", volunteers.volunteer_edit, name="volunteer_edit"),
    path("<uuid:pk>/phone/", volunteers.phone, name="phone"),
    path("<uuid:pk>/end/", volunteers.volunteer_end, name="volunteer_end"),
    path("<uuid:pk>/post/", serving.post_choose, name="post_choose"),
    path("<uuid:pk>/post/<uuid:place>/", serving.post_new, name="post_new"),
]
_public = [
    path("", public.calls, name="public"),
    path("check/", public.check, name="check"),
    path("check/keys.json", public.keys, name="keys"),
    path("<uuid:pk>/", public.sign_up, name="public_sign_up"),
    path("<uuid:pk>/thanks/", public.thanks, name="public_thanks"),
]
urlpatterns = [path("volunteers/", include(_inside)), path("volunteering/", include(_public))]
