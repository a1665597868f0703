"""Claims at sign-up: what somebody is asked whose company the office may know already, and the file of the proof."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ..brake import Brake
from . import claims
from .claim_models import Claim
from .matching import census_matches
from .models import Company
from .people import Refused
from .profile import ProfileForms

#: Times that one address is told names of companies: whoever registers their own needs few.
TOLD = Brake("claim-told", 20, 600)
#: Names of the buttons and of the file in the form.
MINE, NOT_MINE, PROOF = "klaim", "bukan", "bukti"


@dataclass
class Question:
    """Whether one of the companies the office knows is the person's own."""

    known: list[Company] = field(default_factory=list)
    #: The typed NIB is that of a company the office knows: then it cannot be registered a second time.
    by_nib: bool = False
    somebody_waits: bool = False
    #: The person has not answered yet, or the answer could not be taken.
    is_open: bool = False
    #: Too many names were told to this address already.
    is_braked: bool = False
    problems: list[str] = field(default_factory=list)
    claim: Claim | None = None


def question_about(request: HttpRequest, forms: ProfileForms) -> Question:
    """What to ask about the typed profile of a new company, or what became of the answer. `forms` are judged."""
    form = forms.form
    typed = {name: form.cleaned_data.get(name, "") for name in ("npwp", "name", "kecamatan")}
    question = Question(census_matches(nib=forms.typed_nib, **typed))
    if not question.known:
        return question
    question.by_nib = any(company.nib == forms.typed_nib for company in question.known)
    if question.by_nib:
        # Said in better words by the question itself.
        form.errors.pop("nib", None)
    is_right = not form.errors and all(rows.is_valid() for rows in forms.rows)
    if not is_right and not question.by_nib:
        return Question()
    wanted = request.POST.get(MINE, "")
    company = next((company for company in question.known if str(company.pk) == wanted), None)
    if company is None and not question.by_nib and request.POST.get(NOT_MINE):
        return question
    if TOLD.is_on(request):
        question.is_braked = True
        return question
    TOLD.count(request)
    question.is_open = True
    question.somebody_waits = any(claims.somebody_waits(company, request.user) for company in question.known)
    if company is not None and is_right:
        _claim(request, company, question)
    return question


def _claim(request: HttpRequest, company: Company, question: Question) -> None:
    judged = claims.profile_for(company, request.POST)
    if not judged.is_valid():
        question.problems = [sentence for _where, sentence in judged.problems()]
        return
    try:
        proof = claims.take_in_proof(request.FILES.get(PROOF))
        question.claim = claims.ask(company.pk, request.user, request.POST, proof)
    except ValidationError as error:
        question.problems = list(error.messages)
    except Refused as refused:
        question.problems = [str(refused)]
