// The preview's width, changed by dragging its left edge or by the arrow keys, and remembered. Enhancement only.
"use strict";

/** Set the width in pixels; the style sheet keeps it within the window. */
function setPreviewWidth(width) {
  document.documentElement.style.setProperty("--preview", `clamp(21rem, ${width}px, 100vw - 48rem)`);
  localStorage.setItem("preview-width", width);
}

function previewWidth() {
  const preview = document.querySelector(".editor-preview");
  return Math.round(preview.offsetWidth - parseFloat(getComputedStyle(preview).paddingLeft));
}

document.addEventListener("pointerdown", (event) => {
  if (!event.target.matches(".preview-handle")) return;
  event.target.setPointerCapture(event.pointerId);
  const edge = event.clientX + previewWidth();
  event.target.onpointermove = ({ buttons, clientX }) => { if (buttons) setPreviewWidth(edge - clientX); };
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: 32, ArrowRight: -32 }[event.key];
  if (!step || !event.target.matches(".preview-handle")) return;
  event.preventDefault();
  setPreviewWidth(previewWidth() + step);
  event.target.setAttribute("aria-valuenow", previewWidth());
});

document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".preview-handle")) target.setAttribute("aria-valuenow", previewWidth());
});

const remembered = Number(localStorage.getItem("preview-width"));
if (remembered) setPreviewWidth(remembered);
