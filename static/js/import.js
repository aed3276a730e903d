// Files that are dropped anywhere on the import page are imported, and a link to the document leads to the line of its
// first error. Everything else works without.
"use strict";

for (const link of document.querySelectorAll(".error-summary [href='#id_document']")) {
  link.addEventListener("click", () => setTimeout(selectLine)); // after the browser has moved the focus
}

/** Select the line with the first error in the document, and scroll to it. */
function selectLine() {
  const line = document.querySelector("[data-line]")?.dataset.line - 1;
  const [text, lines] = [document.getElementById("id_document"), document.getElementById("id_document").value.split("\n")];
  if (!(line < lines.length)) return;
  const start = lines.slice(0, line).join("\n").length + (line ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + lines[line].length);
  text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
}

const input = document.getElementById("id_file");

for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return; // dragged text
    event.preventDefault();
    input.form.toggleAttribute("data-dragging", name === "dragover");
    if (name !== "drop") return;
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
}
