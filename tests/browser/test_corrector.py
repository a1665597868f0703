"""A corrector's day on one regulation with planted faults, in an office with ten thousand other applications.

From the inbox over the checklist, by keys alone, to one notice of six findings; the company answers; the second look,
and on to the next desk. Clicks, keys and seconds are counted, and no page may keep anybody waiting.

A page is as fast as the best of three loads, from the request to its last byte: what a machine is busy with for a
moment is not the page's fault. What can be sent only once (a notice, a decision) cannot be loaded again; of it the
time counts that the server's own thread worked, from the request to the end of its answer, PDF and mails included.
"""

import datetime as dt
import json
import threading
import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.signals import request_finished, request_started
from django.utils import timezone

from psk_plugin.companies.models import Company
from psk_plugin.demo.samples import make_samples, regulation_text
from psk_plugin.norms.models import Norm
from psk_plugin.services.editions import current_edition
from psk_plugin.submissions import drafts
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories
from .conftest import newest_mail_to
from .test_story import decide

OTHERS = 10_000
#: From the inbox to the sent notice, by script.
MOST_SECONDS = 180
#: Of the mouse until then: opens the application, opens the notice, sends it. All else is done by keys.
MOST_CLICKS = 4
#: From the request for any page to its last byte, in milliseconds.
MOST_MILLISECONDS = 1000
#: Of as many loads of a page the best one counts.
LOADS = 3
SLUG = "ombak-besi-nusatirta"
#: Norm -> key of the answer (3 below the norm, 4 not in the text), Pasal, what is wrong.
FAULTS = {
    "B8": ("3", "Pasal 11 ayat (1)", "Masa percobaan PKWTT 6 bulan."),
    "C2": ("3", "Pasal 20 ayat (2)", "Batas lembur 5 jam sehari dan 20 jam seminggu."),
    "D1": ("3", "Pasal 32 ayat (1)", "Cuti tahunan hanya 10 hari kerja."),
    "D9": ("3", "Pasal 30 ayat (2)", "Jenjang upah selama sakit dihitung per 3 bulan."),
    "E6": ("4", "BAB V", "Tunjangan hari raya keagamaan tidak diatur sama sekali."),
    "G2": ("3", "Pasal 61 ayat (2)", "Jenis pelanggaran mendesak tidak dirinci."),
}
#: Counts what the person's hand does and how long each page took; kept by the tab, over all its pages.
COUNTER = """
(() => {
  const add = (name, value) => {
    const list = JSON.parse(sessionStorage.getItem(name) || '[]');
    list.push(value);
    sessionStorage.setItem(name, JSON.stringify(list));
  };
  addEventListener('click', (event) => { if (event.isTrusted && event.detail) add('clicks', 1); }, true);
  addEventListener('keydown', (event) => { if (event.isTrusted) add('keys', event.key); }, true);
  addEventListener('load', () => {
    const page = performance.getEntriesByType('navigation')[0];
    if (location.host) {
      add('pages', [location.pathname + location.search, Math.round(page.responseEnd - page.requestStart)]);
    }
  });
})();
"""

#: The office's line is slow: what is saved without leaving the page is still on its way when the next key is pressed.
SLOW_LINE = """
(() => {
  const send = window.fetch;
  window.fetch = (...asked) => new Promise((go) => setTimeout(go, 300)).then(() => send(...asked));
})();
"""


def counted(someone, name: str) -> list:
    return json.loads(someone.page.evaluate(f"sessionStorage.getItem('{name}')") or "[]")


def slowest_pages(someone) -> list[tuple[int, str]]:
    """Milliseconds and address of every page that somebody has opened, slowest first; each the best of three loads."""
    best: dict[str, list[int]] = {}
    for path, milliseconds in counted(someone, "pages"):
        best.setdefault(path, []).append(milliseconds)
    for path, loads in best.items():
        # A load that was fast enough says all there is to say.
        while len(loads) < LOADS and min(loads) > MOST_MILLISECONDS:
            someone.go(path)
            someone.page.wait_for_load_state()
            loads.append(counted(someone, "pages")[-1][1])
    return sorted(((min(loads), path) for path, loads in best.items()), reverse=True)


@pytest.fixture
def posts(site):
    """Milliseconds that a thread of the server worked, and the address, of all that is sent in the meantime."""
    began, told = threading.local(), []

    def start(environ, **kwargs) -> None:
        began.at = (environ["REQUEST_METHOD"], environ["PATH_INFO"], time.thread_time())

    def end(**kwargs) -> None:
        method, path, at = getattr(began, "at", ("", "", 0))
        if method == "POST":
            told.append((round((time.thread_time() - at) * 1000), path))

    request_started.connect(start)
    request_finished.connect(end)
    yield told
    request_started.disconnect(start)
    request_finished.disconnect(end)


