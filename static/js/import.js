// Files that are dropped anywhere on the import page are imported. Everything else works without.
"use strict";

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
