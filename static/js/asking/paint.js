// Who paints or types hours means them: the week that was picked before gives way. Who picks another week after
// that means it: what was painted stays on the page and is not sent.
const when = document.querySelector("#q-when");
if (when) {
  const own = /^(free2?$|(from|to)2?-)/;
  when.addEventListener("change", ({ target }) => {
    if (!own.test(target.name)) return;
    const picked = when.querySelector("[name=week]:checked")?.value;
    const meant = target.name === "free2" ? "rotates" : "own";
    if (picked !== "rotates") when.querySelector(`[name=week][value=${meant}]`).checked = true;
  });
  when.closest("form").addEventListener("formdata", ({ formData }) => {
    const week = formData.get("week");
    if (!week || week === "rotates") return;
    const unmeant = week === "own" ? /^free2$/ : own;
    for (const name of [...formData.keys()]) if (unmeant.test(name)) formData.delete(name);
  });
}
