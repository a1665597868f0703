// Menu on a narrow screen, and submenus that close when one looks elsewhere. Without this file everything is simply open.
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const header = document.querySelector(".site-header");
  const button = document.querySelector(".menu-button");
  if (!header || !button) return;
  const submenus = [...header.querySelectorAll(".site-nav details")];
  const wide = matchMedia("(min-width: 60rem)");
  const closeSubmenus = (except) => submenus.forEach((menu) => { if (menu !== except) menu.open = false; });
  button.addEventListener("click", () => {
    const open = header.classList.toggle("is-open");
    button.setAttribute("aria-expanded", String(open));
  });
  submenus.forEach((menu) => menu.addEventListener("toggle", () => {
    if (menu.open && wide.matches) closeSubmenus(menu);
  }));
  document.addEventListener("click", (event) => {
    if (wide.matches && !event.target.closest(".site-nav")) closeSubmenus();
  });
  header.addEventListener("focusout", (event) => {
    if (wide.matches && event.relatedTarget && !event.relatedTarget.closest(".site-nav details")) closeSubmenus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = submenus.find((menu) => menu.open && menu.contains(document.activeElement));
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (header.classList.contains("is-open") && !wide.matches) {
      button.click();
      button.focus();
    }
  });
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
// A film is asked from its owner only after a click; without this file the button leads to the film's own page.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".film__play");
  if (!button || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const film = button.closest(".film");
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: film.dataset.film, title: film.dataset.title, allowFullscreen: true });
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  // YouTube refuses players that do not say on which site they stand.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  button.replaceWith(frame);
  frame.focus();
});
