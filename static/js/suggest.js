// Suggestions while a place is typed, read from the page that finds places without scripts.
(() => {
  "use strict";

  const PAUSE = 200;
  const SHOWN = 8;

  class Suggest {
    constructor(input) {
      this.input = input;
      this.active = -1;
      this.options = [];
      this.list = document.createElement("ul");
      this.list.className = "suggest";
      this.list.id = `${input.id}-list`;
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "Places");
      this.status = document.createElement("p");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      this.list.dataset.made = this.status.dataset.made = "";
      input.after(this.list, this.status);
      for (const [name, value] of [
        ["role", "combobox"],
        ["aria-autocomplete", "list"],
        ["aria-expanded", "false"],
        ["aria-controls", this.list.id],
      ]) {
        input.setAttribute(name, value);
      }
      input.addEventListener("input", () => this.soon());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      // The field keeps the focus while an option is clicked.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(this.options[[...this.list.children].indexOf(option)]);
      });
    }

    soon() {
      clearTimeout(this.timer);
      this.request?.abort();
      const text = this.input.value.trim();
      if (!text) this.close();
      else this.timer = setTimeout(() => this.ask(text), PAUSE);
    }

    async ask(text) {
      this.request = new AbortController();
      const { signal } = this.request;
      try {
        const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
        const answer = await fetch(address, { signal });
        if (!answer.ok) throw new Error(answer.statusText);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!signal.aborted) this.show([...page.querySelectorAll("[data-place]")].slice(0, SHOWN));
      } catch {
        // The field works without suggestions; typed text is sent as it is.
        if (!signal.aborted) this.close();
      }
    }

    show(links) {
      this.options = links.map((link) => ({
        value: link.dataset.place,
        label: link.dataset.label,
        count: link.dataset.open,
        name: link.textContent,
        note: link.parentElement.querySelector(".value-list__note").textContent,
      }));
      this.list.replaceChildren(...this.options.map((option, number) => this.line(option, number)));
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.open(this.options.length > 0 && document.activeElement === this.input);
      const many = this.options.length === 1 ? "1 place" : `${this.options.length} places`;
      this.status.textContent = this.options.length ? `${many} to choose from` : "No such place";
    }

    line(option, number) {
      const line = document.createElement("li");
      line.className = "suggest__option";
      line.id = `${this.list.id}-${number}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      for (const [part, text] of [
        ["name", option.name],
        ["note", option.note],
        ["count", option.count],
      ]) {
        const piece = document.createElement("span");
        piece.className = `suggest__${part}`;
        piece.textContent = text;
        line.append(piece, " ");
      }
      return line;
    }

    key(event) {
      if (event.isComposing) return;
      const { key } = event;
      if (key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        this.close();
      } else if (key === "Enter" && !this.list.hidden && this.active >= 0) {
        event.preventDefault();
        this.choose(this.options[this.active]);
      } else if ((key === "ArrowDown" || key === "ArrowUp") && this.options.length) {
        event.preventDefault();
        if (this.list.hidden) this.open(true);
        this.move(key === "ArrowDown" ? 1 : -1);
      } else if (key === "Tab") {
        this.close();
      }
    }

    // One place more than there are options: the field itself.
    move(step) {
      const places = this.options.length + 1;
      this.active = ((this.active + 1 + step + places) % places) - 1;
      [...this.list.children].forEach((line, number) => {
        line.setAttribute("aria-selected", String(number === this.active));
      });
      const line = this.list.children[this.active];
      if (line) {
        this.input.setAttribute("aria-activedescendant", line.id);
        line.scrollIntoView({ block: "nearest" });
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    open(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
      if (open) this.list.scrollIntoView({ block: "nearest" });
    }

    close() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.open(false);
    }

    // A place is chosen as one more checkbox of the facet, so that the address holds its slug.
    choose(option) {
      const group = this.input.closest("fieldset");
      const known = [...group.querySelectorAll("input[type=checkbox]")];
      let box = known.find((one) => one.name === this.input.name && one.value === option.value);
      if (!box) {
        const label = document.createElement("label");
        box = document.createElement("input");
        box.type = "checkbox";
        box.name = this.input.name;
        box.value = option.value;
        const name = document.createElement("span");
        name.textContent = option.label;
        label.append(box, name);
        this.input.closest(".field--suggest").after(label);
      }
      box.closest("label").hidden = false;
      box.checked = true;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      this.input.value = "";
      this.options = [];
      this.close();
      this.status.textContent = `${option.label} is chosen`;
    }
  }

  // An update of the list may bring a field, and empties one whose place was asked for.
  const known = new Map();
  function attach() {
    for (const input of document.querySelectorAll("input[data-suggest]")) {
      if (!known.has(input)) known.set(input, new Suggest(input));
      else if (!input.value) known.get(input).close();
    }
  }
  attach();
  document.addEventListener("list:updated", attach);
})();
