// The editor's keys, and what is pasted into it. Enhancement only: each presses a button of the page.
"use strict";

/** Undo and redo by the usual keys; within a field they are the browser's own. */
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches(FIELDS)) return;
  const keys = { z: event.shiftKey ? "redo" : "undo", y: "redo" };
  const button = document.getElementById(keys[event.key.toLowerCase()]);
  if (!button) return;
  event.preventDefault();
  button.click();
});

/** Ctrl+Enter reviews; F1 shows what AWS says about the field with the focus. */
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") document.querySelector("[data-action=review]").click();
  else if (event.key === "F1") toggleReference(event.target);
  else return;
  event.preventDefault();
});

/** Show or hide the API reference of the member that the control edits. */
function toggleReference(control) {
  const reference = control.closest(".field, .subform")?.querySelector(".model-doc");
  reference?.toggleAttribute("open");
  if (reference?.open) announce(reference.textContent);
}

/** Take the API references out of the tab order: F1 opens them from their field. */
function skipReferences() {
  for (const summary of document.querySelectorAll(".model-doc > summary")) summary.tabIndex = -1;
}

document.addEventListener("toggle", ({ target }) => { // a text for many lines is typed at once
  if (target.open && target.matches(".add-lines")) target.querySelector("textarea").focus();
}, true);

document.addEventListener("htmx:afterRequest", ({ detail }) => { // added Regions; with unknown ones the text stays
  const added = detail.requestConfig.parameters.op === "add-lines:/distributions" && detail.xhr.status === 200;
  if (!added || document.querySelector("#distributions_error > .finding-warning > .finding-label:empty")) return;
  document.getElementById("lines-distributions").value = "";
});

/** Enter in a row of a map adds the next one. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !event.target.matches("input[data-part]")) return;
  event.preventDefault();
  event.target.closest(".field").querySelector("[data-action=add]").click();
});

/** Lines of key=value that are pasted into a row of a map become rows. */
document.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!event.target.matches?.("input[data-part=key]") || !/[=\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const lines = event.target.closest(".field").querySelector(".add-lines");
  lines.querySelector("textarea").value = text;
  lines.querySelector("[data-action=add-lines]").click();
});

document.addEventListener("click", ({ target }) => { // shows all Regions of the preview
  if (target.matches("[data-expand]")) for (const fold of document.querySelectorAll("#preview .fold")) fold.open = true;
});

document.addEventListener("paste", (event) => {
  if (!event.target.closest?.("[data-preview]")) return;
  document.getElementById("id_document").value = event.clipboardData.getData("text/plain");
  document.querySelector("[data-action=paste]").click();
});

// --- Editing as JSON -------------------------------------------------------------------------------------------------

/** Return true if JSON was typed that is not in the draft. */
function hasUnusedJson() {
  const [text, offered] = ["id_document", "id_offered"].map((id) => document.getElementById(id));
  return Boolean(text) && !text.hidden && text.value !== (offered ?? text).defaultValue;
}

document.addEventListener("htmx:beforeSwap", ({ detail: { target, shouldSwap, requestConfig } }) => { // autosave doesn't post it
  if (!shouldSwap || target.id !== "workspace" || requestConfig.parameters.op !== "autosave" || !hasUnusedJson()) return;
  const [box, focused] = [document.getElementById("paste"), document.activeElement];
  document.addEventListener("htmx:afterSwap", () => {
    document.getElementById("paste").replaceWith(box);
    if (box.contains(focused)) focused.focus({ preventScroll: true });
  }, { once: true });
});

addEventListener("beforeunload", (event) => { if (hasUnusedJson()) event.preventDefault(); });
