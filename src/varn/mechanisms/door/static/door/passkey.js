// Passkeys: the browser is asked, and its answer is sent with the form. Where it cannot be asked, the form stays hidden
// and what stands beside it is used.
(() => {
  "use strict";
  const can = Boolean(window.PublicKeyCredential && window.webauthnJSON);

  const challenge = async (form) => {
    if (form.dataset.options) { return JSON.parse(form.dataset.options); }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  };

  const ask = async (form) => {
    const options = await challenge(form);
    return form.dataset.passkey === "create" ? window.webauthnJSON.create(options) : window.webauthnJSON.get(options);
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const part = form.closest("[data-passkey-part]");
    const failed = part.querySelector("[data-passkey-failed]");
    part.hidden = !can;
    for (const other of document.querySelectorAll("[data-without-passkey]")) { other.hidden = can; }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        HTMLFormElement.prototype.submit.call(form);
      } catch {
        failed.hidden = false;
        failed.focus();
      }
    });
  }
})();
