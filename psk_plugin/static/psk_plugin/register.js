/* Search as you type: the page asks itself and takes over the found part. Without this the form works by its button. */
(() => {
  const form = document.querySelector("[data-psk-live] form");
  const found = document.getElementById("psk-found");
  if (!form || !found || !window.fetch) return;
  const WAIT = 350;
  let timer = 0;
  let asking = null;

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const address = `${form.action.split("?")[0]}?${query}`;
    found.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("psk-found");
      if (!fresh) return;
      found.replaceChildren(...fresh.childNodes);
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") form.requestSubmit();
    } finally {
      found.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
})();
