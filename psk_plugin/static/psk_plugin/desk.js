// Comfort at the desk; everything works without it. Marks the opened document and offers it in a new finding.

const opened = document.querySelector("[data-psk-opened]");
const choice = document.querySelector(".psk-finding-form select[name=document_code]");

const begin = (code) => {
  if (choice && !choice.value && code && [...choice.options].some((option) => option.value === code)) {
    choice.value = code;
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-psk-open]");
  if (!link) return;
  if (opened) opened.textContent = link.dataset.pskOpen;
  document.querySelectorAll(".psk-paper__open[aria-current]").forEach((old) => old.removeAttribute("aria-current"));
  const paper = link.closest("[data-psk-paper]");
  if (!paper) return;
  paper.querySelector(".psk-paper__open")?.setAttribute("aria-current", "true");
  begin(paper.dataset.pskPaper);
});

// A frame with the focus inside matches no selector of this page: whoever works by keys sees it by this class.
const frame = document.querySelector(".psk-viewer");
const seeFrame = () => frame?.classList.toggle("has-focus", document.activeElement === frame);
addEventListener("blur", () => setTimeout(seeFrame));
document.addEventListener("focusin", seeFrame);
