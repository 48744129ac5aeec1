// Names the admin's fields that the stock pages leave to the eye.
// select2 draws a box of its own beside the hidden select and names it by its value alone; a
// table names its fields by the column alone; a split instant has one label for two boxes.
"use strict";
{
  const clean = (text) => text.trim().replace(/:$/, "");

  function column(field) {
    const cell = field.closest(".tabular tbody td");
    const head = cell?.closest("table").tHead.rows[0].cells[cell.cellIndex];
    return head ? clean(head.textContent).replace(/\?$/, "") : "";
  }
  function label(field) {
    const own = document.querySelector(`label[for="${field.id}"]`);
    return own ? clean(own.textContent) : column(field);
  }
  function nameBox(box) {
    const select = box.closest(".select2-container")?.previousElementSibling;
    const text = select && label(select);
    if (!text) return;
    box.setAttribute("aria-label", text);
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", text);
    const shown = box.querySelector(".select2-selection__rendered");
    shown?.removeAttribute("title");
    // Its list also holds a button, which a list may not; its other form is a text box.
    if (shown?.matches("ul")) shown.setAttribute("role", "none");
    else shown?.setAttribute("aria-label", text);
  }
  function nameCell(field) {
    const text = column(field);
    if (text && field.type !== "hidden") field.setAttribute("aria-label", text);
  }
  function nameInstant(field) {
    const whole = field.closest(".form-row")?.querySelector("label, legend");
    const part = field.classList.contains("vDateField") ? "date" : "time";
    if (whole) field.setAttribute("aria-label", `${clean(whole.textContent)}, ${part}`);
  }
  function uncover(head) {
    const cell = document.createElement("td");
    cell.className = head.className;
    head.replaceWith(cell);
  }
  // A table without a field or link scrolls on a narrow screen, so the keyboard must reach it.
  function makeReachable(group) {
    const stops = group.querySelectorAll("a[href], button, select, textarea, input");
    if ([...stops].some((one) => one.checkVisibility())) return;
    group.tabIndex = 0;
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", group.querySelector(".inline-heading")?.textContent.trim());
  }
  function nameAll() {
    document.querySelectorAll(".inline-group").forEach(makeReachable);
    for (const head of document.querySelectorAll(".tabular thead th")) {
      if (!head.textContent.trim() && !head.children.length) uncover(head);
    }
    document.querySelectorAll(".tabular tbody :is(input, select, textarea)").forEach(nameCell);
    document.querySelectorAll(".datetime :is(.vDateField, .vTimeField)").forEach(nameInstant);
    document.querySelectorAll(".select2-selection").forEach(nameBox);
  }
  window.addEventListener("load", () => {
    nameAll();
    new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  });
}
