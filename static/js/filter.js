// Filter a list by typed words, and select all that are shown. Enhancement only.
"use strict";

/** Return the item's text and name: links of the outline show findings as numbers. */
function textOf(item) {
  return `${item.ariaLabel ?? ""} ${item.textContent}`.toLowerCase();
}

/** Hide the items of the input's list that don't contain all of its words, and say so if none does. */
function filterItems(input) {
  const words = input.value.toLowerCase().split(/\s+/);
  const items = [...document.querySelectorAll(input.dataset.filter)];
  for (const item of items) item.hidden = !words.every((word) => textOf(item).includes(word));
  const shown = items.filter((item) => !item.hidden).length;
  const nothing = document.getElementById(input.dataset.noMatch);
  nothing.hidden = shown > 0 || items.length === 0;
  return nothing.hidden ? `${shown} shown` : nothing.textContent.trim();
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset.filter) announce(filterItems(target));
});

document.addEventListener("keydown", (event) => { // Enter would press a button of the form
  if (event.key === "Enter" && event.target.dataset.filter) event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  const list = target.dataset.selectShown;
  if (list) for (const box of document.querySelectorAll(`${list} > :not([hidden]) > [type=checkbox]`)) box.checked = true;
});

document.addEventListener("htmx:afterSettle", () => { // items may be new
  const input = document.querySelector("[data-filter]");
  if (input?.value) filterItems(input);
});
