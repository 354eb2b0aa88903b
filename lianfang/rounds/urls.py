"""The addresses of the rounds."""

from django.urls import include, path

from lianfang.rounds.views import coverage, marks, publicity, rounds

app_name = "rounds"
_inside = [
    path("", coverage.places, name="places"),
    path("marks/", marks.marks, name="marks"),
    path("marks/new/", marks.mark_new, name="mark_new"),
    path("dilution/", marks.dilution, name="dilution"),
    path("publicity/", publicity.publicity, name="publicity"),
    path("publicity/new/", publicity.put_up, name="put_up"),
    path("publicity/<uuid:pk>/", publicity.item, name="publicity_item"),
    path("publicity/<uuid:pk>/photo.jpg", publicity.photo, name="publicity_photo"),
    path("bulletins/", publicity.bulletins, name="bulletins"),
    path("bulletins/new/", publicity.bulletin_new, name="bulletin_new"),
    path("bulletins/<uuid:pk>/", publicity.bulletin, name="bulletin"),
    path("bulletins/<uuid:pk>/sheet-<slug:size>.pdf", publicity.sheet, name="sheet"),
    path("<uuid:place>/", coverage.coverage, name="coverage"),
    path("<uuid:place>/plan/", rounds.plan, name="plan"),
    path("<uuid:place>/rounds/<uuid:pk>/end/", rounds.end, name="end"),
    path("<uuid:place>/screens/<uuid:spot>/", rounds.screen, name="screen"),
]
_public = [path("<uuid:pk>/", publicity.public_page, name="public_bulletin")]
urlpatterns = [path("rounds/", include(_inside)), path("bulletins/", include(_public))]
