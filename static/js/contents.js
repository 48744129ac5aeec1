// Marks in the contents list the section that is being read.
(() => {
  "use strict";

  const links = new Map();
  for (const link of document.querySelectorAll(".guide__contents a")) {
    const heading = document.getElementById(link.hash.slice(1));
    if (heading) links.set(heading, link);
  }
  if (!links.size) return;

  let here = null;
  function follow() {
    // The last heading above a line a third down; at the page's end the last one of all.
    const line = window.innerHeight / 3;
    const end = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
    let found = null;
    for (const heading of links.keys()) {
      if (end || heading.getBoundingClientRect().top <= line) found = heading;
    }
    if (found === here) return;
    links.get(here)?.removeAttribute("aria-current");
    here = found;
    const link = links.get(here);
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const list = link.closest("nav");
    if (list.scrollHeight > list.clientHeight) {
      list.scrollTop = link.offsetTop - list.clientHeight / 2;
    }
  }

  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  }
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  follow();
})();
