// Small comforts. Every page works without them.
(() => {
  "use strict";
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      const search = document.getElementById("search");
      if (search) { event.preventDefault(); search.focus(); }
    }
    if (event.key === "Escape") {
      const menu = event.target.closest("details.menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
      const suggestions = document.getElementById("suggestions");
      if (suggestions) { suggestions.replaceChildren(); }
    }
  });

  // Where there is a keyboard, the search tells its key.
  const search = document.getElementById("search");
  if (search && window.matchMedia("(hover: hover)").matches) { search.placeholder = search.dataset.widePlaceholder; }

  // One menu at a time, and a click elsewhere closes it.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) { menu.open = false; }
    }
  });

  // Columns that nobody chose, and filters left empty, are not put in the address.
  const untouched = (form) => {
    const boxes = [...form.querySelectorAll("input[name=columns][data-default]")];
    return boxes.every((box) => box.checked === box.defaultChecked);
  };
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id !== "filters") { return; }
    const parameters = event.detail.parameters;
    if (untouched(event.detail.elt)) { delete parameters.columns; }
    for (const key of Object.keys(parameters)) { if (parameters[key] === "") { delete parameters[key]; } }
  });

  // After a swap: what changed is read out, and the focus is never lost.
  document.addEventListener("htmx:afterSettle", (event) => {
    const announcer = document.getElementById("announcer");
    const said = event.target.querySelector("[data-announce]");
    if (announcer && said) { announcer.textContent = said.textContent.trim(); }
    if (document.activeElement === document.body && event.target.id) {
      event.target.setAttribute("tabindex", "-1");
      event.target.focus({ preventScroll: true });
    }
  });

  // Text that holds what is kept on one line, or has several lines, stands as one value beside its label.
  const asOne = (cell) => {
    if (!cell.querySelector(":scope:not(:has(> .badge)) > :is(.nowrap, br)")) { return; }
    const value = document.createElement("span");
    value.append(...cell.childNodes);
    cell.append(value);
  };

  // Every table with one row of headings can be shown as cards on a phone; a matrix stays a matrix.
  const asCards = (root) => {
    for (const table of root.querySelectorAll(".table-scroll > table:not([data-cards], .matrix)")) {
      const heads = [...table.querySelectorAll("thead th")];
      const rows = [...table.querySelectorAll("tbody tr")];
      if (table.tHead?.rows.length !== 1 || rows.some((row) => row.cells.length !== heads.length)) { continue; }
      for (const row of rows) {
        [...row.cells].forEach((cell, place) => {
          if (place === 0) { cell.dataset.heading = ""; } else { cell.dataset.label = heads[place].textContent.trim(); asOne(cell); }
          if (cell.textContent.trim() === "–") { cell.dataset.empty = ""; }
        });
      }
      for (const [list, role] of [[[table], "table"], [table.tHead.rows, "row"], [heads, "columnheader"], [rows, "row"], [table.querySelectorAll("tbody td"), "cell"], [table.querySelectorAll("tbody th"), "rowheader"], [table.querySelectorAll("thead, tbody"), "rowgroup"]]) {
        for (const each of list) { each.setAttribute("role", role); }
      }
      for (const head of heads) { head.dataset.fixed = ""; }
      table.dataset.cards = "";
    }
  };
  asCards(document);
  document.addEventListener("htmx:afterSettle", (event) => asCards(event.target));

  // On a phone the filters are folded until they are used, and long parts until they are asked for; without script they
  // stand open.
  const wide = window.matchMedia("(min-width: 62.01rem)");
  let isPrinting = false;
  const fold = () => {
    if (isPrinting) { return; }
    for (const each of document.querySelectorAll(".filter-fold")) {
      const isUsed = [...new FormData(each.querySelector("form"))].some(([key, value]) => !["columns", "day"].includes(key) && value !== "" && value !== "unknown");
      each.open = wide.matches || isUsed;
    }
    for (const each of document.querySelectorAll(".phone-fold")) { each.open = wide.matches; }
  };
  wide.addEventListener("change", fold);
  fold();

  // Paper is light and has every part, whatever the screen is.
  const scheme = document.documentElement.dataset.colorScheme;
  window.addEventListener("beforeprint", () => {
    isPrinting = true;
    document.documentElement.dataset.colorScheme = "light";
    for (const each of document.querySelectorAll(".phone-fold")) { each.open = true; }
  });
  window.addEventListener("afterprint", () => {
    isPrinting = false;
    document.documentElement.dataset.colorScheme = scheme;
    fold();
  });

  // A file field takes what is dropped on it by itself; here it only shows that it will.
  for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, (event) => {
      const area = event.target instanceof Element && event.target.closest(".drop");
      if (area) { area.toggleAttribute("data-over", over); }
    });
  }

  const errors = document.getElementById("errors");
  if (errors) { errors.focus(); }

  // Whoever is still for so long that the session soon is over is warned while what they write can be saved.
  const idle = document.getElementById("idle");
  if (idle) {
    const warnBefore = 5 * 60;
    let waiting;
    const begin = () => {
      clearTimeout(waiting);
      idle.hidden = true;
      waiting = setTimeout(() => { idle.hidden = false; }, Math.max(1, Number(idle.dataset.seconds) - warnBefore) * 1000);
    };
    const form = idle.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" }).then(
        (answer) => { if (answer.ok) { begin(); } },
        () => {},
      );
    });
    document.addEventListener("htmx:afterRequest", begin);
    begin();
  }
})();
