// The editor's behavior while a user types. Enhancement only, no rendering; its state is what was visited, typed and
// pressed, and what the server has not answered yet.
"use strict";

// Swaps that only replace or append. htmx's own swap looks up the old attributes of each new element,
// which takes longer than all the rest when a form arrives.
const SWAPS = { replace: "replaceWith", append: "append" };
htmx.defineExtension("swaps", {
  isInlineSwap: (style) => style === "replace",
  handleSwap(style, target, fragment, settling) {
    if (!SWAPS[style]) return false;
    for (const button of fragment.querySelectorAll(ACTIONS)) button.type = "button";
    const [nodes, elements] = [[...fragment.childNodes], [...fragment.children]];
    target[SWAPS[style]](...nodes);
    settling.elts = settling.elts.flatMap((old) => (old === target ? elements : [old]));
    return nodes;
  },
});

// Browsers look through the whole form for each submit button that is inserted or removed. So an action's button that
// arrives is a plain one until it is pressed.
const ACTIONS = "button[name=op][data-action]";
document.addEventListener("click", ({ target }) => {
  const button = target.closest(ACTIONS);
  if (button) button.type = "submit";
}, true);

// --- Outline ---------------------------------------------------------------------------------------------------------

const visibleSections = new Set();

let pointed = null; // the element under the mouse or the finger
document.addEventListener("pointerover", ({ target }) => { pointed = target; });
document.addEventListener("pointerout", () => { pointed = null; });

/** Return true while the focus or the pointer is in the outline: a link that moves misses the click. */
function isOutlineInUse() {
  return [pointed, document.activeElement].some((element) => element?.closest(".outline"));
}

/** Scroll the outline to that item; not by scrollIntoView, so that the page stays. */
function showInOutline(item) {
  for (const box of [item.parentElement, item.closest(".outline"), item.closest("nav")]) {
    const [link, frame] = [item.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += Math.floor(Math.min(0, link.top - frame.top)) + Math.ceil(Math.max(0, link.bottom - frame.bottom));
    box.scrollLeft += Math.floor(Math.min(0, link.left - frame.left)) + Math.ceil(Math.max(0, link.right - frame.right));
  }
}

/** Mark the outline's link of the section with the focus if it is in view, else of the topmost section in view. */
function markOutline() {
  const links = [...document.querySelectorAll(".outline a[href^='#']")];
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const inView = bottom > 64 && top < innerHeight;
  const focused = inView && links.find((link) => document.activeElement.closest(link.hash));
  const current = focused || links.find((link) => visibleSections.has(document.getElementById(link.hash.slice(1))));
  const previous = links.find((link) => link.hasAttribute("aria-current"));
  if (!current || current === previous) return; // the user may have scrolled the outline
  previous?.removeAttribute("aria-current");
  current.setAttribute("aria-current", "true");
  if (!isOutlineInUse()) showInOutline(current);
}

/** Let the outline follow the scrolling; return the observer. */
function observeSections() {
  visibleSections.clear();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) visibleSections[isIntersecting ? "add" : "delete"](target);
    markOutline();
  }, { rootMargin: "-64px 0px -40% 0px" });
  for (const link of document.querySelectorAll(".outline a[href^='#']")) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) observer.observe(section);
  }
  return observer;
}

// --- What was typed and visited --------------------------------------------------------------------------------------

const visited = new Set(); // ids of the controls that the user has left
const justBlurred = []; // those of them that the server does not know of yet
const count = { typed: 0, sent: 0, saved: 0 }; // changes of the fields

// Captured, so that it has counted before anything is sent.
document.addEventListener("input", ({ target }) => { if (target.closest("#typing")) count.typed += 1; }, true);

document.addEventListener("focusout", ({ target }) => {
  if (!target.id || !target.closest("#typing") || !target.matches(FIELDS) || visited.has(target.id)) return;
  visited.add(target.id);
  if (!hasMessages(target.id)) justBlurred.push(target.id);
  // A click on a button that took the focus away comes first: nothing may move under the pointer.
  setTimeout(() => htmx.trigger(target, "blurred"), 300);
});

/** Return true if the control or group of that id shows messages. */
function hasMessages(id) {
  return Boolean(document.getElementById(`${id}_error`)?.children.length);
}

/** Return the ids of all controls and groups that show messages. */
function idsWithMessages() {
  return [...document.querySelectorAll("#typing .findings:not(:empty)")].map((list) => list.id.replace(/_error$/, ""));
}

/** Show how many characters are left from a hundred on, and announce it a few times. */
const counter = Object.assign(document.createElement("p"), { className: "form-text counter" });
const announcedSteps = new WeakMap();
document.addEventListener("input", ({ target }) => {
  const room = target.dataset.maxLength - [...(target.value ?? "")].length; // code points, as the rules count
  if (!(room <= 100)) {
    if (announcedSteps.delete(target)) counter.remove(); // one at another control stays, so that nothing moves
    return;
  }
  const [number, over] = [Math.abs(room), room < 0];
  const part = target.dataset.part ? `${target.getAttribute("aria-label").split(" ")[0]}: ` : "";
  counter.textContent = `${part}${number} character${number === 1 ? "" : "s"} ${over ? "too many" : "left"}`;
  counter.toggleAttribute("data-over", over);
  if (part) target.parentElement.append(counter);
  else target.after(counter);
  const step = [20, 0, -1].filter((least) => room <= least).length;
  if (step > (announcedSteps.get(target) ?? -1)) announce(counter.textContent);
  announcedSteps.set(target, step);
});

