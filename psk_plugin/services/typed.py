"""The service as it stands in an editor's page, saved or not: what the previews of the upper rooms are made of."""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from .editions import define
from .models import Service, ServiceEdition
from .panels import EDIT_HANDLER, tab_of


@dataclass(frozen=True)
class Typed:
    """A service with its definition; or, where what is typed cannot be read, what is wrong (tab, row, sentence)."""

    service: Service
    edition: ServiceEdition
    problems: list[tuple[str, str, str]]
    is_saved: bool


def service_as_typed(request: HttpRequest, pk: int) -> Typed:
    """The service with id `pk` as its editor's page was posted, or as saved where nothing was. Writes nothing."""
    service = get_object_or_404(Service, pk=pk)
    if request.method != "POST":
        return Typed(service, ServiceEdition(service=service, number=0, definition=define(service)), [], True)
    with transaction.atomic():
        form = EDIT_HANDLER.bind_to_model(Service).get_form_class()(
            request.POST, request.FILES, instance=service, for_user=request.user
        )
        problems = (
            []
            if form.is_valid()
            else [(tab_of(problem.part), problem.where, problem.sentence) for problem in form.problems()]
        )
        typed = service if problems else form.save(commit=False)
        edition = ServiceEdition(service=service, number=0, definition={} if problems else define(typed))
    return Typed(typed, edition, problems, False)
