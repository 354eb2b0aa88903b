"""The addresses of the enterprises."""

from django.urls import include, path

from lianfang.enterprises.views import county, filings, ledger, sites, staff

app_name = "enterprises"
_inside = [
    path("", county.county, name="county"),
    path("filings/", filings.filings, name="filings"),
    path("filings/<uuid:pk>/", filings.filing, name="filing"),
    path("filings/<uuid:pk>/change/", filings.change, name="filing_change"),
    path("<uuid:place>/", sites.site, name="site"),
    path("<uuid:place>/measures/", sites.measures, name="measures"),
    path("<uuid:place>/posts/", sites.posts, name="posts"),
    path("<uuid:place>/posts/<uuid:pk>/", sites.post, name="post"),
    path("<uuid:place>/staff/", staff.staff, name="staff"),
    path("<uuid:place>/staff/<uuid:pk>/", staff.state, name="state"),
    path("<uuid:place>/report/", staff.report, name="report"),
    path("<uuid:place>/ledger/", ledger.entries, name="ledger"),
    path("<uuid:place>/ledger/new/", ledger.entry_new, name="entry_new"),
    path("<uuid:place>/binder/", ledger.binder, name="binder"),
    path("<uuid:place>/filing/", filings.draft, name="filing_draft"),
]
urlpatterns = [path("enterprises/", include(_inside))]
