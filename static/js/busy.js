// While a form that takes some seconds is on its way: says so, and is sent once.
"use strict";
for (const form of document.querySelectorAll("form[data-busy]")) {
  const said = document.createElement("p");
  said.className = "help";
  said.setAttribute("role", "status");
  form.append(said);
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") event.preventDefault();
    form.ariaBusy = "true";
    said.textContent = form.dataset.busy;
  });
  // The page may come back as it was left.
  addEventListener("pageshow", () => {
    form.ariaBusy = "false";
    said.textContent = "";
  });
}
