// Comfort at the checklists; everything works without it. Saves a row without leaving it, moves by keys.

// Rows in a folded part cannot take the focus: J would stop before them.
const rows = () =>
  [...document.querySelectorAll("[data-psk-row]")].filter((row) => !row.closest("details:not([open])"));

// One after the other: leaving a field and Enter both save, and the second must carry the mark that the first was given.
const saving = new WeakMap();
const save = (form) => saving.set(form, (saving.get(form) || Promise.resolve()).then(() => send(form)));

const send = async (form) => {
  const told = form.querySelector(".psk-check__told");
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin",
      // What is on its way arrives although the page is left.
      keepalive: true,
    });
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.problem);
    form.elements.mark.value = data.mark;
    told.textContent = data.told;
    const row = form.closest("[data-psk-row]");
    row.classList.add("is-answered");
    const lacking = ["kurang", "tidak-diatur"].includes(form.elements.verdict.value);
    // A finding can be begun once the row is drawn with its button.
    if (lacking && !row.querySelector("form[action$='/temuan/']") && form.elements.article) {
      location.hash = row.id;
      location.reload();
    }
    return true;
  } catch (problem) {
    // Not reached, or an answer that is no data: the plain form says what is wrong.
    if (problem instanceof SyntaxError || problem instanceof TypeError) HTMLFormElement.prototype.submit.call(form);
    else told.textContent = problem.message;
    return false;
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-psk-save]");
  const row = event.target.matches("form[action$='/temuan/']") && event.target.closest("[data-psk-row]");
  const answer = row && row.querySelector("form[data-psk-save]");
  if (saving.has(answer)) {
    // A finding begins with the note of its row: what is still being saved goes first.
    event.preventDefault();
    saving.get(answer).then((isSaved) => isSaved && HTMLFormElement.prototype.submit.call(event.target));
  }
  if (!form) return;
  event.preventDefault();
  save(form);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-psk-save]");
  if (form && form.reportValidity()) save(form);
});

// A place offered beside a row goes into its "Pasal" where that is still empty.
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-psk-place]");
  const field = place?.closest("[data-psk-row]")?.querySelector("[name=article]");
  if (field && !field.value) field.value = place.dataset.pskPlace;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=radio]), textarea, select, [contenteditable]")) return;
  // Single keys work only inside the checklists, so that they never catch a screen reader's or a browser's own.
  if (!event.target.closest?.(".psk-check, .psk-sides__rows")) return;
  const all = rows();
  const here = all.indexOf(document.activeElement.closest("[data-psk-row]"));
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    // From the list itself J leads to its first row.
    const from = here >= 0 ? here : all.findIndex((row) => event.target.contains(row)) - 1;
    const next = all[Math.min(Math.max(from + (key === "j" ? 1 : -1), 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  } else if (here >= 0 && key >= "1" && key <= "5") {
    all[here].querySelectorAll("[name=verdict]")[Number(key) - 1]?.click();
  } else if (key === "n") {
    document.querySelector("[data-psk-next]")?.click();
  } else return;
  event.preventDefault();
});

// After a row was drawn anew the keys go on where they were.
document.querySelector(`[data-psk-row][id="${CSS.escape(location.hash.slice(1))}"]`)?.focus({ preventScroll: true });
