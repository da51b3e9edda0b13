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

  const errors = document.getElementById("errors");
  if (errors) { errors.focus(); }
})();
