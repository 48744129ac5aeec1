// Turns "Show all 143" of a long facet into a field that searches those values, read from the page
// that the link leads to. What is found joins the checkboxes of the facet; what is not is hidden.
(() => {
  "use strict";

  const PAUSE = 250;
  const words = (count) => Number(count).toLocaleString("en-GB");
  const focused = (box) => box === document.activeElement;

  class FacetSearch {
    constructor(link) {
      this.link = link;
      this.name = link.dataset.facetSearch;
      this.more = link.closest(".facet__more");
      this.group = link.closest("fieldset");
      const field = document.createElement("div");
      field.className = "field facet__find";
      field.dataset.made = "";
      const label = document.createElement("label");
      label.className = "field__label";
      label.textContent = link.dataset.label;
      this.input = document.createElement("input");
      this.input.type = "search";
      this.input.autocomplete = "off";
      this.input.maxLength = 100;
      this.input.id = `find-${this.name}`;
      label.htmlFor = this.input.id;
      this.status = document.createElement("p");
      this.status.className = "field__help";
      this.status.setAttribute("role", "status");
      field.append(label, this.input, this.status);
      this.boxes[0].closest("label").before(field);
      this.field = field;
      this.input.addEventListener("input", () => this.soon());
      this.input.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        if (event.key === "Enter") {
          // Enter searches at once; the form is sent by its own button.
          event.preventDefault();
          this.now();
        } else if (event.key === "Escape" && this.input.value) {
          event.preventDefault();
          this.input.value = "";
          this.soon();
        }
      });
    }

    get boxes() {
      return [...this.group.querySelectorAll("input[type=checkbox]")].filter(
        (box) => box.name === this.name,
      );
    }

    soon() {
      clearTimeout(this.timer);
      this.request?.abort();
      if (this.input.value.trim()) this.timer = setTimeout(() => this.ask(), PAUSE);
      else this.reset();
    }

    now() {
      clearTimeout(this.timer);
      this.request?.abort();
      if (this.input.value.trim()) this.ask();
    }

    async ask() {
      this.request = new AbortController();
      const { signal } = this.request;
      const address = new URL(this.link.href);
      address.searchParams.set("find", this.input.value.trim());
      try {
        const answer = await fetch(address, { signal });
        if (!answer.ok) throw new Error(answer.statusText);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!signal.aborted) this.show(page);
      } catch {
        if (!signal.aborted) this.status.textContent = "The search does not answer; try again.";
      }
    }

    show(page) {
      const links = [...page.querySelectorAll(`a[data-facet="${this.name}"]`)];
      const found = new Map(links.map((link) => [link.dataset.value, link]));
      for (const box of this.boxes) {
        const label = box.closest("label");
        const count = label.querySelector("small");
        if (found.has(box.value)) count.textContent = words(found.get(box.value).dataset.count);
        label.hidden = !found.has(box.value) && !box.checked && !focused(box);
        if (label.hidden && "made" in label.dataset) label.remove();
        found.delete(box.value);
      }
      for (const link of found.values()) this.more.before(this.line(link));
      const total = Number(page.querySelector("[data-values]").dataset.values);
      const many = total === 1 ? "1 value found" : `${total} values found`;
      const shown = links.length < total ? `, the first ${links.length} are shown` : "";
      this.status.textContent = many + shown;
    }

    line(link) {
      const label = document.createElement("label");
      label.dataset.made = "";
      const box = document.createElement("input");
      box.type = "checkbox";
      box.name = this.name;
      Object.assign(box.dataset, link.dataset);
      box.value = link.dataset.value;
      const name = document.createElement("span");
      name.textContent = link.querySelector(".value-list__name").textContent;
      const count = document.createElement("small");
      count.textContent = words(link.dataset.count);
      label.append(box, name, " ", count);
      return label;
    }

    // After an update of the list: the same search among the values that it has now.
    renew() {
      clearTimeout(this.timer);
      this.request?.abort();
      if (this.input.value.trim()) this.ask();
      else this.reset();
    }

    remove() {
      this.input.value = "";
      this.renew();
      this.field.remove();
    }

    reset() {
      for (const box of this.boxes) {
        const label = box.closest("label");
        if ("made" in label.dataset && !box.checked && !focused(box)) label.remove();
        else label.hidden = false;
      }
      this.status.textContent = "";
    }
  }

  // An update of the list renews the values, and may make a facet long or short.
  const known = new Map();
  function attach() {
    for (const [link, search] of known) {
      if (link.isConnected && "facetSearch" in link.dataset) continue;
      search.remove();
      known.delete(link);
    }
    for (const link of document.querySelectorAll("[data-facet-search]")) {
      if (known.has(link)) known.get(link).renew();
      else known.set(link, new FacetSearch(link));
    }
  }
  attach();
  document.addEventListener("list:updated", attach);
})();
