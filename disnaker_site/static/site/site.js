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
