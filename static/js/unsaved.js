// Asks before a form of the admin is left whose fields have changed.
"use strict";
{
  const written = (form) => {
    const pairs = [...new FormData(form)].map(([name, value]) => [name, value.name ?? value]);
    return JSON.stringify(pairs);
  };
  function watch(form) {
    // A form that came back with errors was never saved.
    const before = document.querySelector(".errornote") ? "" : written(form);
    let sent = false;
    form.addEventListener("submit", (event) => {
      sent = !event.defaultPrevented;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!sent && written(form) !== before) event.preventDefault();
    });
    // Back from the page that came after: what was sent is in the fields again.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) sent = false;
    });
  }
  window.addEventListener("load", () => {
    const form = document.querySelector(".change-form #content-main > form");
    if (form) watch(form);
  });
}
