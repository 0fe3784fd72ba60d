/* Improves what already works without it: names offered while typing, and a passage copied with its citation.
   Nothing is stored, no other host is asked, and a careful reader's typing is sent nowhere. */
"use strict";

(() => {
  const box = document.querySelector("#q[data-suggest]");
  if (box) offerNames(box);
  const status = document.querySelector("[data-says]");
  // A status is read out when it changes, not when it comes with the page.
  if (status) setTimeout(() => { status.textContent = document.getElementById(status.dataset.says).textContent.trim(); }, 500);
  const cite = document.querySelector("[data-copy]");
  if (cite && navigator.clipboard) offerCopies(cite);

  function tongue(text) {
    return /\p{Script=Han}/u.test(text) ? "zh" : "en";
  }

  /* A combobox with a list, as WAI-ARIA describes it: the focus stays in the box. */
  function offerNames(box) {
    const list = document.createElement("ul");
    list.id = "names";
    list.className = "offers";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.offers);
    list.hidden = true;
    box.after(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");

    let composing = false;
    let waiting = 0;
    let asked = 0;
    let at = -1;

    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      at = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const choose = (option) => {
      box.value = option.dataset.text;
      close();
      box.form.requestSubmit();
    };

    const move = (step) => {
      const options = [...list.children];
      if (!options.length) return;
      at = (at + step + options.length + 1) % (options.length + 1);
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      if (at === options.length) {
        at = -1;
        box.removeAttribute("aria-activedescendant");
      } else {
        box.setAttribute("aria-activedescendant", options[at].id);
        options[at].scrollIntoView({ block: "nearest" });
      }
    };

    const show = (suggestions) => {
      close();
      suggestions.forEach((one, index) => {
        const option = document.createElement("li");
        option.id = `name-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.text = one.text;
        const name = document.createElement("span");
        name.textContent = one.text;
        name.lang = tongue(one.text);
        const other = document.createElement("span");
        other.className = "other";
        other.textContent = one.label === one.text ? "" : one.label;
        other.lang = tongue(one.label);
        const count = document.createElement("span");
        count.className = "count";
        count.textContent = one.documents;
        option.append(name, other, count);
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(option));
        list.append(option);
      });
      list.hidden = !suggestions.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
    };

    const ask = async () => {
      const typed = box.value.trim();
      const turn = ++asked;
      if (typed.length < 1 || typed.length > 80) return close();
      const address = `${box.dataset.suggest}?${new URLSearchParams({ q: typed, lang: document.documentElement.lang })}`;
      try {
        const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
        const found = answer.ok ? await answer.json() : { suggestions: [] };
        if (turn === asked && document.activeElement === box) show(found.suggestions);
      } catch {
        close();
      }
    };

    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    };

    // While an input method composes, its keys are its own.
    box.addEventListener("compositionstart", () => { composing = true; close(); });
    box.addEventListener("compositionend", () => { composing = false; later(); });
    box.addEventListener("input", () => { if (!composing) later(); });
    box.addEventListener("blur", () => { asked += 1; clearTimeout(waiting); close(); });
    box.addEventListener("keydown", (event) => {
      if (composing || event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" && list.hidden) { ask(); event.preventDefault(); }
      else if (event.key === "ArrowDown") { move(1); event.preventDefault(); }
      else if (event.key === "ArrowUp" && !list.hidden) { move(-1); event.preventDefault(); }
      else if (event.key === "Escape" && !list.hidden) { close(); event.preventDefault(); }
      else if (event.key === "Enter") {
        asked += 1;
        clearTimeout(waiting);
        if (at >= 0) { choose(list.children[at]); event.preventDefault(); } else close();
      }
    });
  }

  /* A button in the citation copies what is selected in the text, else the paragraph that the address points to, with
     its number and source. */
  function offerCopies(cite) {
    const button = document.createElement("button");
    button.type = "button";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    const line = document.createElement("p");
    line.className = "more";
    line.append(button, " ", said);
    cite.after(line);
    let passage = null;

    const number = (node) => {
      const paragraph = (node.nodeType === 1 ? node : node.parentElement).closest(".para");
      return paragraph && paragraph.id.slice(1);
    };

    const selected = () => {
      const selection = getSelection();
      if (selection.isCollapsed || !selection.rangeCount) return null;
      const range = selection.getRangeAt(0);
      const first = number(range.startContainer);
      const last = number(range.endContainer) || first;
      if (!first) return null;
      const part = range.cloneContents();
      part.querySelectorAll(".docket").forEach((node) => node.remove());
      const text = part.textContent.trim().replace(/\s*\n\s*/g, "\n");
      return text && { text, place: first === last ? first : `${first}–${last}`, whole: false };
    };

    const pointed = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const paragraph = (target && target.closest(".para")) || document.querySelector(".para");
      const words = paragraph && paragraph.querySelector(".says");
      return words && { text: words.textContent.trim(), place: paragraph.id.slice(1), whole: true };
    };

    const aim = () => {
      passage = selected() || pointed();
      line.hidden = !passage;
      if (passage) button.textContent = passage.whole ? cite.dataset.copy.replace("{}", passage.place) : cite.dataset.copySelected;
      said.textContent = "";
    };

    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", async () => {
      const [before, after] = cite.dataset.quotes.split("|");
      await navigator.clipboard.writeText(`${before}${passage.text}${after}\n${cite.textContent.trim()} ¶ ${passage.place}`);
      said.textContent = cite.dataset.done;
    });
    addEventListener("hashchange", aim);
    document.addEventListener("selectionchange", aim);
    aim();
  }
})();
