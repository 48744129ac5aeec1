// Shows below each Markdown box what the site would make of it, and how many words that is. The
// server renders and counts.
(() => {
  "use strict";

  const say = (words) => `${words.toLocaleString("en")} ${words === 1 ? "word" : "words"}`;

  function count(box, words) {
    box.dataset.words = words;
    box.parentElement.querySelector(":scope > .words").textContent = say(words);
    countAll();
  }
  function countAll() {
    const heading = document.getElementById("sections-heading");
    if (!heading) return;
    const boxes = [...document.querySelectorAll("#sections-group textarea[data-previewed]")];
    let total = heading.querySelector(".words");
    if (!total) {
      total = document.createElement("span");
      total.className = "words";
      heading.append(" ", total);
    }
    total.textContent = `(${say(boxes.reduce((sum, box) => sum + Number(box.dataset.words), 0))})`;
  }

  function attach(box) {
    if (box.dataset.previewed || box.name.includes("__prefix__")) return;
    box.dataset.previewed = "true";
    const view = document.createElement("div");
    view.className = "markdown-preview";
    view.hidden = true;
    const title = document.createElement("p");
    title.className = "markdown-preview__title";
    title.textContent = "As readers will see it";
    const body = document.createElement("div");
    view.append(title, body);
    const words = document.createElement("p");
    words.className = "words";
    const frame = document.createElement("div");
    frame.className = "markdown-box";
    box.before(frame);
    frame.append(box, words, view);
    count(box, Number(box.dataset.words ?? 0));

    let timer = 0;
    let asked = 0;
    async function refresh() {
      const turn = ++asked;
      view.hidden = !box.value.trim();
      if (view.hidden) {
        count(box, 0);
        return;
      }
      const data = new FormData();
      data.append("text", box.value);
      data.append("guide", document.querySelector("[data-guide]")?.dataset.guide ?? "");
      data.append("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
      try {
        const response = await fetch(box.dataset.markdownPreview, { method: "POST", body: data });
        const answer = await response.text();
        if (turn !== asked) return;
        view.classList.toggle("markdown-preview--wrong", !response.ok);
        if (response.ok) {
          body.innerHTML = answer; // sanitised by the renderer of the site
          count(box, Number(response.headers.get("X-Words")));
        } else body.textContent = response.status === 400 ? answer : "No preview: the server refused.";
      } catch {
        body.textContent = "No preview: the server did not answer.";
      }
    }
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, 400);
    });
    box.addEventListener("focus", refresh, { once: true });
  }

  function attachAll(root) {
    root.querySelectorAll("textarea[data-markdown-preview]").forEach(attach);
  }
  document.addEventListener("DOMContentLoaded", () => attachAll(document));
  document.addEventListener("formset:added", (event) => attachAll(event.target));
  document.addEventListener("formset:removed", countAll);
})();
