// Follows the work on a list without loading the page anew; without this script the page refreshes itself.
const box = document.querySelector("[data-psk-follow]");
const bar = box?.querySelector("progress");
const percent = box?.querySelector("[data-psk-percent]");

const look = async () => {
  try {
    const answer = await fetch(box.dataset.pskFollow, { credentials: "same-origin", headers: { Accept: "application/json" } });
    const now = await answer.json();
    if (!now.working) return location.reload();
    bar.value = now.percent;
    percent.textContent = `${now.percent} %`;
  } catch {
    // Not reached this time; the next look may be.
  }
  setTimeout(look, 2000);
};

if (box) setTimeout(look, 1000);
