// Keeps postings in this browser: a list of at most 200 in localStorage, a Keep button on each
// card and posting, the number in the head of the page, and what /jobs/kept/ shows.
(() => {
  "use strict";

  const KEY = "kept postings";
  const LIMIT = 200;
  const PAGE = "/jobs/kept/";
  const ENDED = {
    closed: "Closed",
    expired: "Expired",
    unconfirmed: "Lapsed",
    withdrawn: "Withdrawn",
    open: "Open again",
  };

  // What stands there may be older than this script or written by another one.
  function read() {
    let found = null;
    try {
      found = JSON.parse(localStorage.getItem(KEY));
    } catch {
      return [];
    }
    const list = new Map();
    for (const one of Array.isArray(found) ? found : []) {
      if (Number.isSafeInteger(one?.id) && one.id > 0 && list.size < LIMIT) {
        const title = typeof one.title === "string" ? one.title.slice(0, 300) : "";
        const seen = Object.hasOwn(ENDED, one.seen) ? one.seen : "open";
        list.set(one.id, { id: one.id, title, seen });
      }
    }
    return [...list.values()];
  }
  function write(list) {
    try {
      localStorage.setItem(KEY, JSON.stringify(list));
      return true;
    } catch {
      return false;
    }
  }

  function element(name, className, text = "") {
    const one = document.createElement(name);
    one.className = className;
    one.textContent = text;
    return one;
  }

  // --- a word to the reader, seen and heard -----------------------------------------------------

  const word = element("div", "kept-word");
  word.setAttribute("role", "status");
  function say(text, label = "", act = null) {
    word.replaceChildren();
    if (!text) return;
    word.append(element("span", "", text));
    if (!act) return;
    const button = element("button", "kept-word__act", label);
    button.type = "button";
    button.addEventListener("click", () => {
      say("");
      act();
    });
    word.append(button);
  }

  // --- the buttons --------------------------------------------------------------------------------

  const box = document.querySelector("[data-kept]");
  const own = box?.dataset.kept === "own" ? box : null;

  function titleOf(holder) {
    const heading = holder.querySelector("h1, .card__title");
    const company = holder.querySelector(".card__company, .posting__where a");
    const words = [heading?.textContent.trim(), company?.textContent.trim().replace(/^@ /, "")];
    return words.filter(Boolean).join(" @ ");
  }
  function buttonFor(holder, id) {
    const removes = own?.contains(holder);
    const button = element("button", removes ? "keep keep--removes" : "keep");
    button.type = "button";
    button.dataset.id = id;
    call(button, removes ? "Remove" : "Keep", holder);
    return button;
  }
  function call(button, word, holder) {
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${titleOf(holder)}`);
  }
  function decorate() {
    for (const card of document.querySelectorAll("li.card[data-posting]")) {
      if (card.querySelector(".keep") || card.closest(".gallery")) continue;
      card.classList.add("card--keeps");
      card.querySelector(".card__title")?.after(buttonFor(card, card.dataset.posting));
    }
    const posting = document.querySelector("[data-keep]");
    if (posting && !posting.querySelector(".keep")) {
      const line = element("p", "posting__keep");
      line.append(buttonFor(posting, posting.dataset.keep));
      posting.querySelector(".posting__head")?.append(line);
    }
    sync();
  }

  const counter = element("li", "site-nav__kept");
  counter.append(element("a", ""));
  counter.firstChild.href = PAGE;
  if (location.pathname === PAGE) counter.firstChild.setAttribute("aria-current", "page");
  const here = document.querySelector(".site-nav__list [aria-current]");

  function sync() {
    const list = read();
    const ids = new Set(list.map((one) => String(one.id)));
    for (const button of document.querySelectorAll(".keep:not(.keep--removes)")) {
      const kept = ids.has(button.dataset.id);
      if (button.getAttribute("aria-pressed") === String(kept)) continue;
      button.setAttribute("aria-pressed", String(kept));
      call(button, kept ? "Kept" : "Keep", button.closest("[data-posting], [data-keep]"));
    }
    counter.firstChild.textContent = `Kept (${list.length})`;
    if (list.length) document.querySelector(".site-nav__list")?.append(counter);
    else counter.remove();
    // Of two links that lead here one is enough to be marked.
    if (box && list.length) here?.removeAttribute("aria-current");
    else if (box) here?.setAttribute("aria-current", "true");
  }

  function toggle(button) {
    const holder = button.closest("[data-posting], [data-keep]");
    const id = Number(button.dataset.id);
    let list = read();
    if (list.some((one) => one.id === id)) list = list.filter((one) => one.id !== id);
    else if (list.length >= LIMIT) {
      say(`${LIMIT} postings are kept already. Remove one of them first.`);
      return;
    } else {
      list.push({ id, title: titleOf(holder), seen: holder.dataset.standing ?? "open" });
    }
    say(write(list) ? "" : "This browser has no room left to keep it.");
    sync();
  }

  function remove(button) {
    const id = Number(button.dataset.id);
    const before = read();
    const title = before.find((one) => one.id === id)?.title || `Posting ${id}`;
    const buttons = [...own.querySelectorAll(".keep")];
    const at = buttons.indexOf(button);
    write(before.filter((one) => one.id !== id));
    const list = button.closest(".cards");
    button.closest("[data-posting]").remove();
    if (!list.children.length) list.closest("section").remove();
    const next = buttons[at + 1] ?? buttons[at - 1];
    (next ?? document.getElementById("main")).focus();
    if (!next) own.replaceChildren(...empty);
    sync();
    say(`Removed: ${title}`, "Undo", async () => {
      const place = before.findIndex((one) => one.id === id);
      const now = read().filter((one) => one.id !== id);
      now.splice(place, 0, before[place]);
      write(now);
      sync();
      await show();
      own.querySelector(`.keep[data-id="${id}"]`)?.focus();
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".keep");
    if (!button) return;
    if (button.classList.contains("keep--removes")) remove(button);
    else toggle(button);
  });

  // --- the page of what is kept ---------------------------------------------------------------

  const empty = own ? [...own.childNodes] : [];

  // Put on the page what its answer leaves open, and remember how each posting stands now.
  function lay(list) {
    const known = new Map(list.map((one) => [String(one.id), one]));
    const standings = new Map();
    for (const card of own.querySelectorAll("[data-posting]")) {
      const one = known.get(card.dataset.posting);
      if (!one) continue;
      const standing = card.dataset.standing ?? "open";
      standings.set(one.id, standing);
      const heading = card.querySelector(".card__title");
      if (standing === "withdrawn" && one.title) heading.textContent = one.title;
      if (standing !== one.seen) {
        heading.after(element("p", "card__news", `${ENDED[standing]} since you last looked`));
      }
    }
    const gone = list.filter((one) => !standings.has(one.id));
    own.querySelector("[data-ignored]")?.closest(".notice").remove();
    if (gone.length) {
      const section = element("section", "");
      const cards = element("ol", "cards");
      for (const one of gone) {
        const card = element("li", "card card--ended");
        card.dataset.posting = one.id;
        card.append(element("h3", "card__title", one.title || `Posting ${one.id}`));
        card.append(element("p", "card__meta", `Number ${one.id} is not on this board.`));
        cards.append(card);
      }
      section.append(element("h2", "", "Unknown"), cards);
      own.append(section);
    }
    write(read().map((one) => ({ ...one, seen: standings.get(one.id) ?? one.seen })));
  }

  async function show() {
    const list = read();
    if (!list.length) {
      own.replaceChildren(...empty);
      return;
    }
    own.setAttribute("aria-busy", "true");
    const address = `${PAGE}?posting=${list.map((one) => one.id).join(",")}`;
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      own.replaceChildren(...page.querySelector("[data-kept]").childNodes);
      lay(list);
      const more = element("p", "");
      const link = element("a", "more-link", "This list as an address, to share or to move");
      link.href = address;
      more.append(link);
      own.append(more);
      decorate();
    } catch {
      const sentence = "The list could not be fetched; it is still kept in this browser.";
      say(sentence, "Try again", show);
    }
    own.removeAttribute("aria-busy");
  }

  // A browser that stores nothing gets no buttons.
  if (!write(read())) return;
  document.body.append(word);
  decorate();
  if (own) show();
  new MutationObserver(decorate).observe(document.getElementById("main"), {
    childList: true,
    subtree: true,
  });
  addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    sync();
    if (own) show();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) sync();
  });
})();
