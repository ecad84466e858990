// Suggestions under the box for words, while somebody types. The box works the same without them.
// The beginning goes to our own server in a body, after a pause, and nothing keeps it.
const box = document.querySelector("[data-suggest]");
if (box) {
  const { suggest, lang, said } = box.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  Object.assign(list, { id: "suggested", className: "suggested", role: "listbox", hidden: true });
  list.setAttribute("aria-label", said);
  Object.assign(status, { className: "vh", role: "status" });
  box.after(list, status);
  Object.assign(box, { role: "combobox", autocomplete: "off", ariaAutoComplete: "list", ariaExpanded: "false" });
  box.setAttribute("aria-controls", list.id);
  let at = -1;
  let timer;
  let asking;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    at = -1;
    list.hidden = true;
    box.ariaExpanded = "false";
    box.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    box.value = option.dataset.text;
    close();
    status.textContent = "";
  };
  const mark = (next) => {
    const options = [...list.children];
    at = (next + options.length + 1) % (options.length + 1);
    if (at === options.length) at = -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", i === at));
    if (at < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, i) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `suggested-${i}`, role: "option", textContent: one.text });
      option.dataset.text = one.text;
      option.setAttribute("aria-selected", "false");
      const kind = document.createElement("small");
      kind.textContent = box.dataset[one.kind];
      option.append(" ", kind);
      return option;
    }));
    at = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    box.ariaExpanded = String(!list.hidden);
    status.textContent = found.length ? `${said}: ${found.length}` : "";
  };
  const ask = async () => {
    const q = box.value.trim();
    if (q.length < 2 || q.length > 40) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(suggest, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ q, lang }),
        credentials: "omit",
        signal: asking.signal,
      });
      if (answer.ok && document.activeElement === box) show((await answer.json()).data);
    } catch {
      // Another letter came, or the network is gone: the box goes on as it is.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(ask, 180);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1 < -1 ? list.children.length - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) take(list.children[at]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) take(option);
  });
}
