// What a visitor's browser computes of a page, asked from inside it. Each answers a list of what is wrong.
({
  // Everything one can press or fill in, with closed parts opened.
  controls() {
    document.querySelectorAll("details").forEach((one) => (one.open = true));
    const all = "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']";
    return [...document.querySelectorAll(all)].filter((it) => {
      const { width, height } = it.getBoundingClientRect();
      return it.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
    });
  },

  name(it) {
    const words = (it.ariaLabel || it.innerText || it.name || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const kind = it.getAttribute("class") || it.type || "";
    return `${it.tagName.toLowerCase()}${kind && "." + kind} “${words}”`;
  },

  // WCAG 2.5.5 (44 px) with its exception: a link in a sentence is as high as the sentence's lines.
  small() {
    const in_sentence = (it) => {
      if (it.tagName !== "A" || getComputedStyle(it).display !== "inline") return false;
      const around = it.closest("p, li, dd, td, th, label, small, div, h2, h3, h4") ?? it;
      const links = [...around.querySelectorAll("a")].map((one) => one.textContent).join("");
      const rest = around.textContent.replace(/\s+/g, "").length - links.replace(/\s+/g, "").length;
      return rest > 2;
    };
    return this.controls().filter((it) => !in_sentence(it) && !it.matches(".skip")).flatMap((it) => {
      const ticked = it.matches("[type=radio], [type=checkbox]") && it.closest("label");
      const { width, height } = (ticked || it).getBoundingClientRect();
      const size = `${Math.round(width)} x ${Math.round(height)}`;
      return width < 43.5 || height < 43.5 ? [`${this.name(it)} is ${size} pixels`] : [];
    });
  },

  // Press Tab once before, so that the browser takes what follows for a keyboard's doing.
  focus() {
    const drawn = (it) => {
      const look = getComputedStyle(it);
      return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 ? look.outlineColor : "";
    };
    const wrong = [];
    const help = document.querySelector("nav.help");
    for (const it of this.controls()) {
      const around = [it, it.closest("label")].filter(Boolean);
      document.activeElement.blur();
      const before = around.map(drawn).join();
      it.focus();
      if (document.activeElement !== it) wrong.push(`${this.name(it)} takes no focus`);
      else if (around.map(drawn).join() === before) wrong.push(`${this.name(it)} does not show its focus`);
      const covered = getComputedStyle(help).position === "sticky" && !help.contains(it) && !it.matches(".skip");
      if (covered && it.getBoundingClientRect().bottom <= help.getBoundingClientRect().bottom + 1)
        wrong.push(`${this.name(it)} has the focus under the help line`);
    }
    return wrong;
  },

  // What stays in place while the page scrolls leaves two thirds of the window to the page.
  covering() {
    return [...document.querySelectorAll("body *")].filter((it) => {
      const look = getComputedStyle(it);
      const stays = /fixed|sticky/.test(look.position) && look.top !== "auto" && look.display !== "none";
      return stays && it.getBoundingClientRect().height > innerHeight / 3 && it.matches("nav, header");
    }).map((it) => `${this.name(it)} covers more than a third of the window`);
  },

  // With `prefers-reduced-motion: reduce`: nothing moves for longer than a hundredth of a second.
  moving() {
    const longest = (look) =>
      Math.max(...`${look.transitionDuration}, ${look.animationDuration}`.split(", ").map((text) =>
        text.endsWith("ms") ? parseFloat(text) / 1000 : parseFloat(text)));
    return [...document.querySelectorAll("*")].flatMap((it) =>
      [undefined, "::before", "::after"].filter((part) => {
        const look = getComputedStyle(it, part);
        return longest(look) > 0.01 || look.scrollBehavior === "smooth";
      }).map((part) => `${this.name(it)}${part || ""} moves`));
  },

  // With `forced-colors: active`: words, controls and drawings have the colours the person chose.
  unforced() {
    const probe = document.createElement("i");
    document.body.append(probe);
    const words = "Canvas CanvasText LinkText VisitedText ButtonFace ButtonText ButtonBorder Field FieldText " +
      "Highlight HighlightText Mark MarkText GrayText";
    const chosen = new Set(words.split(" ").map((word) => {
      probe.style.cssText = `forced-color-adjust: none; color: ${word}`;
      return getComputedStyle(probe).color;
    }));
    probe.remove();
    const clear = /^(none|url\(.*|rgba\(.*, 0\))$/;
    const kept = (colour) => chosen.has(colour) || clear.test(colour);
    const wrong = new Set();
    const said = (it, what, colour) => kept(colour) || wrong.add(`${this.name(it)}: ${what} ${colour}`);
    for (const it of document.querySelectorAll("body *")) {
      if (!it.checkVisibility({ visibilityProperty: true })) continue;
      const look = getComputedStyle(it);
      const has_words = [...it.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
      if (it instanceof SVGElement) {
        if (!it.matches("rect, path, line, circle, text")) continue;
        if (it.matches("rect, path, circle, text")) said(it, "is filled with", look.fill);
        said(it, "is drawn with", look.stroke);
      } else if (has_words) {
        said(it, "is written in", look.color);
        said(it, "stands on", look.backgroundColor);
      }
      if (it.matches(".btn, .choice, .chip, input, select, textarea")) {
        const edge = it.type === "file" || (it.matches("[type=radio], [type=checkbox]") && look.appearance !== "none");
        if (!edge && !parseFloat(look.borderTopWidth)) wrong.add(`${this.name(it)} has no edge`);
      }
    }
    return [...wrong];
  },

  // What each kind of block in the pictures of a week looks like: no two alike.
  blocks() {
    const kinds = {};
    for (const it of document.querySelectorAll(".week rect, .key rect, .lanes rect")) {
      const look = getComputedStyle(it);
      const kind = it.getAttribute("class");
      kinds[kind] = [look.fill, look.stroke, look.stroke === "none" ? "" : look.strokeDasharray].join(" ");
    }
    return kinds;
  },
})
