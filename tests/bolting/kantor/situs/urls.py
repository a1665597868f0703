from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [path("kelola/", include(wagtailadmin_urls)), path("arsip/", include(wagtaildocs_urls))]
urlpatterns += [path("", include(wagtail_urls))]