@pytest.fixture
def others(site):
    """Ten thousand applications at all desks, written in bulk as no verb could in that time; taken away again."""
    service = factories.service()
    edition, stages = current_edition(service), list(service.stages.filter(is_active=True))
    applicant, now, today = factories.UserFactory(), timezone.now(), timezone.localdate()
    companies = Company.objects.bulk_create(
        [
            factories.CompanyFactory.build(name=f"PT Ramai {n:05}", nib=f"8{n:012}", npwp=f"07{n:014}")
            for n in range(OTHERS)
        ],
        batch_size=1000,
    )
    Submission.objects.bulk_create(
        [
            Submission(
                number=f"RAMAI-{n:05}",
                service=service,
                edition=edition,
                company=company,
                applicant=applicant,
                status="in_review",
                stage=stages[n % len(stages)],
                data=factories.ANSWERS,
                company_data={"name": company.name},
                filed_at=now - dt.timedelta(days=n % 25),
                stage_since=now,
                due_on=today + dt.timedelta(days=n % 30 - 10),
            )
            for n, company in enumerate(companies)
        ],
        batch_size=1000,
    )
    yield
    # Nothing hangs on them, so no cascade has to be followed.
    crowd = Submission.objects.filter(number__startswith="RAMAI-")
    crowd._raw_delete(crowd.db)
    firms = Company.objects.filter(name__startswith="PT Ramai ")
    firms._raw_delete(firms.db)


@pytest.fixture
def texts(tmp_path) -> list[str]:
    """The regulation with its planted faults, and the repaired one."""
    paths = []
    for version in (1, 2):
        path = tmp_path / f"naskah-v{version}.pdf"
        source = make_samples.source_text(SLUG, version)
        regulation_text.to_pdf(make_samples.company_data(SLUG, version), source, path)
        paths.append(str(path))
    return paths


@pytest.fixture
def planted(others, texts) -> Submission:
    """The planted regulation at the corrector's desk."""
    company = factories.CompanyFactory(name="PT Ombak Besi Cerita")
    person = factories.member_of(company, username="hrd-ombak")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    submission = factories.draft(company, person)
    with open(texts[0], "rb") as file:
        drafts.attach(submission, person, "naskah-pp", factories.upload("naskah-pp.pdf", file.read()))
    submission = perform(submission, "file", person)
    for role, action in factories.WAY[:2]:
        submission = perform(submission, action, get_user_model().objects.get(username=role))
    return submission


def press_until(page, key: str, reached: str, most: int) -> None:
    """Press `key` until `reached`, a condition on `document.activeElement` named `here`, holds."""
    for _press in range(most):
        if page.evaluate(f"(() => {{ const here = document.activeElement; return {reached}; }})()"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} pressed {most} times: {reached} was not reached")


def answer_by_keys(page, norm: Norm, key: str, article: str, problem: str) -> None:
    """One row of the checklist answered as lacking, its finding begun and saved: no hand on the mouse."""
    if "bagian=daftar" not in page.url:
        press_until(page, "Tab", "here.href?.endsWith('?bagian=daftar')", 80)
        page.keyboard.press("Enter")
        page.wait_for_url("**bagian=daftar*")
    row = f"norma-{norm.pk}"
    if page.evaluate(f"!document.activeElement.closest('#{row}')"):
        press_until(page, "Tab", "here.hash === '#psk-daftar'", 80)
        page.keyboard.press("Enter")
        press_until(page, "j", f"here.id === '{row}'", 60)
    page.keyboard.press(key)
    # The row is drawn anew, now with the button that begins a finding, and has the focus again.
    page.locator(f"#{row} form[action$='/temuan/'] button").wait_for()
    page.wait_for_function(f"document.activeElement.id === '{row}'")
    press_until(page, "Tab", f"here.name === 'article' && here.closest('#{row}')", 30)
    page.keyboard.type(article)
    page.keyboard.press("Tab")
    page.keyboard.type(problem)
    page.keyboard.press("Enter")
    page.locator(f"#{row} .psk-check__told", has_text="Tersimpan").wait_for()
    press_until(page, "Tab", f"here.closest(\"form[action$='/temuan/']\") && here.closest('#{row}')", 10)
    page.keyboard.press("Enter")
    page.wait_for_url("**bagian=periksa&ubah=*")
    press_until(page, "Tab", "here.matches('.psk-finding-form .psk-buttons button')", 120)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "ubah=" not in url)
    page.wait_for_load_state()


