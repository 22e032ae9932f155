"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const place = "telaah-review-" + data.id;
  const name = document.getElementById("name");
  const state = document.getElementById("state");
  let draft = { person: "", name: "", saves: 0, rows: {} };
  let lost = false; // only what this browser could not keep is worth a question before the page closes

  function guid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  try {
    const kept = localStorage.getItem(place);
    if (kept) draft = JSON.parse(kept);
  } catch (error) {
    state.textContent = words.no_draft;
  }
  if (!draft.person) draft.person = guid();

  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify(draft));
      state.textContent = words.kept;
    } catch (error) {
      lost = true;
      state.textContent = words.no_draft;
    }
  }

  function said(table, target, value) {
    const key = table + " " + target;
    const row = draft.rows[key] || { guid: guid(), created: new Date().toISOString(), known: [], saved: null };
    row.value = value;
    row.at = new Date().toISOString();
    draft.rows[key] = row;
    keep();
  }

  function fill() {
    name.value = draft.name;
    for (const key of Object.keys(draft.rows)) {
      const [table, target] = key.split(" ");
      const card = document.getElementById("t-" + target);
      if (!card) continue;
      const value = draft.rows[key].value;
      if (table === "comment") card.querySelector("textarea").value = value;
      else for (const radio of card.querySelectorAll("input[type=radio]")) radio.checked = radio.value === value;
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.type === "radio") said("verdict", event.target.name.slice(2), event.target.value);
  });
  document.addEventListener("click", (event) => {
    if (event.target.type !== "radio") return; // chosen once more, a verdict is taken back
    const row = draft.rows["verdict " + event.target.name.slice(2)];
    if (!row || row.value !== event.target.value) return;
    event.target.checked = false;
    said("verdict", event.target.name.slice(2), "");
  });
  document.addEventListener("input", (event) => {
    if (event.target === name) {
      draft.name = name.value;
      keep();
    } else if (event.target.tagName === "TEXTAREA") {
      said("comment", event.target.closest("article").id.slice(2), event.target.value);
    }
  });

  function rowOf(key, clock) {
    const [table, target] = key.split(" ");
    const row = draft.rows[key];
    const about = data.targets[target];
    const taken = !row.value.trim(); // said before, if there is a version, and taken back
    if (!about || (taken && !row.known.length)) return null;
    if (row.saved !== row.value) {
      row.known.push([clock, draft.person, guid()]);
      row.saved = row.value;
    }
    if (taken) return { table: table, guid: row.guid, known: row.known };
    const values = { target_table: about.table, target_guid: target, coder_id: draft.person };
    if (table === "verdict") Object.assign(values, { verdict: row.value, basis: about.basis, at: row.at });
    else Object.assign(values, { reply_to: null, about: about.about, text: row.value, closed: 0,
      created_at: row.created, modified_at: row.at });
    return { table: table, guid: row.guid, known: row.known, values: values, of: about.of };
  }

  document.getElementById("save").addEventListener("click", () => {
    if (!name.value.trim()) {
      state.textContent = words.name_needed;
      name.focus();
      return;
    }
    draft.name = name.value.trim();
    draft.saves += 1;
    const clock = data.clock + draft.saves;
    const all = Object.keys(draft.rows).map((key) => rowOf(key, clock)).filter((row) => row !== null);
    const rows = all.filter((row) => row.values), removed = all.filter((row) => !row.values);
    if (!all.length) {
      state.textContent = words.nothing;
      return;
    }
    const answers = { "telaah-answers": 1, project: data.project, package: data.id,
      people: [{ guid: draft.person, name: draft.name, role: "supervisor" }], rows: rows, removed: removed };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(answers)], { type: "application/json" }));
    link.download = data.file;
    document.body.append(link);
    link.click();
    link.remove();
    keep();
    lost = false;
    state.textContent = words.saved.replace("{file}", data.file);
  });

  window.addEventListener("beforeunload", (event) => {
    if (lost) event.preventDefault();
  });
  fill();
})();
