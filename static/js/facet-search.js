// Turns "Show all 143" of a long facet into a field that searches those values, read from the page
// that the link leads to. What is found joins the checkboxes of the facet; what is not is hidden.
(() => {
  "use strict";

  const PAUSE = 250;

  class FacetSearch {
    constructor(link) {
      this.link = link;
      this.name = link.dataset.facetSearch;
      this.more = link.closest(".facet__more");
      this.group = link.closest("fieldset");
      const title = link.closest(".facet").querySelector(".facet__name").textContent.trim();
      const field = document.createElement("div");
      field.className = "field facet__find";
      const label = document.createElement("label");
      label.className = "field__label";
      label.textContent = `Find in: ${title}`;
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
        box.closest("label").hidden = !found.has(box.value) && !box.checked;
        if (box.closest("label").hidden && "found" in box.dataset) box.closest("label").remove();
        found.delete(box.value);
      }
      for (const link of found.values()) this.more.before(this.line(link));
      const total = Number(page.querySelector("[data-values]").dataset.values);
      const words = total === 1 ? "1 value found" : `${total} values found`;
      const shown = links.length < total ? `, the first ${links.length} are shown` : "";
      this.status.textContent = words + shown;
    }

    line(link) {
      const label = document.createElement("label");
      label.className = "facet__value";
      const box = document.createElement("input");
      box.type = "checkbox";
      box.name = this.name;
      Object.assign(box.dataset, link.dataset, { found: "" });
      box.value = link.dataset.value;
      const name = document.createElement("span");
      name.textContent = link.querySelector(".value-list__name").textContent;
      const count = document.createElement("span");
      count.className = "facet__count";
      count.textContent = Number(link.dataset.count).toLocaleString("en-GB");
      label.append(box, name, " ", count);
      return label;
    }

    reset() {
      for (const box of this.boxes) {
        const label = box.closest("label");
        if ("found" in box.dataset && !box.checked) label.remove();
        else label.hidden = false;
      }
      this.status.textContent = "";
    }
  }

  for (const link of document.querySelectorAll("[data-facet-search]")) new FacetSearch(link);
})();