def test_from_the_inbox_to_a_notice_of_six_findings_and_on_to_the_next_desk(person, planted, texts, posts):
    corrector = person("korektor")
    page = corrector.page
    corrector.context.add_init_script(COUNTER)
    corrector.context.add_init_script(SLOW_LINE)
    number, pk = planted.number, planted.pk

    # From the inbox of a crowded office to the one application.
    started = time.monotonic()
    corrector.go("/admin/psk/kotak-masuk/")
    page.get_by_role("searchbox").first.fill(number)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=number).click()
    page.wait_for_url(f"**/permohonan/{pk}/")

    # The checklist, by keys alone.
    norms = {norm.code: norm for norm in Norm.objects.filter(code__in=FAULTS)}
    for code, (key, article, problem) in FAULTS.items():
        answer_by_keys(page, norms[code], key, article, problem)
    findings = planted.findings.order_by("pk")
    assert [(row.norm.code, row.article, row.problem) for row in findings.select_related("norm")] == [
        (code, article, problem) for code, (_key, article, problem) in FAULTS.items()
    ]

    # One notice; what it means for the company stands beside the button.
    page.locator(".psk-decision--return > summary").click()
    corrector.sees("Jika dibaca hari ini, perusahaan punya waktu sampai")
    page.locator(".psk-decision--return form button[type=submit]").click()
    page.wait_for_load_state()
    took = time.monotonic() - started
    clicks, keys = len(counted(corrector, "clicks")), len(counted(corrector, "keys"))
    notice = planted.notices.get()
    assert notice.findings.count() == 6
    letter = newest_mail_to(planted.applicant.email).body
    assert all(problem in letter for _key, _article, problem in FAULTS.values())

    # The company replaces its text and answers each finding.
    company = person()
    company.sign_in(planted.applicant.email, "rahasia-sekali")
    company.go(f"/psk/permohonan/{number}/")
    company.sees("Giliran Anda")
    company.page.get_by_role("link", name="Perbaiki sekarang").click()
    company.page.set_input_files("[name=document-naskah-pp]", texts[1])
    answers = company.page.locator("textarea[name^=finding-]")
    assert answers.count() == 6
    for place in range(6):
        answers.nth(place).fill("Sudah kami ubah sesuai permintaan.")
    company.page.get_by_role("button", name="Kirim perbaikan").click()
    company.sees("Perbaikan Anda terkirim")

    # The second look: every article that was asked for has changed; each repair is accepted.
    corrector.go(f"/admin/psk/permohonan/{pk}/banding/")
    for pasal in (11, 20, 30, 32, 61):
        assert page.locator(f"a[href*='-pasal-{pasal}']").count(), f"Pasal {pasal} is not in the summary"
    corrector.go(f"/admin/psk/permohonan/{pk}/")
    corrector.sees("Sudah kami ubah sesuai permintaan.")
    for left in range(6, 0, -1):
        buttons = page.locator("form[action$='/terima/'] button")
        assert buttons.count() == left
        buttons.first.click()
        page.wait_for_load_state()
    decide(corrector, pk, "declare_in_order")

    # The next desk puts its initials to it.
    head = person("kasi")
    head.context.add_init_script(COUNTER)
    head.go("/admin/psk/kotak-masuk/")
    head.go("/admin/")
    decide(head, pk, "endorse")
    assert Submission.objects.get(pk=pk).stage.code == "paraf-kabid"

    pages = sorted(slowest_pages(corrector) + slowest_pages(head), reverse=True)
    sent = sorted((row for row in posts if row[1].startswith("/admin/psk/")), reverse=True)
    told = (
        f"notice of six findings after {took:.0f} s, {clicks} clicks, {keys} keys; slowest of {len(pages)} pages: "
        + ", ".join(f"{path} {milliseconds} ms" for milliseconds, path in pages[:3])
        + f"; of {len(sent)} things sent: "
        + ", ".join(f"{path} {milliseconds} ms" for milliseconds, path in sent[:3])
    )
    print(told)
    assert took <= MOST_SECONDS, told
    assert clicks <= MOST_CLICKS, told
    assert pages[0][0] <= MOST_MILLISECONDS, told
    assert sent[0][0] <= MOST_MILLISECONDS, told
