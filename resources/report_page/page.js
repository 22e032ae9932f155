"use strict";
(() => {
  const STEP = 100, PLACES = 40, PAUSE = 150;
  const at = (id) => document.getElementById(id);
  const nav = at("nav_list"), opener = at("nav_open"), search = at("search"), report = at("report");
  document.body.classList.add("scripted");

  // ---- the contents at the side: the part one reads is marked, and what stands below it is unfolded

  opener.addEventListener("click", () => {
    const open = nav.classList.toggle("open");
    opener.setAttribute("aria-expanded", String(open));
  });
  const entries = new Map([...nav.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  nav.addEventListener("click", () => { nav.classList.remove("open"); opener.setAttribute("aria-expanded", "false"); });
  const heads = [...report.querySelectorAll("h2[id], h3[id], h4[id], h5[id], h6[id], #segments")];
  let here = null;

  function reached() {
    let last = null;
    for (let low = 0, high = heads.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      if (heads[middle].getBoundingClientRect().top < 120) { last = heads[middle]; low = middle + 1; } else high = middle - 1;
    }
    const link = last && entries.get(last.id);
    if (link === here) return;
    here?.removeAttribute("aria-current");
    here?.closest("#nav_list > li").classList.remove("here");
    here = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    link.closest("#nav_list > li").classList.add("here");
    const box = nav.getBoundingClientRect(), own = link.getBoundingClientRect();
    if (own.top < box.top || own.bottom > box.bottom) nav.scrollTop += own.top - box.top - box.height / 3;
  }
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; reached(); });
  }, { passive: true });
  reached();

  // ---- the passages behind a number

  const panel = at("panel");
  if (!panel) { search.hidden = true; return; }
  const list = at("panel_list"), more = at("panel_more"), field = at("panel_filter"), places = at("panel_places");
  const choices = ["who", "code", "way"].map((name) => at("panel_" + name));
  const counts = [...document.querySelectorAll("a.count")];
  const grouped = (number) => number.toLocaleString(document.documentElement.lang);
  const told = (number) => number === 1 ? list.dataset.one : list.dataset.many.replace("#", grouped(number));
  const articles = at("segments").getElementsByTagName("article");
  // the lists of all figures are text until one is asked for
  const listed = new Map();
  for (const found of document.querySelector("noscript")?.textContent.matchAll(/<section class="list" id="(c\d+)">([^]*?)<\/section>/g) ?? [])
    listed.set("#" + found[1], found[2]);
  let opened = null, found = [], shown = 0;

  const facts = new Map();
  function of(article) {
    let known = facts.get(article);
    if (!known) {
      // by class alone: a search by several names costs milliseconds for each of twenty thousand segments
      const said = (name) => Array.from(article.getElementsByClassName(name), (one) => one.textContent);
      known = {
        who: said("w"),
        code: said("k"),
        way: said("v"),
        text: article.textContent.toLocaleLowerCase(),
      };
      facts.set(article, known);
    }
    return known;
  }

  const behind = (link) => link
    ? [...listed.get(link.hash).matchAll(/href="#(p\d+)"/g)].map((one) => at(one[1]))
    : [...articles];

  function offer() {
    for (const choice of choices) {
      const name = choice.id.slice(6), numbers = new Map();
      for (const article of opened.all) for (const one of of(article)[name]) numbers.set(one, (numbers.get(one) ?? 0) + 1);
      choice.length = 1;
      for (const [one, number] of numbers) choice.add(new Option(`${one} (${grouped(number)})`, one));
      choice.hidden = numbers.size < 2;
    }
  }

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
    mark();
  }

  function fill() {
    const wanted = field.value.trim().toLocaleLowerCase();
    const asked = choices.map((choice) => [choice.id.slice(6), choice.value]).filter(([, value]) => value);
    const narrowed = Boolean(wanted || asked.length);
    found = opened.all.filter((article) => {
      const known = of(article);
      return (!wanted || known.text.includes(wanted)) && asked.every(([name, value]) => known[name].includes(value));
    });
    const every = told(opened.all.length);
    at("panel_count").textContent = narrowed
      ? list.dataset.some.replace("##", every).replace("#", grouped(found.length)) : every;
    list.replaceChildren();
    places.replaceChildren();
    if (!opened.link && wanted) places.append(...whereSaid(wanted));
    shown = 0;
    grow();
    if (!found.length) list.textContent = list.dataset.none;
    panel.scrollTop = 0;
  }

  // ---- where else in the report a word stands

  function whereSaid(wanted) {
    const made = [];
    let heading = null, above = null;
    for (const part of report.children) {
      if (part.id === "segments" || part.tagName === "NOSCRIPT") continue;
      if (/^H\d$/.test(part.tagName)) heading = part;
      if (/^H[12]$/.test(part.tagName)) above = part;
      if (!part.textContent.toLocaleLowerCase().includes(wanted)) continue;
      const caption = part.querySelector(".caption, figcaption");
      const target = caption ? part : heading;
      if (!target || made.some((link) => link.hash === "#" + target.id)) continue;
      const link = document.createElement("a");
      link.href = "#" + target.id;
      link.textContent = caption ? caption.textContent
        : [...new Set([above, heading])].map((one) => one.textContent).join(" › ");
      made.push(link);
      if (made.length === PLACES) break;
    }
    return made;
  }

  function mark() {
    if (!globalThis.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("found");
    const wanted = field.value.trim().toLocaleLowerCase();
    if (panel.hidden || !wanted) return;
    const ranges = [];
    const roots = opened.link ? [list] : [list, ...[...report.children].filter((one) => one.id !== "segments")];
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && ranges.length < 2000) {
        const text = walker.currentNode.data.toLocaleLowerCase();
        for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + wanted.length)) {
          if (from + wanted.length > walker.currentNode.length) break;
          const range = new Range();
          range.setStart(walker.currentNode, from);
          range.setEnd(walker.currentNode, from + wanted.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  // ---- opening, closing, going on

  /** Show what stands behind `link`, or (null) every coded segment; what one looks at stays where it is. */
  function open(link, words = "") {
    const before = link?.getBoundingClientRect().top;
    opened?.link?.classList.remove("open");
    opened = { link, all: behind(link) };
    link?.classList.add("open");
    at("panel_title").textContent = link ? `${link.title}: ${link.textContent}` : list.dataset.all;
    at("panel_rule").hidden = !link;
    field.value = words;
    const place = counts.indexOf(link);
    at("panel_before").disabled = place <= 0;
    at("panel_after").disabled = place < 0 || place >= counts.length - 1;
    panel.hidden = false;
    document.body.classList.add("reading");
    offer();
    fill();
    if (!link) return;
    scrollBy({ top: link.getBoundingClientRect().top - before, behavior: "instant" });
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
    panel.focus({ preventScroll: true });
  }

  function shut() {
    if (!opened) return;
    const link = opened.link;
    link?.classList.remove("open");
    opened = null;
    panel.hidden = true;
    document.body.classList.remove("reading");
    mark();
    if (!link) return;
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // The address says what is open, so that Back and Forward work and a place can be sent to somebody.
  let staying = false;
  places.addEventListener("click", (event) => { staying = event.target.tagName === "A" && innerWidth >= 1000; });
  function follow() {
    const link = /^#s\d+$/.test(location.hash) ? at("n" + location.hash.slice(2)) : null;
    if (link) open(link);
    else if (location.hash === "#all") { open(null); field.focus(); }
    else if (staying) staying = false;
    else shut();
  }

  function close() {
    if (!opened) return;
    const { link } = opened;
    if (!link) search.value = "";
    try { history.pushState(null, "", "#" + (link ? link.id : "report")); } catch { location.hash = "report"; }
    shut();
  }

  function step(by) {
    const next = opened?.link && counts[counts.indexOf(opened.link) + by];
    if (next) location.hash = "s" + next.id.slice(1);
  }

  report.addEventListener("click", (event) => {
    const link = event.target.closest("a.count");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const hash = "#s" + link.id.slice(1);
    if (location.hash === hash) open(link); else location.hash = hash;
  });
  for (const link of document.querySelectorAll("a.all")) link.addEventListener("click", (event) => {
    event.preventDefault();
    if (location.hash === "#all") follow(); else location.hash = "all";
  });
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "/" && !typing) { event.preventDefault(); search.focus(); search.select(); }
    else if (event.key === "Escape" && opened) { event.preventDefault(); close(); }
    else if (!typing && opened && panel.contains(event.target)) {
      if (event.key === "ArrowLeft") { event.preventDefault(); step(-1); }
      if (event.key === "ArrowRight") { event.preventDefault(); step(1); }
    }
  });
  let later = 0;
  search.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => {
      if (search.value.trim()) open(null, search.value);
      else if (opened && !opened.link) close();
    }, PAUSE);
  });
  field.addEventListener("input", () => { clearTimeout(later); later = setTimeout(fill, opened.all.length > 2000 ? PAUSE : 0); });
  for (const choice of choices) choice.addEventListener("change", fill);
  more.addEventListener("click", grow);
  at("panel_close").addEventListener("click", close);
  at("panel_before").addEventListener("click", () => step(-1));
  at("panel_after").addEventListener("click", () => step(1));
  follow();
})();
