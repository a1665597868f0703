"""A corrector works on one application with the keyboard alone, from the sign-in to the next application.

Nothing is clicked and nothing is focused by script: the only address typed is the first one. Wherever the focus goes it
can be seen, and Tab gets out of everything again.
"""

import pytest
from django.contrib.auth import get_user_model

from psk_plugin.demo.accounts import DEMO_PASSWORD
from psk_plugin.norms.models import Norm
from psk_plugin.review import verbs
from psk_plugin.submissions import drafts
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories
from ..review.test_redline_page import NEW, OLD, pdf

#: What is wrong with where the focus is, in a word; empty where it can be seen.
UNSEEN = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return '';
  const box = here.getBoundingClientRect();
  if (!box.width || !box.height) return 'no size';
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return 'off the screen';
  const marked = (node) => {
    const look = getComputedStyle(node);
    return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none';
  };
  return marked(here) || (here.matches('input') && marked(here.parentElement)) ? '' : 'no mark of focus';
}"""
#: Where the focus is, for whoever reads why a test failed.
WHERE = """() => {
  const here = document.activeElement;
  const name = here.id || here.name || here.href || here.className;
  return `${here.tagName.toLowerCase()} ${name} "${here.innerText || ''}"`.slice(0, 140);
}"""
OPENED = "here.matches('.psk-decision--return > summary') && here.parentElement.open"


class Keys:
    """Somebody's keyboard. `count` is how many keys were pressed to get from one thing to the next."""

    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.count += len(words)

    def is_at(self, reached: str) -> bool:
        return self.page.evaluate(f"(() => {{ const here = document.activeElement; return Boolean({reached}); }})()")

    def to(self, reached: str, key: str = "Tab", most: int = 150) -> "Keys":
        """Go on until `reached`, a condition on the focused element named `here`, holds; look at each step."""
        for _press in range(most):
            if self.is_at(reached):
                return self
            self.press(key)
            if problem := self.unseen():
                raise AssertionError(f"{problem}: {self.page.evaluate(WHERE)} on {self.page.url}")
        raise AssertionError(f"{key} pressed {most} times: {reached} not reached; now {self.page.evaluate(WHERE)}")

    def unseen(self) -> str:
        """What is wrong with where the focus is, once what slides in has arrived."""
        for _try in range(5):
            if not (problem := self.page.evaluate(UNSEEN)):
                return ""
            self.page.wait_for_timeout(100)
        return problem

    def enter(self, address: str | None = None) -> None:
        """Press what has the focus; wait for the page it leads to."""
        if address is None:
            self.press("Enter")
            return
        with self.page.expect_navigation(url=address):
            self.press("Enter")


@pytest.fixture(scope="module")
def waiting(site, django_db_blocker) -> list[Submission]:
    """Two applications at the corrector's desk, more urgent than all others; the first with a text filed twice."""
    with django_db_blocker.unblock():
        return [_at_the_corrector(name) for name in ("PT Tombol Pertama", "PT Tombol Kedua")]


def _at_the_corrector(name: str) -> Submission:
    people = {role: get_user_model().objects.get(username=role) for role, _action in factories.WAY}
    submission = factories.draft(factories.CompanyFactory(name=name))
    applicant = submission.applicant
    drafts.attach(submission, applicant, "naskah-pp", factories.upload("naskah.pdf", pdf(OLD)))
    submission = perform(submission, "file", applicant)
    submission = perform(submission, "receive", people["registrasi"])
    factories.finding(submission, people["verifikator"])
    submission = perform(submission, "return", people["verifikator"])
    drafts.attach(submission, applicant, "naskah-pp", factories.upload("naskah-2.pdf", pdf(NEW)))
    submission = perform(submission, "repair", applicant)
    verbs.accept(submission, people["verifikator"], submission.findings.get().pk)
    submission = perform(submission, "declare_complete", people["verifikator"])
    # The most urgent of all: on the first page of the inbox, and the next one after the other.
    Submission.objects.filter(pk=submission.pk).update(due_on="2020-01-02")
    return submission


