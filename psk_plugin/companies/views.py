from django.http import HttpRequest, HttpResponse


def company_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
