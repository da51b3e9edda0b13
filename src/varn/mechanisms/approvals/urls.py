from django.urls import path

from varn.mechanisms.approvals import views

app_name = "approvals"

urlpatterns = [
    path("", views.approval_list, name="approval-list"),
    path("own/", views.own_list, name="approval-own"),
    path("decided/", views.decided_list, name="approval-decided"),
    path("protected/", views.protected_list, name="protected_action-list"),
    path("<str:reference>/", views.approval_detail, name="approval-detail"),
    path("<str:reference>/ask/", views.approval_ask, name="approval-ask"),
    path("<str:reference>/approve/", views.approval_approve, name="approval-approve"),
    path("<str:reference>/deny/", views.approval_deny, name="approval-deny"),
    path("<str:reference>/withdraw/", views.approval_withdraw, name="approval-withdraw"),
]
