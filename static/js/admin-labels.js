// Gives the admin's autocomplete boxes the name of the field they stand for.
// select2 draws a box of its own beside the hidden select and names it by its value alone.
"use strict";
{
  function name(box) {
    const select = box.closest(".select2-container")?.previousElementSibling;
    const label = select && document.querySelector(`label[for="${select.id}"]`);
    if (!label) return;
    const text = label.textContent.trim().replace(/:$/, "");
    box.setAttribute("aria-label", text);
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", text);
    box.querySelector(".select2-selection__rendered")?.removeAttribute("title");
  }
  function nameAll() {
    document.querySelectorAll(".select2-selection").forEach(name);
  }
  window.addEventListener("load", () => {
    nameAll();
    new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  });
}
