// What every page has: the quick way out, and buttons that print. One file, so that a page asks little.

// Quick exit: Shift three times within two seconds does what the "Leave this site" link does,
// and both take this page out of the Back button.
const link = document.querySelector("[data-leave]");
const leave = () => location.replace(link.href);
let pressed = [];
if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    pressed = event.key === "Shift" ? [...pressed, event.timeStamp].slice(-3) : [];
    if (pressed.length === 3 && pressed[2] - pressed[0] < 2000) leave();
  });
}

// Buttons that print. Without this file people use the menu of their browser.
for (const one of document.querySelectorAll("[data-print]")) {
  one.hidden = false;
  one.addEventListener("click", () => print());
}
