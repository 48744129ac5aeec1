// Keeps what is typed in a form of the admin in this browser until it is saved, and offers it
// again: one draft a form and person, for a week. Passwords and files are never kept.
"use strict";
{
  const WEEK = 7 * 24 * 3600 * 1000;
  const SENT = "draft sent";
  const who = document.querySelector("#user-tools strong")?.textContent.trim() ?? "";
  const key = `draft ${who} ${location.pathname}`;
  const secret = /csrfmiddlewaretoken|passw|secret|token/i;
  // Rows are counted by the first; the second tells which text the draft began from.
  const hidden = /-TOTAL_FORMS$|^began_from$/;

  const kept = (field) =>
    field.name &&
    !secret.test(field.name) &&
    !field.name.includes("__prefix__") &&
    !["password", "file", "submit", "button"].includes(field.type) &&
    (field.type !== "hidden" || hidden.test(field.name));

  function valueOf(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    if (field.tagName !== "SELECT") return field.value;
    return [...field.selectedOptions].map((option) => [option.value, option.text]);
  }
  // Of two fields with one name, as radio buttons are, each is known by its value.
  const nameOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);

  function written(form) {
    const fields = [...form.elements].filter(kept);
    return Object.fromEntries(fields.map((field) => [nameOf(field), valueOf(field)]));
  }
  // What was begun from is no part of what was typed.
  const typed = (values) => JSON.stringify({ ...values, began_from: "" });

  function store(name, value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // Full, or refused by the browser: the form works without.
    }
  }
  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function addRows(form, values) {
    for (const name of Object.keys(values).filter((each) => each.endsWith("-TOTAL_FORMS"))) {
      const group = document.getElementById(name.replace("-TOTAL_FORMS", "-group"));
      for (let i = 0; i < 200 && Number(form.elements[name]?.value) < values[name]; i++) {
        group?.querySelector(".add-row a")?.click();
      }
    }
  }
  function put(field, value) {
    if (field.tagName === "SELECT") {
      for (const option of field.options) option.selected = false;
      for (const [one, text] of value) {
        const known = [...field.options].find((option) => option.value === one);
        if (known) known.selected = true;
        else field.add(new Option(text, one, false, true));
      }
    } else if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  function restore(form, values) {
    addRows(form, values);
    for (const field of [...form.elements].filter(kept)) {
      const name = nameOf(field);
      const given = Object.hasOwn(values, name) && !name.endsWith("-TOTAL_FORMS");
      if (given && JSON.stringify(valueOf(field)) !== JSON.stringify(values[name])) {
        put(field, values[name]);
      }
    }
    form.dispatchEvent(new CustomEvent("draft:restored"));
  }

  function offer(form, draft) {
    const box = document.createElement("div");
    box.className = "draft";
    box.setAttribute("role", "status");
    const when = new Date(draft.at).toLocaleString(document.documentElement.lang || "en");
    const text = document.createElement("p");
    text.textContent = `You typed in this form on ${when}, and it was not saved.`;
    const buttons = document.createElement("p");
    for (const [label, act] of [
      ["Put it back", () => restore(form, draft.values)],
      ["Throw it away", () => localStorage.removeItem(key)],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = label;
      button.addEventListener("click", () => {
        box.remove();
        act();
        form.querySelector("input:not([type=hidden])")?.focus();
      });
      buttons.append(button, " ");
    }
    box.append(text, buttons);
    form.before(box);
  }

  function attach(form) {
    const draft = read(key);
    const start = typed(written(form));
    const failed = document.querySelector(".errornote");
    if (draft && (typed(draft.values) === start || Date.now() - draft.at > WEEK)) {
      localStorage.removeItem(key);
    } else if (draft && !failed) offer(form, draft);

    let timer = 0;
    const keep = () => {
      const values = written(form);
      if (typed(values) !== start || failed) store(key, { at: Date.now(), values });
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 500);
    };
    // The boxes of select2 tell jQuery alone.
    window.django.jQuery(form).on("input change", later);
    document.addEventListener("formset:added", later);
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      keep();
      sessionStorage.setItem(SENT, key);
    });
  }

  window.addEventListener("load", () => {
    const sent = sessionStorage.getItem(SENT);
    if (sent && document.querySelector(".messagelist :is(.success, .saved)")) {
      localStorage.removeItem(sent);
      sessionStorage.removeItem(SENT);
    }
    const form = document.querySelector(".change-form #content-main > form");
    if (form && window.django?.jQuery && form.querySelector("[name=csrfmiddlewaretoken]")) {
      attach(form);
    }
  });
}