/** Mark the lines of the preview that show the field with the focus. */
function markLines() {
  for (const line of document.querySelectorAll(".json .is-current")) line.classList.remove("is-current");
  const field = document.activeElement?.closest("#typing [id]");
  const lines = field ? document.querySelectorAll(`.json a[href$="#${CSS.escape(field.id)}"]`) : [];
  for (const line of lines) line.classList.add("is-current");
  const preview = document.getElementById("preview");
  if (lines.length && preview.offsetParent) preview.scrollTop = lines[0].offsetTop - preview.clientHeight / 3;
}

document.addEventListener("focusin", (event) => {
  if (event.target.closest("#typing")) markLines();
  if (event.target.matches(".outline :focus-visible")) showInOutline(event.target); // browsers leave it cut off
  markOutline();
});

/** Set aria-invalid on the controls that show an error. */
function markInvalid() {
  for (const control of document.querySelectorAll("#typing [aria-describedby]")) {
    const messages = document.getElementById(control.getAttribute("aria-describedby").split(" ").pop());
    control[messages?.querySelector(".finding-error") ? "setAttribute" : "removeAttribute"]("aria-invalid", "true");
  }
}

// --- Buttons, and typing while one is at work ------------------------------------------------------------------------

/** A button is pressed once the last one is done: its answer may redraw all others. */
const pending = { form: null, button: null };
document.addEventListener("submit", (event) => {
  const [form, button] = [event.target, event.submitter];
  if (form.id !== "workspace") return;
  if (pending.form !== form) {
    Object.assign(pending, { form, button });
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (button !== pending.button) announce("Not done: the previous action was still running. Try again.", { visible: true });
}, true);

/** Keep the Region whose Edit or Close was pressed at its place while the page changes around it. */
const anchor = { id: "", top: 0 };
document.addEventListener("submit", ({ submitter }) => {
  const card = submitter?.matches("[data-action=edit], [value=close]") && submitter.closest("[id^=distributions-]");
  Object.assign(anchor, card ? { id: card.id, top: card.getBoundingClientRect().top } : { id: "" });
}, true);

function restoreAnchor() {
  const card = anchor.id && document.getElementById(anchor.id);
  if (card) scrollBy(0, card.getBoundingClientRect().top - anchor.top);
  anchor.id = "";
}

/** Keep the control with the focus at its place while messages appear above it or the form is redrawn. */
const held = { control: null, top: 0 };
function holdFocus() {
  const control = held.control ? null : document.activeElement.closest("#typing *"); // once until it is restored
  if (control) Object.assign(held, { control, top: control.getBoundingClientRect().top });
}

function restoreHeld() {
  const [control, focused] = [held.control, document.activeElement];
  const isSame = control === focused || (control?.id && control.id === focused.id); // or its successor in a new form
  if (isSame) scrollBy(0, focused.getBoundingClientRect().top - held.top);
  held.control = null;
}

// An answer that was not shown, because the user kept typing: if the next one has been requested, and the focus.
let skippedAnswer = null;
let wasDrawn = true; // the last answer: the next one has only the differences to it

/** Skip an answer that would redraw the form over what was typed since; post that first. */
function skipOrSwap(event) {
  const { requestConfig, xhr } = event.detail;
  const redraws = requestConfig.elt.id === "workspace" || xhr.getResponseHeader("HX-Retarget") === "#workspace";
  if (!redraws) return;
  const control = document.activeElement;
  if (skippedAnswer) Object.assign(skippedAnswer, { id: control.id, from: control.selectionStart, to: control.selectionEnd });
  if (count.typed === count.sent) return;
  event.detail.shouldSwap = false;
  skippedAnswer ??= {};
  skippedAnswer.again = true;
  htmx.trigger("#typing", "blurred");
}

/** Restore focus and caret after a skipped answer, also if the Region has another number now. */
function restoreFocus() {
  const { id, from, to } = skippedAnswer;
  skippedAnswer = null;
  if (document.activeElement !== document.body) return;
  const open = document.getElementById("open").value;
  const control = document.getElementById(id.replace(/(?<=^(id_)?distributions-)[0-9]+/, open));
  control?.focus();
  if (control?.selectionStart != null) control.setSelectionRange(from, to);
}

/** Keep the scroll position of another format of the draft while it follows what is typed. */
function keepFormatScroll({ detail: { target } }) {
  const [old, top] = [document.getElementById("format-text"), document.getElementById("format-text")?.scrollTop];
  if (target.id !== "formats" || !top) return;
  document.body.addEventListener("htmx:afterSwap", () => {
    const text = document.getElementById("format-text");
    if (text?.ariaLabel === old.ariaLabel) text.scrollTop = top;
  }, { once: true });
}

// --- Saving: failures, closing, reloading ----------------------------------------------------------------------------

let retry; // timer

/** Show that a post did not reach the server and post again until it does. */
function showUnsaved({ requestConfig, xhr }) {
  const [status, form] = [document.getElementById("status"), document.getElementById("workspace")];
  if (requestConfig.path !== form?.getAttribute("action")) return;
  const signedOut = xhr.status === 403 && !xhr.getResponseHeader("HX-Trigger")?.includes("token");
  const message = form.dataset[xhr.status === 404 ? "gone" : signedOut ? "ended" : "unsent"];
  if (!status.dataset.unsent) announce(message, { visible: true });
  status.textContent = status.dataset.unsent = message;
  clearTimeout(retry);
  if (xhr.status !== 404 && !signedOut) retry = setTimeout(() => htmx.trigger("#typing", "blurred"), 3e3);
}

new BroadcastChannel("session").addEventListener("message", ({ data }) => { // from this tab too
  const isSignedIn = data > 0; // seconds until the session ends
  if (isSignedIn && document.getElementById("status")?.dataset.unsent) htmx.trigger("#typing", "blurred");
});

addEventListener("beforeunload", (event) => {
  if (document.getElementById("status")?.dataset.unsent) event.preventDefault();
});

/** Return the number of the draft's revision that the page shows. */
function shownRevision() {
  return Number(document.getElementById("status").dataset.revision);
}

/** Save what is typed when the page is closed. */
addEventListener("pagehide", () => {
  const form = document.getElementById("workspace");
  if (!form) return;
  const saving = count.typed !== count.saved && Date.now();
  const closed = { url: form.action, revision: shownRevision(), saving };
  sessionStorage.setItem("closed", JSON.stringify(closed));
  if (!saving) return;
  const body = new URLSearchParams(new FormData(form));
  body.set("op", "autosave");
  body.set("sequence", count.typed);
  fetch(form.action, { method: "POST", body, keepalive: String(body).length < 6e4 }); // browsers allow 64 kB
});

/** Bring a page up to date that was requested before the last page of its window had been saved. */
function catchUp() {
  const form = document.getElementById("workspace");
  const closed = JSON.parse(sessionStorage.getItem("closed"));
  sessionStorage.removeItem("closed");
  if (!closed || closed.url !== form?.action) return;
  if (closed.revision > shownRevision()) location.reload();
  else if (Date.now() - closed.saving < 5e3) setTimeout(() => htmx.trigger("#typing", "blurred"), 1000);
}

document.addEventListener("DOMContentLoaded", () => {
  catchUp();
  skipReferences();
  const name = document.getElementById("id_name");
  if (name?.value === "" && !location.hash) name.focus(); // a new draft begins with its name
  let observer = observeSections();
  const on = (name, listener) => document.body.addEventListener(name, listener);
  on("htmx:afterSettle", ({ detail }) => {
    restoreAnchor();
    const covered = document.querySelector(".conflict") && document.activeElement.closest("#typing :focus");
    covered?.scrollIntoView({ block: "nearest" });
    observer.disconnect();
    observer = observeSections();
    if (detail.target.id === "workspace" && count.typed !== count.sent) htmx.trigger("#typing", "blurred");
  });
  on("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "post") return;
    Object.assign(detail.parameters, {
      visited: [...visited].join(" "),
      just_blurred: justBlurred.splice(0).join(" "),
      reporting: idsWithMessages().join(" "),
      focused: document.activeElement?.id ?? "",
      sequence: count.typed,
    });
    if (!wasDrawn) detail.parameters.redraw = 1;
    // htmx forgets the button of a post that waits for another one once the focus leaves it.
    if (detail.elt.id === "workspace" && pending.button) detail.parameters[pending.button.name] = pending.button.value;
  });
  on("htmx:beforeSwap", skipOrSwap);
  on("htmx:beforeSwap", holdFocus);
  on("htmx:beforeSwap", keepFormatScroll);
  on("htmx:afterSwap", ({ detail }) => { if (skippedAnswer && detail.target.id === "workspace") restoreFocus(); });
  on("htmx:beforeSend", ({ detail }) => { if (detail.requestConfig.verb === "post") count.sent = count.typed; });
  on("htmx:afterRequest", ({ detail }) => {
    requestAnimationFrame(restoreHeld); // after what was asked for
    if (detail.requestConfig.verb !== "post") return;
    const { status } = detail.xhr; // htmx calls each answer that it swaps a success; those of 409 and 422 have their own messages
    const arrived = (status >= 200 && status < 400) || [409, 422].includes(status);
    if (arrived) count.saved = count.sent;
    else showUnsaved(detail);
    wasDrawn = arrived && !skippedAnswer?.again;
    const done = skippedAnswer || detail.requestConfig.elt.id === "workspace";
    if (skippedAnswer?.again) skippedAnswer.again = false; // the next answer has all of it
    else if (done) skippedAnswer = pending.form = null;
    requestAnimationFrame(() => { markInvalid(); skipReferences(); markLines(); });
  });
});
