// Questions with a script: those that hang on an answer come and go, tables grow in place, KBLI codes are offered while
// one types. Without it every question stands there with a sentence, and each button saves and comes back.
(() => {
  "use strict";

  /* Questions that are asked only if another is answered so: data-psk-if names it, data-psk-if-value its answer. */
  function conditions(form) {
    const wrappers = [...form.querySelectorAll("[data-psk-if]")];
    wrappers.forEach((wrapper) => wrapper.querySelectorAll("[data-psk-if-hint]").forEach((hint) => { hint.hidden = true; }));
    const plain = (text) => text.trim().toLocaleLowerCase("id");
    const given = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter((input) => !input.closest("[data-psk-if][hidden]"))
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
      .map((input) => plain(input.value));
    // In the order of the page, so that what hangs on a question that has just gone goes with it.
    const show = () => wrappers.forEach((wrapper) => {
      wrapper.hidden = !given(wrapper.dataset.pskIf).includes(plain(wrapper.dataset.pskIfValue));
    });
    form.addEventListener("change", show);
    addEventListener("pageshow", show);
    show();
  }

  /* A table of rows: rows are added and taken out in place; cells copied from a spreadsheet fill the cells they meet. */
  function rows(list) {
    const name = list.dataset.pskRows;
    const body = list.querySelector("tbody");
    const add = list.querySelector("[data-psk-add]");
    if (!body || !add) return;
    const width = body.rows[0].querySelectorAll("input").length;
    const most = Math.min(Number(list.dataset.maxRows), Math.floor(Number(list.dataset.maxCells) / width));
    const wordOf = (text, number) => text.replace(/\d+(?=\D*$)/, number);
    const inputs = (row) => [...row.querySelectorAll("input")];
    const tell = () => list.dispatchEvent(new Event("input", { bubbles: true }));

    const number = () => [...body.rows].forEach((row, index) => {
      inputs(row).forEach((input, place) => {
        input.name = `${name}_${index}_${place}`;
        input.id = `id_${input.name}`;
        input.setAttribute("aria-label", wordOf(input.getAttribute("aria-label"), index + 1));
      });
      const button = row.querySelector("button");
      const hidden = button.querySelector(".psk-hidden");
      button.value = wordOf(button.value, index);
      hidden.textContent = wordOf(hidden.textContent, index + 1);
    });
    const grow = () => {
      const row = body.rows[0].cloneNode(true);
      inputs(row).forEach((input) => { input.value = ""; });
      body.append(row);
      number();
      return row;
    };

    add.addEventListener("click", (event) => {
      if (body.rows.length >= most) return; // the server knows what to do with a table as large as this
      event.preventDefault();
      inputs(grow())[0].focus();
    });
    body.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      const row = button.closest("tr");
      const next = row.nextElementSibling || row.previousElementSibling;
      if (!next) { inputs(row).forEach((input) => { input.value = ""; }); inputs(row)[0].focus(); tell(); return; }
      row.remove();
      number();
      next.querySelector("button").focus();
      tell();
    });
    body.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
      if (!/[\t\n]/.test(text)) return;
      const lines = text.split("\n").map((line) => line.split("\t"));
      const start = [...body.rows].indexOf(event.target.closest("tr"));
      const place = inputs(body.rows[start]).indexOf(event.target);
      if (start + lines.length > most || lines.some((line) => place + line.length > width)) return;
      event.preventDefault();
      lines.forEach((line, offset) => {
        const row = body.rows[start + offset] || grow();
        line.forEach((cell, shift) => { inputs(row)[place + shift].value = cell.trim(); });
      });
      tell();
    });
  }

  /* Codes of the list for the words typed, offered under the field; a match is taken over without leaving the page. */
  function kbli(group) {
    const [code, edition] = [group.querySelector("input"), group.querySelector("select")];
    const offered = document.getElementById(code.getAttribute("list"));
    let timer;
    const look = async () => {
      const words = code.value.trim();
      if (words.length < 2 || /^\d{5}$/.test(words)) return;
      try {
        const answer = await fetch(`${group.dataset.pskKbli}?${new URLSearchParams({ q: words, edisi: edition.value })}`);
        const { codes } = await answer.json();
        offered.replaceChildren(...codes.filter((match) => match.code.length === 5).map((match) => {
          const option = document.createElement("option");
          option.value = match.code; option.label = match.title; option.textContent = match.title;
          return option;
        }));
      } catch { /* offline: the button below searches as well */ }
    };
    code.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 300); });
  }

  document.querySelectorAll("form[data-psk-questions]").forEach((form) => {
    conditions(form);
    form.querySelectorAll("[data-psk-rows]").forEach(rows);
    form.querySelectorAll("[data-psk-kbli]").forEach(kbli);
  });
})();
