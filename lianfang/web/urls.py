from django.urls import path

from lianfang.web.views import log, responses, rules, shell

urlpatterns = [
    path("", shell.home, name="home"),
    path("search/", shell.find, name="search"),
    path("responses/", responses.responses, name="choose_response"),
    path("responses/start/", responses.start, name="start_response"),
    path("responses/<uuid:pk>/finish/", responses.finish, name="finish_response"),
    path("account/", shell.account, name="account"),
    path("keys/", shell.keys, name="keys"),
    path("preferences/", shell.preferences, name="preferences"),
    path("health/", shell.health, name="health"),
    path("favicon.ico", shell.favicon, name="favicon"),
    path("audit/", log.entries, name="audit"),
    path("audit/<int:sequence>/", log.entry, name="audit_entry"),
    path("audit/<str:kind>/<str:key>/", log.subject, name="audit_subject"),
    path("reads/", log.reads, name="reads"),
    path("exports/", log.exports, name="exports"),
    path("rules/", rules.profiles, name="rules"),
    path("rules/<slug:code>/", rules.profile, name="rule_profile"),
    path("rules/<slug:code>/adopt/", rules.adopt, name="adopt_rule_profile"),
]
