// <iop-finder key="pk_..."><a href="...">Find a program</a></iop-finder>
// The link inside stays until the finder says that it is there; it is all that people see where the
// frame is refused. The frame learns nothing of this page: no address, no Referer, no storage.
const home = new URL("..", import.meta.url);
const wishes = "lang scheme accent accent-dark radius place within focus payer services populations languages count examples";
const sandbox = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-scripts";

class IopFinder extends HTMLElement {
  connectedCallback() {
    const root = this.shadowRoot || this.attachShadow({ mode: "open" });
    root.replaceChildren(document.createElement("slot"));
    this.style.display = "block";
    this.shown = false;
    this.near = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) this.load(root);
    }, { rootMargin: "300px" });
    this.near.observe(this);
  }

  load(root) {
    this.near.disconnect();
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", sandbox);
    frame.referrerPolicy = "no-referrer";
    frame.title = this.getAttribute("label") || "Stepwise";
    frame.src = this.address();
    Object.assign(frame.style, { display: "block", width: "100%", height: "0", border: "0", visibility: "hidden" });
    frame.addEventListener("load", () => frame.contentWindow?.postMessage({ stepwise: 1, type: "hello" }, "*"));
    this.hear = ({ source, origin, data }) => {
      // A sandboxed frame has no origin to name: "null". Its window is what tells it from others.
      if (source !== frame.contentWindow || origin !== "null" || data?.stepwise !== 1) return;
      const height = data.height;
      if (!["ready", "height"].includes(data.type) || !Number.isFinite(height)) return;
      if (data.type === "ready") this.show(root, frame);
      if (this.shown) frame.style.height = `${Math.min(Math.max(height, 200), 4000)}px`;
    };
    addEventListener("message", this.hear);
    root.append(frame);
  }

  // The first time the link makes room; then each page of the finder is read from its beginning.
  show(root, frame) {
    if (this.shown && this.getBoundingClientRect().top < 0) this.scrollIntoView();
    this.shown = true;
    root.querySelector("slot")?.remove();
    frame.style.visibility = "visible";
  }

  address() {
    const spanish = /^es\b/i.test(this.getAttribute("lang"));
    const at = new URL(`${spanish ? "es/" : ""}widget/${encodeURIComponent(this.getAttribute("key"))}`, home);
    for (const name of wishes.split(" ")) {
      const value = this.getAttribute(name);
      if (value) at.searchParams.set(name, value);
    }
    return at.href;
  }

  disconnectedCallback() {
    this.near.disconnect();
    removeEventListener("message", this.hear);
  }
}

customElements.get("iop-finder") || customElements.define("iop-finder", IopFinder);
