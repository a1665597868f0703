"""Addresses of the companies' room."""

from django.urls import path

from . import people_views as people
from . import views

urlpatterns = [
    path("perusahaan/", views.company_list, name="company_list"),
    path("perusahaan/baru/", views.company_create, name="company_create"),
    path("perusahaan/gabung/", views.company_join, name="company_join"),
    path("perusahaan/permintaan/<int:membership_id>/batal/", views.request_cancel, name="request_cancel"),
    path("perusahaan/<int:pk>/", views.company_detail, name="company_detail"),
    path("perusahaan/<int:pk>/ubah/", views.company_edit, name="company_edit"),
    path("perusahaan/<int:pk>/keluar/", views.company_leave, name="company_leave"),
    path("perusahaan/<int:pk>/orang/", people.company_people, name="company_people"),
    path("perusahaan/<int:pk>/orang/<int:row>/setujui/", people.request_approve, name="request_approve"),
    path("perusahaan/<int:pk>/orang/<int:row>/tolak/", people.request_decline, name="request_decline"),
    path("perusahaan/<int:pk>/orang/<int:row>/peran/", people.member_role, name="member_role"),
    path("perusahaan/<int:pk>/orang/<int:row>/akhiri/", people.member_end, name="member_end"),
    path(
        "perusahaan/<int:pk>/undangan/<int:row>/kirim-ulang/",
        people.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "perusahaan/<int:pk>/undangan/<int:row>/tarik/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("undangan/<slug:token>/", people.invitation, name="invitation"),
]
