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
