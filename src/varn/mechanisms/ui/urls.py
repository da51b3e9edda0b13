from django.urls import path

from varn.mechanisms.ui.views import about, glossary, handbook, lawbook, records, settings, shell

app_name = "ui"

urlpatterns = [
    path("look/<slug:look>.css", shell.accent, name="accent"),
    path("look/theme/", shell.theme, name="theme"),
    path("views/save/", shell.save_view, name="saved_view-save"),
    path("views/<int:pk>/delete/", shell.delete_view, name="saved_view-delete"),
    path("records/<slug:area>/<slug:kind>/<int:pk>/comment/", records.comment_write, name="record-comment"),
    path("records/<slug:area>/<slug:kind>/<int:pk>/attach/", records.attachment_attach, name="record-attach"),
    path("settings/", settings.setting_change, name="setting-change"),
    path("lawbook/", lawbook.rule_list, name="rule-list"),
    path("lawbook/<slug:rule_id>/", lawbook.rule_detail, name="rule-detail"),
    path("glossary/", glossary.term_list, name="term-list"),
    path("handbook/", handbook.handbook_list, name="handbook-list"),
    path("handbook/<slug:slug>/", handbook.handbook_page, name="handbook-detail"),
    path("about/", about.about, name="about"),
    path("promises/", about.promises, name="promises"),
    path("accessibility/", about.accessibility, name="accessibility"),
]
