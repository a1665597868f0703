from django.http import HttpRequest, HttpResponse


def decree_check(request: HttpRequest, **kwargs) -> HttpResponse:
    return HttpResponse()
