"use strict";
(() => {
  const STEP = 100;
  const at = (id) => document.getElementById(id);
  const panel = at("panel"), list = at("panel_list"), more = at("panel_more"), field = at("panel_filter");
  const counts = [...document.querySelectorAll("a.count")];
  if (!counts.length) return;
  document.body.classList.add("scripted");
  const grouped = (number) => number.toLocaleString(document.documentElement.lang);
  let opened = null, found = [], shown = 0;

  const all = () => [...opened.section.querySelectorAll("li > a")].map((link) => at(link.hash.slice(1)));

  function grow() {
    const part = document.createDocumentFragment();
    for (const article of found.slice(shown, shown + STEP)) {
      const copy = article.cloneNode(true);
      copy.removeAttribute("id");
      part.append(copy);
    }
    shown = Math.min(shown + STEP, found.length);
    list.append(part);
    more.hidden = shown >= found.length;
  }

  function fill() {
    const wanted = field.value.trim().toLocaleLowerCase();
    const every = all();
    found = wanted ? every.filter((one) => one.textContent.toLocaleLowerCase().includes(wanted)) : every;
    const told = every.length === 1 ? list.dataset.one : list.dataset.many.replace("#", grouped(every.length));
    at("panel_count").textContent = wanted
      ? list.dataset.some.replace("##", told).replace("#", grouped(found.length)) : told;
    list.replaceChildren();
    shown = 0;
    grow();
    panel.scrollTop = 0;
  }

  function open(section, link) {
    if (opened) opened.link.classList.remove("open");
    opened = { section, link };
    link.classList.add("open");
    at("panel_title").textContent = section.querySelector("h3").textContent;
    field.value = "";
    const place = counts.indexOf(link);
    at("panel_before").disabled = place <= 0;
    at("panel_after").disabled = place >= counts.length - 1;
    panel.hidden = false;
    document.body.classList.add("reading");
    fill();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
    panel.focus({ preventScroll: true });
  }

  function shut() {
    if (!opened) return;
    opened.link.classList.remove("open");
    opened.link.focus({ preventScroll: true });
    opened = null;
    panel.hidden = true;
    document.body.classList.remove("reading");
  }

  // The address says what is open, so that Back and Forward work and a place can be sent to somebody.
  let asked = null;
  function follow() {
    const section = /^#c\d+$/.test(location.hash) ? at(location.hash.slice(1)) : null;
    if (!section) return shut();
    const links = counts.filter((link) => link.hash === location.hash);
    if (!links.length) return;
    open(section, links.includes(asked) ? asked : links[0]);
  }

  function close() {
    if (!opened) return;
    const link = opened.link;
    if (!link.id) link.id = "n" + counts.indexOf(link);
    location.hash = link.id;
  }

  function step(by) {
    const next = opened && counts[counts.indexOf(opened.link) + by];
    if (!next) return;
    if (next.hash === opened.link.hash) open(opened.section, next);
    else next.click();
  }

  for (const link of counts) link.addEventListener("click", () => { asked = link; if (link.hash === location.hash) follow(); });
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (!opened || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.target !== field && panel.contains(event.target)) {
      if (event.key === "ArrowLeft") { event.preventDefault(); step(-1); }
      if (event.key === "ArrowRight") { event.preventDefault(); step(1); }
    }
  });
  field.addEventListener("input", fill);
  more.addEventListener("click", grow);
  at("panel_close").addEventListener("click", close);
  at("panel_before").addEventListener("click", () => step(-1));
  at("panel_after").addEventListener("click", () => step(1));
  follow();
})();
