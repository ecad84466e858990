// Who paints or types hours means them: the week that was picked before gives way.
const when = document.querySelector("#q-when");
if (when) {
  when.addEventListener("change", ({ target }) => {
    if (!/^(free2?$|(from|to)2?-)/.test(target.name)) return;
    const picked = when.querySelector("[name=week]:checked")?.value;
    const meant = target.name === "free2" ? "rotates" : "own";
    if (picked !== "rotates") when.querySelector(`[name=week][value=${meant}]`).checked = true;
  });
}
