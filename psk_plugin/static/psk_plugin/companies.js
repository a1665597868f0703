/* Makes the form of a company's profile nicer: rows are added in place, lists that are not needed step aside, totals
   follow what is typed. Without this file the same form works through its buttons. */

const count = (input) => Number.parseInt(input.value.replace(/[.\s]/g, ""), 10) || 0;

function sums(table) {
  const [mp, mc, fp, fc] = [...table.querySelectorAll("input")];
  const parts = {
    male: [mp, mc], female: [fp, fc], permanent: [mp, fp], contract: [mc, fc], all: [mp, mc, fp, fc],
  };
  const show = () => {
    for (const [name, inputs] of Object.entries(parts)) {
      const total = inputs.reduce((sum, input) => sum + count(input), 0);
      table.querySelector(`[data-sum=${name}]`).value = total.toLocaleString("id-ID");
    }
  };
  table.addEventListener("input", show);
  show();
}

function rows(list, form) {
  const total = list.querySelector(`[name="${list.dataset.rows}-TOTAL_FORMS"]`);
  const template = list.querySelector("template");
  const add = list.querySelector("[data-add]");
  const most = Number(list.querySelector(`[name="${list.dataset.rows}-MAX_NUM_FORMS"]`).value);

  add.addEventListener("click", (event) => {
    const index = Number(total.value);
    event.preventDefault();
    if (!Number.isInteger(index) || index >= most) return;
    const markup = template.innerHTML.replaceAll("__prefix__", index).replaceAll("__number__", index + 1);
    add.parentElement.insertAdjacentHTML("beforebegin", markup);
    total.value = index + 1;
    const row = [...list.querySelectorAll("[data-row]")].at(-1);
    branch(row);
    row.querySelector("input:not([type=hidden])").focus();
  });

  const gates = form.querySelectorAll(`[name="${list.dataset.gate}"]`);
  const shut = () => {
    const chosen = [...gates].find((gate) => gate.checked)?.value;
    const used = [...list.querySelectorAll("[data-row] :is(input:not([type=hidden], [type=radio], [type=checkbox]))")].some((i) => i.value.trim());
    // Rows with something in them never disappear: "no" beside them is a contradiction that must be seen.
    list.hidden = chosen !== "yes" && !used;
  };
  gates.forEach((gate) => gate.addEventListener("change", shut));
  shut();
  list.querySelectorAll("[data-row]").forEach(branch);
}

/* Kabupaten and province are asked only of branches outside the city. */
function branch(row) {
  const answers = [...row.querySelectorAll('input[type=radio][name$="-in_city"]')];
  if (!answers.length) return;
  const places = ["regency", "province"].map((name) => row.querySelector(`[name$="-${name}"]`).closest(".psk-field"));
  const show = () => {
    const outside = answers.find((answer) => answer.checked)?.value === "no";
    places.forEach((place) => { place.hidden = !outside; });
  };
  answers.forEach((answer) => answer.addEventListener("change", show));
  show();
}

for (const form of document.querySelectorAll("[data-psk-companies]")) {
  form.querySelectorAll("[data-workers]").forEach(sums);
  form.querySelectorAll("[data-rows]").forEach((list) => rows(list, form));
}
const first = document.querySelector(".psk-errors[tabindex]");
if (first) first.focus();
