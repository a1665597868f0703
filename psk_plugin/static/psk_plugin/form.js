// The form of a service with a script: keeps what is typed, shows how uploads go on. Without it everything works by buttons.
(() => {
  "use strict";
  const saved = document.querySelector("[data-psk-saved]");
  const tell = (time) => { if (saved && time) { saved.textContent = saved.dataset.word ? `${saved.dataset.word} ${time}` : `Tersimpan pukul ${time}`; } };

  const summary = document.querySelector(".psk-errors");
  if (summary) summary.focus();

  document.querySelectorAll("form[data-psk-once]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      setTimeout(() => { delete form.dataset.sent; }, 8000);
    });
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

  document.querySelectorAll("form[data-psk-autosave]").forEach((form) => {
    let timer, last = "", leaving = false;
    const save = async () => {
      const body = new FormData(form);
      // Files go up one by one, by themselves.
      form.querySelectorAll("input[type=file]").forEach((input) => body.delete(input.name));
      const now = new URLSearchParams(body).toString();
      if (now === last || leaving) return;
      body.set("aksi", "otomatis");
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        const state = await answer.json();
        if (answer.ok) { last = now; tell(state.saved); } else if (saved) { saved.textContent = state.error || ""; }
      } catch { /* offline: the next change tries again, and the buttons still work */ }
    };
    form.addEventListener("input", (event) => {
      if (event.target.type === "file") return;
      clearTimeout(timer); timer = setTimeout(save, 1500);
    });
    form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  });

  document.querySelectorAll("form[data-psk-uploads]").forEach((form) => {
    form.addEventListener("change", (event) => {
      const input = event.target;
      if (input.type !== "file" || !input.files.length) return;
      const row = input.closest("[data-psk-upload]");
      const code = row.dataset.pskUpload;
      const state = row.querySelector("[data-psk-state]");
      const problem = row.querySelector("[data-psk-problem]");
      const bar = document.createElement("progress");
      bar.className = "psk-progress"; bar.max = 100; bar.value = 0;
      bar.setAttribute("aria-label", `${form.dataset.uploading} ${input.files[0].name}`);
      state.replaceChildren(bar);
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.set("aksi", "berkas");
      body.set(input.name, input.files[0]);
      const request = new XMLHttpRequest();
      const fail = (text) => {
        state.replaceChildren(); problem.textContent = text; problem.hidden = false;
        row.classList.add("psk-upload--error"); row.classList.remove("psk-upload--done"); input.setAttribute("aria-invalid", "true");
      };
      request.upload.onprogress = (progress) => { if (progress.lengthComputable) bar.value = (progress.loaded / progress.total) * 100; };
      request.onerror = () => fail(form.dataset.offline);
      request.onload = () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* not from the form: told below */ }
        const file = (answer.attached || {})[code];
        const show = () => {
          if (!file) { state.replaceChildren(); return; }
          const link = document.createElement("a"); link.href = file.address; link.textContent = file.name;
          const remove = document.createElement("button");
          remove.className = "psk-btn psk-btn--link psk-btn--small"; remove.name = "hapus"; remove.value = code;
          remove.textContent = form.dataset.remove;
          state.replaceChildren(link, " ", remove);
        };
        if (request.status !== 200) { fail(answer.error || form.dataset.offline); return; }
        tell(answer.saved);
        if ((answer.refused || {})[code]) { fail(answer.refused[code]); show(); input.value = ""; return; }
        problem.hidden = true; problem.textContent = ""; input.value = ""; input.removeAttribute("aria-invalid");
        row.classList.remove("psk-upload--error"); row.classList.add("psk-upload--done"); show();
      };
      request.open("POST", form.action); request.send(body);
    });
  });
})();
