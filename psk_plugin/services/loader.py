"""Services from data files: what the office starts with. An existing service is the editor's and stays as it is."""

import json
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Collection

from ..laws.loader import load_laws
from ..laws.models import LegalSource
from ..roles import ensure_groups
from .models import DecreeClause, DocumentRequirement, Service, ServiceField, ServiceLegalSource, ServiceMail, Stage
from .templates_docx import templates_for

DATA = Path(__file__).parent / "data"
#: Wagtail collection of our templates.
COLLECTION = "Templat PSK"
#: Rows of a data file that stand in the service's own columns, name of the relation -> model.
CHILDREN = {"documents": DocumentRequirement, "fields": ServiceField, "clauses": DecreeClause, "mails": ServiceMail}


@transaction.atomic
def load_service(path: Path) -> tuple[Service, bool]:
    """The service of one data file, made if its code is new. Returns it and whether it was made."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    if existing := Service.objects.filter(code=rows["code"]).first():
        return existing, False
    load_laws(needed={row["source"] for row in rows.get("legal_sources", [])})
    groups = ensure_groups()
    children = {name: rows.pop(name, []) for name in (*CHILDREN, "stages", "legal_sources")}
    # What the office starts with is seen at once; what an editor makes is not.
    service = Service(**{"is_published": True} | rows)
    service.full_clean()
    for name, model in CHILDREN.items():
        made = [model(sort_order=i, **row) for i, row in enumerate(children[name])]
        for child in made:
            child.clean()
        setattr(service, name, made)
    sources = {source.code: source for source in LegalSource.objects.all()}
    service.legal_sources = [
        ServiceLegalSource(sort_order=i, source=sources[row["source"]], articles=row["articles"])
        for i, row in enumerate(children["legal_sources"])
    ]
    service._change_reason = f"Dimuat dari {path.name}"
    service.save()
    for i, row in enumerate(children["stages"]):
        names = row.pop("groups")
        stage = Stage(service=service, sort_order=i, **row)
        stage.groups = [groups[name] for name in names]
        stage.save()
    # Read again: the instance in hand does not know the stages saved beside it.
    return Service.objects.get(pk=service.pk), True


@transaction.atomic
def attach_templates(service: Service) -> int:
    """Give the documents of a service just loaded our templates to download. Returns how many.

    Services share a template that is the same for all of them. Called once per service: a template that the editor
    takes away later is not put back.
    """
    documents = get_document_model()
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    collection = root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)
    templates = templates_for(service)
    attached = 0
    for requirement in service.documents.filter(template__isnull=True, code__in=templates):
        title, make = templates[requirement.code]
        template = documents.objects.filter(collection=collection, title=title).first()
        if template is None:
            file = ContentFile(make(), name=f"templat-{requirement.code}.docx")
            template = documents.objects.create(title=title, collection=collection, file=file)
        requirement.template = template
        requirement.save()
        attached += 1
    return attached


def load_services(*, with_templates: bool = False) -> list[tuple[Service, bool]]:
    """Every service of the data folder, and whether it was made now; those get their templates where asked."""
    loaded = [load_service(path) for path in sorted(DATA.glob("*.json"))]
    if with_templates:
        for service, is_new in loaded:
            if is_new:
                attach_templates(service)
    return loaded
