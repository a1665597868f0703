"""Addresses of the companies' room."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from . import kbli_views, views
from . import people_views as people


class KeyConverter(IntConverter):
    """A key of a row. Longer figures than a database holds are no address at all."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "psk_key")

urlpatterns = [
    path("kbli/", kbli_views.kbli_search, name="kbli_search"),
    path("perusahaan/", views.company_list, name="company_list"),
    path("perusahaan/baru/", views.company_create, name="company_create"),
    path("perusahaan/gabung/", views.company_join, name="company_join"),
    path("perusahaan/permintaan/<psk_key:membership_id>/batal/", views.request_cancel, name="request_cancel"),
    path("perusahaan/<psk_key:pk>/", views.company_detail, name="company_detail"),
    path("perusahaan/<psk_key:pk>/ubah/", views.company_edit, name="company_edit"),
    path("perusahaan/<psk_key:pk>/keluar/", views.company_leave, name="company_leave"),
    path("perusahaan/<psk_key:pk>/orang/", people.company_people, name="company_people"),
    path("perusahaan/<psk_key:pk>/orang/<psk_key:row>/setujui/", people.request_approve, name="request_approve"),
    path("perusahaan/<psk_key:pk>/orang/<psk_key:row>/tolak/", people.request_decline, name="request_decline"),
    path("perusahaan/<psk_key:pk>/orang/<psk_key:row>/peran/", people.member_role, name="member_role"),
    path("perusahaan/<psk_key:pk>/orang/<psk_key:row>/akhiri/", people.member_end, name="member_end"),
    path(
        "perusahaan/<psk_key:pk>/undangan/<psk_key:row>/kirim-ulang/",
        people.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "perusahaan/<psk_key:pk>/undangan/<psk_key:row>/tarik/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("undangan/<slug:token>/", people.invitation, name="invitation"),
]
