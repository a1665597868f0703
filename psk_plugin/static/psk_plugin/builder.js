/* The service builder: headings of folded rows, codes made from titles, only the fields that matter, the question and
   answer of a condition as lists to choose from, and the way from a sentence about a mistake to its field. The page
   works without it: everything is then shown, and written by hand. */
// Wagtail loads scripts in the head, before the form is there.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";

  const form = document.querySelector("[data-psk-builder]")?.closest("form");
  if (!form) return;
  const words = JSON.parse(document.getElementById("psk-builder-words").textContent);

  const field = (row, name) => row.querySelector(`[name$="-${name}"]:not([type="hidden"])`);
  const rowsOf = (relation) =>
    [...form.querySelectorAll(`[data-psk-rows="${relation}"] > [data-psk-row]:not(.deleted)`)];
  const chosen = (input) =>
    !input ? "" : input.tagName === "SELECT" ? (input.selectedOptions[0]?.value ? input.selectedOptions[0].text : "") : input.value;
  const lines = (input) => (input ? input.value.split("\n").map((line) => line.trim()).filter(Boolean) : []);

  const slug = (text) =>
    text.normalize("NFKD").replace(/[^\w\s-]/g, "").trim().toLowerCase().replace(/[-\s]+/g, "-").slice(0, 40).replace(/^[-_]+|[-_]+$/g, "");

  // Headings of rows

  const PARTS = {
    documents: ["title", "condition"],
    fields: ["label", "kind", "step"],
    stages: ["title", "kind"],
    clauses: ["section", "text"],
    mails: ["moment", "subject"],
    legal_sources: ["source", "articles"],
  };
  const describe = (relation, row) => {
    const place = row.querySelector("[data-psk-row-words]");
    if (!place) return;
    const parts = PARTS[relation].map((name) => chosen(field(row, name)).replace(/\s+/g, " ").trim().slice(0, 70)).filter(Boolean);
    if (relation === "fields") parts.push(field(row, "required")?.checked ? words.required : words.optional);
    if (relation === "stages" && !field(row, "is_active")?.checked) parts.push(words.off);
    place.textContent = parts.join(" · ");
  };

  // Codes

  const watchCode = (scope, code) => {
    const name = code.dataset.pskCodeOf;
    const source = scope === form ? form.querySelector(`#id_${name}`) : field(scope, name);
    if (!source || code.readOnly) return;
    let isOurs = !code.value;
    code.addEventListener("input", () => { isOurs = !code.value; });
    source.addEventListener("input", () => {
      if (isOurs) code.value = slug(source.value);
    });
  };

  // Only the fields that matter

  const wrapper = (input) => input?.closest(".w-panel__wrapper") || input?.closest(".w-panel");
  const show = (input, isNeeded) => {
    const box = wrapper(input);
    // A field with an error is always shown, or nobody could repair it.
    if (box) box.hidden = !isNeeded && !box.querySelector(".error-message, [aria-invalid='true']");
  };
  const CHOICE_KINDS = ["choice", "several", "table"];
  const trim = (relation, row) => {
    if (relation === "fields") {
      show(field(row, "choices"), CHOICE_KINDS.includes(field(row, "kind")?.value));
      trimCondition(row, field(row, "asked"));
    } else if (relation === "documents") {
      trimCondition(row, field(row, "condition"));
    }
  };
  const trimCondition = (row, when) => {
    const isNeeded = when?.value === "if_answer";
    show(field(row, "condition_field"), isNeeded);
    show(field(row, "condition_value"), isNeeded);
    if (isNeeded) offer(row);
  };
  const trimService = () => {
    const kind = form.querySelector("#id_kind")?.value;
    const isRegulation = kind === "PP" || kind === "PKB";
    show(form.querySelector("#id_filing_type"), isRegulation || !kind);
    show(form.querySelector("#id_needs_union_confirmation"), kind === "PKB" || form.querySelector("#id_needs_union_confirmation")?.checked);
    rowsOf("documents").forEach((row) => {
      const text = field(row, "is_regulation_text");
      show(text, isRegulation || text?.checked);
    });
  };

  // The question and the answer of a condition, as lists

  const toSelect = (input) => {
    if (input.tagName === "SELECT") return input;
    const select = document.createElement("select");
    for (const name of ["id", "name", "aria-describedby", "aria-invalid"]) {
      if (input.hasAttribute(name)) select.setAttribute(name, input.getAttribute(name));
    }
    select.append(new Option(input.value, input.value, true, true));
    input.replaceWith(select);
    return select;
  };
  const fill = (select, options) => {
    const value = select.value;
    const known = options.some(([code]) => code === value);
    select.replaceChildren(
      new Option(words.choose, "", false, !value),
      ...(value && !known ? [new Option(value, value, false, true)] : []),
      ...options.map(([code, text]) => new Option(text, code, false, code === value)),
    );
  };
  const deciding = (row) => {
    const rows = rowsOf("fields");
    const place = rows.indexOf(row);
    return (place < 0 ? rows : rows.slice(0, place)).filter(
      (other) => field(other, "code")?.value && ["yes_no", "choice", "several"].includes(field(other, "kind")?.value),
    );
  };
  const offer = (row) => {
    const question = toSelect(field(row, "condition_field"));
    const answer = toSelect(field(row, "condition_value"));
    const rows = deciding(row);
    fill(question, rows.map((other) => [field(other, "code").value, field(other, "label").value]));
    const other = rows.find((candidate) => field(candidate, "code").value === question.value);
    const answers = !other ? [] : field(other, "kind").value === "yes_no" ? ["ya", "tidak"] : lines(field(other, "choices"));
    fill(answer, answers.map((text) => [text, text]));
  };

  // Wiring

  const refresh = (row) => {
    const relation = row.parentElement.dataset.pskRows;
    describe(relation, row);
    trim(relation, row);
  };
  const begin = (row) => {
    row.querySelectorAll("[data-psk-code-of]").forEach((code) => watchCode(row, code));
    refresh(row);
  };
  form.querySelectorAll("[data-psk-row]").forEach(begin);
  form.querySelectorAll(".w-panel [data-psk-code-of]").forEach((code) => {
    if (!code.closest("[data-psk-row]")) watchCode(form, code);
  });
  trimService();

  form.addEventListener("w-formset:added", (event) => {
    const row = event.target.closest("[data-psk-row]") || event.target;
    if (!row.matches("[data-psk-row]")) return;
    begin(row);
    trimService();
  });
  const changed = (event) => {
    const row = event.target.closest("[data-psk-row]");
    if (row) refresh(row);
    else if (event.target.id === "id_kind") trimService();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // Lists of questions and answers are made anew when somebody is about to choose: questions may have been moved.
  form.addEventListener("focusin", (event) => {
    if (/-condition_(field|value)$/.test(event.target.name || "")) offer(event.target.closest("[data-psk-row]"));
  });

  // Moving by keyboard: the row keeps the focus, and its new place is said.
  const said = form.querySelector("[data-psk-said]");
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-inline-panel-child-move-up], [data-inline-panel-child-move-down]");
    if (!button) return;
    setTimeout(() => {
      const row = button.closest("[data-psk-row]");
      const place = [...row.parentElement.querySelectorAll(":scope > [data-psk-row]:not(.deleted)")].indexOf(row) + 1;
      if (said) said.textContent = words.moved.replace("%d", place);
      if (button.disabled) row.querySelector("[data-panel-toggle]")?.focus();
      else button.focus();
    }, 260);
  });

  // From a sentence to its field: the tab is opened, the row unfolded

  const goTo = (target) => {
    const panel = target.closest("[role='tabpanel']");
    if (panel) document.querySelector(`[role="tab"][href="#${panel.id}"]`)?.click();
    for (let box = target.closest("[hidden]"); box; box = target.closest("[hidden]")) {
      const toggle = document.querySelector(`[data-panel-toggle][aria-controls="${box.id}"]`);
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
      else box.hidden = false;
    }
    const input = target.matches("input, select, textarea, button") ? target : target.querySelector("input, select, textarea");
    (input || target).focus();
    target.scrollIntoView({ block: "center" });
  };
  document.querySelectorAll("[data-psk-goto]").forEach((link) =>
    link.addEventListener("click", (event) => {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      // Tabs open in the next frame.
      const panel = target.closest("[role='tabpanel']");
      if (panel) document.querySelector(`[role="tab"][href="#${panel.id}"]`)?.click();
      requestAnimationFrame(() => goTo(target));
    }),
  );
  const summary = document.getElementById("psk-overtaken") || document.getElementById("psk-problems");
  if (summary) {
    summary.focus();
    summary.scrollIntoView({ block: "start" });
  }

  // A page with changes that nobody saved does not close by a slip.
  let isDirty = Boolean(document.getElementById("psk-problems") || document.getElementById("psk-overtaken"));
  form.addEventListener("input", () => { isDirty = true; });
  form.addEventListener("change", () => { isDirty = true; });
  form.addEventListener("submit", (event) => { if (event.submitter?.formTarget !== "_blank") isDirty = false; });
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
});
