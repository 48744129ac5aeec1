// The page of a run that is not over: fetches itself every two seconds and puts what it says in
// place, until the run is over. Without scripts the link on the page does the same.
"use strict";
{
  const PAUSE = 2_000;
  const LONGEST = 30_000; // between two tries while the server does not answer
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.getElementById("run").before(status);
  let pause = PAUSE;

  async function look() {
    if (document.hidden) return wait();
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(String(response.status));
      const text = await response.text();
      const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("run");
      if (!fresh) return location.reload(); // the log-in has ended
      const old = document.getElementById("run");
      const focused = old.contains(document.activeElement) && document.activeElement.href;
      old.replaceWith(document.adoptNode(fresh));
      if (focused) {
        [...fresh.querySelectorAll("a")].find((link) => link.href === focused)?.focus();
      }
      const said = fresh.querySelector("[data-status]").textContent.trim();
      if (status.textContent !== said) status.textContent = said;
      pause = PAUSE;
      if (!["queued", "running"].includes(fresh.dataset.outcome)) return undefined;
    } catch {
      pause = Math.min(pause * 2, LONGEST);
    }
    return wait();
  }

  function wait() {
    setTimeout(look, pause);
  }

  wait();
}
