// The list of postings without a reload: each change in the panel and each link within the list
// fetches the page that its address stands for, and puts that page's list and panel in place.
(() => {
  "use strict";

  const PAUSE = 500;
  const region = document.querySelector(".with-panel");
  const form = region?.querySelector("form[aria-label='Filter the postings']");
  if (!form) return;
  const panel = region.querySelector(".with-panel__panel");
  const main = region.querySelector(".with-panel__main");

  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  region.before(status);

  let request = null;
  let pause = 0;
  let typing = false; // One go of typing is one step of the history.
  let shown = location.pathname + location.search;
  let latest = shown; // What was asked for last, and may still be on its way.

  // --- the panel: nodes stay where they are, so that focus, caret and scripts stay with them -----

  const isText = (field) => field.matches("input:not([type=checkbox], [type=hidden])");
  const state = (field) => (field.type === "checkbox" ? field.checked : field.value);

  // By which an element of the new page is found in the old one, among its siblings.
  function key(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
    const kind = `${node.localName} ${node.className} ${node.id}`;
    if (node.localName === "details") {
      return `${kind} ${node.querySelector("summary").firstChild.data.trim()}`;
    }
    const field = node.matches("label, .field") && node.querySelector("input, select");
    if (!field) return kind;
    return `${kind} ${field.name} ${field.type === "checkbox" ? field.value : ""}`;
  }

  // A field that was changed since the request, or was no part of it, is the reader's.
  function renewField(old, fresh, sent) {
    const mine = sent.get(old) !== state(old);
    const own = state(old);
    if (old.localName === "select") {
      old.replaceChildren(...fresh.cloneNode(true).childNodes);
      old.value = mine ? own : fresh.value;
      return;
    }
    if (old.type === "checkbox") {
      old.defaultChecked = fresh.defaultChecked;
      old.checked = mine ? own : fresh.checked;
      return;
    }
    const same = old === document.activeElement && own.trim() === fresh.value.trim();
    if (!mine && !same && own !== fresh.value) old.value = fresh.value;
  }

  function renew(old, fresh, sent) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    // What scripts say of a field stays, as does what the reader opened or closed.
    const field = old.matches("input, select");
    for (const { name } of field ? [] : [...old.attributes]) {
      if (fresh.hasAttribute(name) || name === "open" || name === "hidden") continue;
      old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (!["open", "checked", "value"].includes(name) || (name === "value" && !isText(old))) {
        old.setAttribute(name, value);
      }
    }
    if (field) renewField(old, fresh, sent);
    else renewChildren(old, fresh, sent);
  }

  function renewChildren(old, fresh, sent) {
    const known = new Map();
    for (const node of old.childNodes) {
      const like = key(node);
      known.set(like, [...(known.get(like) ?? []), node]);
    }
    const wanted = [...fresh.childNodes].map((node) => {
      const match = known.get(key(node))?.shift();
      if (match) renew(match, node, sent);
      return match ?? document.importNode(node, true);
    });
    // What a script added stays behind what it stood behind; so does the field that has the focus.
    // Whatever is chosen is in the answer, so that nothing of this is.
    for (const node of [...old.children]) {
      if (wanted.includes(node)) continue;
      const focused = document.activeElement.matches("input, select, summary");
      if ("made" in node.dataset || (focused && node.contains(document.activeElement))) {
        for (const box of node.querySelectorAll("[type=checkbox]")) {
          if (sent.get(box) === box.checked) box.checked = false;
        }
        wanted.splice(wanted.indexOf(node.previousElementSibling) + 1, 0, node);
      } else {
        node.remove();
      }
    }
    // A node that is moved loses the focus, so the others are laid around the one that has it.
    const fixed = wanted.find((node) => node.contains(document.activeElement));
    const at = wanted.indexOf(fixed);
    for (const node of [...old.childNodes]) if (!wanted.includes(node)) node.remove();
    if (fixed) fixed.before(...wanted.slice(0, at));
    old.append(...wanted.slice(at + 1));
  }

  // --- the answer -------------------------------------------------------------------------------

  function heading(id) {
    const found = main.querySelector(`#${id}`);
    found?.setAttribute("tabindex", "-1");
    return found;
  }

  function toTotal() {
    heading("total").focus({ preventScroll: true });
    main.scrollIntoView({ block: "start" });
  }

  // Where the focus goes, if the update took away what had it.
  function refocus(lost, focus) {
    if (focus === "total") return toTotal();
    if (focus === "chips") return (heading("applied") ?? heading("total")).focus();
    if (focus === "sorts") {
      return (main.querySelector(".sorts [aria-current]") ?? heading("total")).focus();
    }
    if (!lost || lost.isConnected) return undefined;
    const link = [...main.querySelectorAll("a[href]")].find((one) => one.href === lost.href);
    return (link ?? heading("total")).focus({ preventScroll: true });
  }

  // By scripts the list follows each choice, so the button can say where it leads.
  function count() {
    const button = form.querySelector(".filters__actions button");
    button.textContent = `Show ${main.querySelector("#total").textContent.replace(" open ", " ")}`;
  }

  function place(page, sent, focus) {
    const fresh = page.querySelector(".with-panel");
    const had = document.activeElement;
    const lost = region.contains(had) ? had : null;
    renewChildren(panel, fresh.querySelector(".with-panel__panel"), sent);
    main.replaceChildren(...fresh.querySelector(".with-panel__main").childNodes);
    document.title = page.title;
    const canonical = "link[rel=canonical]";
    const address = page.querySelector(canonical)?.getAttribute("href");
    if (address) document.querySelector(canonical)?.setAttribute("href", address);
    count();
    document.dispatchEvent(new CustomEvent("list:updated"));
    refocus(lost, focus);
    // A heading that took the focus is read out anyway.
    const total = main.querySelector("#total");
    const left = main.querySelector(".notice")?.textContent.replace(/\s+/g, " ") ?? "";
    const words = (total === document.activeElement ? "" : total.textContent) + left;
    if (status.textContent !== words) status.textContent = words;
  }

  // Show the page at `address`. `focus` is where it goes: "total", "chips", "sorts", or it stays.
  // `back` is how far to scroll on a step through the history.
  async function show(address, { sent, focus = "", typed = false, back = null }) {
    clearTimeout(pause);
    latest = address;
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    main.setAttribute("aria-busy", "true");
    let page = null;
    let reached = address;
    try {
      const answer = await fetch(address, { signal });
      const url = new URL(answer.url);
      if (!answer.ok || url.pathname !== location.pathname) throw new Error(answer.statusText);
      if (answer.redirected) reached = url.pathname + url.search;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector(".with-panel #total")) throw new Error("a page without a list");
    } catch {
      if (signal.aborted) return;
      main.removeAttribute("aria-busy");
      request = null;
      location.assign(address);
      return;
    }
    if (signal.aborted) return;
    if (back === null && reached !== shown && !(typed && typing)) {
      remember();
      history.pushState({ y: scrollY }, "", reached);
    } else if (back === null) {
      history.replaceState({ y: scrollY }, "", reached);
    }
    typing = typed && document.activeElement.name === "q";
    latest = reached;
    shown = reached;
    place(page, sent, focus);
    main.removeAttribute("aria-busy");
    request = null;
    if (back !== null) scrollTo({ top: back, behavior: "instant" });
    else if (main.getBoundingClientRect().top < 0) main.scrollIntoView({ block: "start" });
  }

  count();

  // --- what the reader does ---------------------------------------------------------------------

  const fields = () => [...form.querySelectorAll("input, select")];
  const states = (some) => new Map(some.map((field) => [field, state(field)]));

  // Send `some` fields as the form would be sent, without what is empty.
  // A radius waits for the city that it is around.
  function send(options, asked = fields()) {
    const given = (field) => (field.type === "checkbox" ? field.checked : field.value.trim());
    const around = asked.some((field) => field.name === "place" && given(field));
    const some = asked.filter((field) => around || field.name !== "radius");
    const heeded = some.filter((field) => field.name && field.value.trim());
    const query = new URLSearchParams(
      heeded
        .filter((field) => field.type !== "checkbox" || field.checked)
        .map((field) => [field.name, field.value]),
    );
    const address = location.pathname + (query.size ? `?${query}` : "");
    show(address, { sent: states(some), ...options });
  }

  // A place that is being typed is not asked for yet.
  const settled = () => fields().filter((field) => !field.matches("[data-suggest]:focus"));

  form.addEventListener("change", (event) => {
    if (!event.target.name || !event.target.matches("select, [type=checkbox], [type=number]")) return;
    send({}, event.target.name === "radius" ? fields() : settled());
  });

  form.addEventListener("input", (event) => {
    if (event.target.name !== "q") return;
    clearTimeout(pause);
    pause = setTimeout(() => {
      const asked = new URLSearchParams(latest.split("?")[1]).get("q") ?? "";
      if (asked === event.target.value.trim()) return;
      send({ typed: true }, settled());
    }, PAUSE);
  });
  form.addEventListener("focusout", () => {
    typing = false;
  });

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || new URL(form.action).pathname !== location.pathname) return;
    event.preventDefault();
    // Who pressed the button wants to see the list; who pressed Enter in a field beside it sees it.
    const stacked = form.querySelector(".filters__summary").offsetParent !== null;
    const inField = document.activeElement.matches("input") && !stacked;
    send({ focus: inField ? "" : "total" });
  });

  region.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.hash) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    let focus = "total";
    if (link.closest(".sorts")) focus = "sorts";
    else if (link.closest(".chips, .filters__actions")) focus = "chips";
    show(link.pathname + link.search, { sent: states(fields()), focus });
  });

  // --- the history ------------------------------------------------------------------------------

  // Where the reader had scrolled to, beside the step of the history that it belongs to.
  let scrolled = 0;
  function remember() {
    clearTimeout(scrolled);
    history.replaceState({ ...history.state, y: scrollY }, "");
  }
  history.scrollRestoration = "manual";
  if (typeof history.state?.y === "number" && !location.hash) {
    scrollTo({ top: history.state.y, behavior: "instant" });
  }
  addEventListener("scroll", () => {
    clearTimeout(scrolled);
    scrolled = setTimeout(() => request || remember(), 150);
  });
  addEventListener("pagehide", remember);
  addEventListener("popstate", (event) => {
    clearTimeout(scrolled);
    const address = location.pathname + location.search;
    const y = event.state?.y ?? null;
    if (address !== shown || request) {
      show(address, { sent: states(fields()), back: y ?? 0 });
    } else if (y !== null) {
      scrollTo({ top: y, behavior: "instant" });
    }
  });
})();
