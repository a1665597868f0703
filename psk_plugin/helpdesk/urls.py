from django.urls import path

from . import views

urlpatterns = [
    path("pengaduan/", views.ticket_form, name="ticket_form"),
    path("pengaduan/kirim/", views.ticket_send, name="ticket_send"),
    path("pengaduan/lacak/", views.ticket_find, name="ticket_find"),
    path("pengaduan/t/<str:token>/", views.ticket_open, name="ticket_open"),
    path("pengaduan/<str:number>/", views.ticket_page, name="ticket"),
    path("pengaduan/<str:number>/berkas/<int:pk>/", views.ticket_file, name="ticket_file"),
]
