// The preview and what to paste follow the choices; without this file a button does it.
const form = document.querySelector("[data-maker]");
const shown = () => document.querySelectorAll("[data-copy]").forEach((one) => (one.hidden = !navigator.clipboard));
form.addEventListener("change", async () => {
  const answer = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const at = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-live]")) part.replaceWith(page.getElementById(part.id));
  document.getElementById(at)?.focus();
  shown();
});
document.addEventListener("click", async ({ target }) => {
  const { copy, done } = target.dataset;
  if (!copy) return;
  await navigator.clipboard.writeText(document.getElementById(copy).value);
  target.textContent = done;
});
shown();
