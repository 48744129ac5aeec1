// Shows below each Markdown box what the site would make of it. The server renders.
(() => {
  "use strict";

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
    box.after(view);

    let timer = 0;
    let asked = 0;
    async function refresh() {
      const turn = ++asked;
      view.hidden = !box.value.trim();
      if (view.hidden) return;
      const data = new FormData();
      data.append("text", box.value);
      data.append("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
      try {
        const response = await fetch(box.dataset.markdownPreview, { method: "POST", body: data });
        const answer = await response.text();
        if (turn !== asked) return;
        view.classList.toggle("markdown-preview--wrong", !response.ok);
        if (response.ok) body.innerHTML = answer; // sanitised by the renderer of the site
        else body.textContent = response.status === 400 ? answer : "No preview: the server refused.";
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
})();