def test_a_corrector_works_without_a_mouse(person, waiting):
    first, second = waiting
    norm = Norm.objects.get(code="D1")
    someone = person()
    page, keys = someone.page, Keys(someone.page)

    # Signs in and opens the inbox from the menu.
    someone.go("/akun/login/?next=/admin/")
    keys.to("here.name === 'login'").type("korektor")
    keys.to("here.name === 'password'").type(DEMO_PASSWORD)
    keys.enter("**/admin/")
    keys.to("here.matches('.sidebar button') && here.innerText.includes('PSK')").enter()
    keys.to("here.href?.endsWith('/kotak-masuk/')").enter("**/kotak-masuk/")
    keys.to(f"here.href?.includes('/permohonan/{first.pk}/')").enter(f"**/permohonan/{first.pk}/**")

    # Takes it, compares the two texts, comes back.
    keys.to("here.closest(\"form[action$='/ambil/']\")").enter("**")
    keys.to("here.href?.endsWith('/banding/')").enter("**/banding/**")
    keys.to("here.hash?.includes('pasal-2')").enter()
    assert page.locator(":target", has_text="12 (dua belas").count() == 1
    keys.to(f"here.matches('main a') && here.pathname.endsWith('/permohonan/{first.pk}/')")
    keys.enter(f"**/permohonan/{first.pk}/")

    # The checklist: to a row, answered, with Pasal and note.
    keys.to("here.href?.endsWith('?bagian=daftar')").enter("**bagian=daftar*")
    row = f"norma-{norm.pk}"
    keys.to("here.hash === '#psk-daftar'").enter()
    keys.to(f"here.id === '{row}'", "j", 60)
    keys.press("3")
    page.locator(f"#{row} form[action$='/temuan/'] button").wait_for()
    page.wait_for_function(f"document.activeElement.id === '{row}'")
    keys.to(f"here.name === 'article' && here.closest('#{row}')", most=30).type("Pasal 2")
    keys.press("Tab")
    keys.type("Hanya 10 hari kerja.")
    keys.enter()
    page.locator(f"#{row} .psk-check__told", has_text="Tersimpan").wait_for()
    keys.to(f"here.closest(\"form[action$='/temuan/']\") && here.closest('#{row}')").enter("**ubah=*")

    # The finding gets a usual wording.
    keys.to("here.name === 'wording'").type("Cuti tahunan kurang")
    keys.to("here.name === 'isi'").enter("**")
    assert keys.is_at("here.name === 'problem'"), "the cursor is not in what was filled in"
    assert "12 bulan terus-menerus" in page.locator("[name=request]").input_value()
    keys.to("here.matches('.psk-finding-form .psk-buttons button')").enter("**#temuan")
    finding = first.findings.latest("pk")
    assert (finding.article, "12 bulan terus-menerus" in finding.request) == ("Pasal 2", True)

    # The notice goes out, and on to the next application.
    keys.to("here.matches('.psk-decision--return > summary')").enter()
    assert keys.is_at(OPENED)
    keys.to("here.matches('.psk-decision--return form button[type=submit]')").enter("**")
    assert first.notices.latest("sequence").findings.get() == finding
    keys.to(f"here.matches('.messages a') && here.innerText.includes('{second.number}')").enter(
        f"**/permohonan/{second.pk}/**"
    )
    print(f"{keys.count} keys")


def test_tab_goes_round_the_desk_and_is_caught_nowhere(person, waiting):
    someone = person("korektor")
    keys = Keys(someone.page)
    place = f"/admin/psk/permohonan/{waiting[0].pk}/"
    for path in (
        place,
        f"{place}?bagian=daftar",
        f"{place}?bagian=pesan",
        f"{place}banding/",
        "/admin/psk/kotak-masuk/",
    ):
        someone.go(path)
        keys.to("here !== document.body")
        someone.page.evaluate("document.activeElement.dataset.first = 'yes'")
        before = keys.count
        keys.press("Tab")
        keys.to("here.dataset.first", most=900)
        assert keys.count - before > 15, path
