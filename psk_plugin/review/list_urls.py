"""What people keep of the two lists, below the Wagtail admin."""

from django.urls import path

from . import list_views

app_name = "psk_list"

urlpatterns = [
    path("<slug:place>/saringan/", list_views.save_filter, name="filter_save"),
    path("<slug:place>/saringan/<int:pk>/", list_views.edit_filter, name="filter_edit"),
    path("<slug:place>/saringan/<int:pk>/hapus/", list_views.delete_filter, name="filter_delete"),
    path("<slug:place>/kolom/", list_views.choose_columns, name="columns"),
]
