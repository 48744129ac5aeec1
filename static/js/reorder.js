// Moves the rows of an inline that have an `order`: by buttons, by keyboard, by a handle. All it
// changes is the numbers in those boxes, which work without it.
"use strict";
{
  const NAMED_BY = ["heading", "role", "to", "skill", "name"];
  const orderOf = (row) => row.querySelector('input[name$="-order"]');
  const live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");

  // A row that was never filled is sent as empty, and stays so only with the number it came with.
  function isBlank(row) {
    if (row.classList.contains("has_original")) return false;
    const empty = row.parentElement.querySelector(":scope > .empty-form");
    const fields = [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
    return fields.every((field) => {
      const name = field.name.replace(/^.*?-\d+-/, "");
      const start = empty?.querySelector(`[name$="-__prefix__-${name}"]`);
      return field === orderOf(row) || field.value === (start?.value ?? "");
    });
  }
  const rowsOf = (group) =>
    [...group.querySelectorAll('input[name$="-order"]')]
      .map((input) => input.closest("tr.form-row, .inline-related"))
      .filter((row) => !row.classList.contains("empty-form"));
  const filled = (group) => rowsOf(group).filter((row) => !isBlank(row));
  // The errors of a row of a table stand in a row before it.
  function nodesOf(row) {
    const before = row.previousElementSibling;
    return before?.classList.contains("row-form-errors") ? [before, row] : [row];
  }
  function nameOf(row) {
    for (const field of NAMED_BY) {
      const box = row.querySelector(`[name$="-${field}"]`);
      const chosen = box?.tagName === "SELECT" ? box.selectedOptions[0] : null;
      const text = chosen ? chosen.value && chosen.text : box?.value;
      if (text?.trim()) return `“${text.trim()}”`;
    }
    return "this row";
  }

  function number(group) {
    const rows = filled(group);
    rows.forEach((row, place) => {
      const order = orderOf(row);
      if (order.value === String(place)) return;
      order.value = place;
      order.dispatchEvent(new Event("input", { bubbles: true }));
    });
    mark(group);
  }
  function mark(group) {
    const rows = filled(group);
    for (const row of rowsOf(group)) {
      const place = rows.indexOf(row);
      const [up, down] = row.querySelectorAll(".reorder button");
      if (!down) continue;
      up.setAttribute("aria-disabled", place <= 0);
      down.setAttribute("aria-disabled", place < 0 || place === rows.length - 1);
      up.setAttribute("aria-label", `Move up ${nameOf(row)}`);
      down.setAttribute("aria-label", `Move down ${nameOf(row)}`);
    }
  }
  // The neighbour moves, not the row: what has the focus or the pointer keeps it.
  function move(row, step) {
    const group = row.closest(".js-inline-admin-formset");
    const rows = filled(group);
    const other = rows[rows.indexOf(row) + step];
    if (!rows.includes(row) || !other) return false;
    if (step < 0) row.after(...nodesOf(other));
    else nodesOf(row)[0].before(...nodesOf(other));
    number(group);
    return true;
  }
  function say(row, moved) {
    const rows = filled(row.closest(".js-inline-admin-formset"));
    const place = rows.indexOf(row) + 1;
    if (!place) live.textContent = "An empty row has no place yet.";
    else if (moved) live.textContent = `${nameOf(row)} is now ${place} of ${rows.length}.`;
    else live.textContent = `${nameOf(row)} is ${place === 1 ? "the first" : "the last"} already.`;
  }

  function drag(row, event) {
    event.preventDefault();
    row.classList.add("reorder--dragged");
    let moved = false;
    function follow({ clientY }) {
      if (clientY < 40) window.scrollBy(0, -20);
      if (clientY > window.innerHeight - 40) window.scrollBy(0, 20);
      const rows = filled(row.closest(".js-inline-admin-formset"));
      const place = rows.indexOf(row);
      if (place < 0) return;
      const middle = (other) => {
        const box = other.getBoundingClientRect();
        return box.top + box.height / 2;
      };
      if (place > 0 && clientY < middle(rows[place - 1])) moved = move(row, -1) || moved;
      else if (place < rows.length - 1 && clientY > middle(rows[place + 1])) {
        moved = move(row, 1) || moved;
      }
    }
    function drop() {
      row.classList.remove("reorder--dragged");
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", drop);
      if (moved) say(row, true);
    }
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", drop);
  }

  function controls(row) {
    if (!orderOf(row) || row.querySelector(".reorder")) return;
    const box = document.createElement("span");
    box.className = "reorder";
    const handle = document.createElement("span");
    handle.className = "reorder__handle";
    handle.textContent = "⠿";
    handle.title = "Drag to move";
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", (event) => drag(row, event));
    box.append(handle);
    for (const [label, step] of [["Move up", -1], ["Move down", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => say(row, move(row, step)));
      box.append(button);
    }
    (row.querySelector(":scope > h3") ?? orderOf(row).parentElement).append(box);
  }

  // A row that gets its first words goes to the end, unless somebody has given it a number.
  function place(event) {
    const row = event.target.closest?.("tr.form-row, .inline-related");
    const order = row && orderOf(row);
    const group = row?.closest(".js-inline-admin-formset");
    if (!order || !group) return;
    if (event.target === order) order.dataset.given = "true";
    else if (!row.classList.contains("has_original") && !order.dataset.given && !isBlank(row)) {
      order.dataset.given = "true";
      const others = filled(group).filter((one) => one !== row);
      const last = Math.max(-1, ...others.map((one) => Number(orderOf(one).value)));
      order.value = last + 1;
    }
    mark(group);
  }

  // The stock script numbers the names of the boxes anew, in the order of the page, when an added
  // row is removed: for that moment the rows stand as their names say.
  function inOrderOf(group, value) {
    const rows = rowsOf(group);
    const sorted = [...rows].sort((a, b) => value(a) - value(b));
    if (sorted.every((row, place) => row === rows[place])) return;
    const end = document.createComment("");
    nodesOf(rows[0])[0].before(end);
    for (const row of sorted) end.before(...nodesOf(row));
    end.remove();
  }
  const byName = (row) => Number(/-(\d+)-order$/.exec(orderOf(row).name)?.[1] ?? 0);
  const byOrder = (row) => (isBlank(row) ? Number.MAX_SAFE_INTEGER : Number(orderOf(row).value));
  function sort(group) {
    const orders = filled(group).map(byOrder);
    if (new Set(orders).size === orders.length) inOrderOf(group, byOrder);
    mark(group);
  }

  window.addEventListener("load", () => {
    const form = document.querySelector(".change-form #content-main > form");
    const groups = [...document.querySelectorAll(".js-inline-admin-formset")].filter(orderOf);
    if (!form || !groups.length) return;
    document.body.append(live);
    for (const group of groups) {
      rowsOf(group).forEach(controls);
      if (document.querySelector(".errornote")) sort(group);
      mark(group);
    }
    document.addEventListener("formset:added", (event) => {
      controls(event.target);
      const group = event.target.closest(".js-inline-admin-formset");
      if (groups.includes(group)) mark(group);
    });
    document.addEventListener(
      "click",
      (event) => {
        const link = event.target.closest?.(".inline-deletelink");
        const group = link?.closest(".js-inline-admin-formset");
        if (!groups.includes(group)) return;
        inOrderOf(group, byName);
        setTimeout(() => sort(group));
      },
      true,
    );
    form.addEventListener("draft:restored", () => groups.forEach(sort));
    window.django.jQuery(form).on("input change", place);
  });
}
