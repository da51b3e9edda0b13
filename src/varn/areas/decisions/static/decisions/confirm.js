// Confirming a §: from a mark in the text to its field and back without losing one's place. The page works without it.
(() => {
  "use strict";
  const form = document.querySelector("form.confirm");
  if (!form) { return; }

  const show = (target) => {
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    const inner = target.querySelector("details");
    if (inner) { inner.open = true; }
    for (const shown of form.querySelectorAll(".is-shown")) { shown.classList.remove("is-shown"); }
    target.classList.add("is-shown");
    target.scrollIntoView({ block: target.closest(".text-scroll") ? "nearest" : "center" });
    const field = target.matches("a, input, textarea, select, [tabindex]") ? target
      : target.querySelector("textarea, select, input:not([type=hidden])");
    if (field) { field.focus({ preventScroll: true }); }
  };

  form.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (target) { event.preventDefault(); show(target); }
  });

  const ticks = [...form.querySelectorAll("[name$=confirmed]")];
  const unsure = form.querySelector("[data-unsure]");
  if (unsure) {
    form.addEventListener("change", () => { unsure.textContent = ticks.filter((tick) => !tick.checked).length; });
  }

  // What has been corrected is not lost by leaving the page without a question.
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) { event.preventDefault(); } });

  // A row that was just added has the focus, once the browser has found its own way to the part.
  window.addEventListener("load", () => {
    const part = location.hash.startsWith("#part-") && document.getElementById(location.hash.slice(1));
    const rows = part ? part.querySelectorAll(".part-row, .lean-row") : [];
    if (rows.length) { setTimeout(() => show(rows[rows.length - 1])); }
  });
})();
