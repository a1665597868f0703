from django.http import HttpRequest, HttpResponse


def submission_list(request: HttpRequest, **kwargs) -> HttpResponse:
    return HttpResponse()
