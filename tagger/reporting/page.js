"use strict";
// Language: the reader's own at first, then as chosen.
const root = document.documentElement;
const button = document.getElementById("language");
const options = document.querySelectorAll("option[data-zh]");
for (const option of options) option.dataset.en = option.textContent;
function speak(language) {
  root.dataset.lang = root.lang = language;
  button.textContent = language === "en" ? "中文" : "English";
  for (const option of options) {
    option.textContent = language === "en" ? option.dataset.en : option.dataset.zh;
  }
  filter();
}
button.addEventListener("click", () => speak(root.dataset.lang === "en" ? "zh-Hans" : "en"));

// Mistakes, or changes: shown when they answer to every filter that is set.
const form = document.getElementById("filters");
const items = form ? [...document.querySelectorAll("#mistakes li")] : [];
function filter() {
  if (!form) return;
  const { kind, type, rule, slice, other, text } = form.elements;
  let shown = 0;
  for (const item of items) {
    const { dataset } = item;
    const fits =
      (!kind?.value || dataset.kind.split(" ").includes(kind.value)) &&
      (!type?.value || dataset.type.split(" ").includes(type.value)) &&
      (!rule?.value || dataset.rule === rule.value) &&
      (!slice?.value || dataset.slice.includes(`|${slice.value}|`)) &&
      (!other?.value || dataset.other === other.value) &&
      (!text?.value || item.textContent.includes(text.value));
    item.hidden = !fits;
    shown += fits;
  }
  document.getElementById("shown").textContent = `${shown} / ${items.length}`;
}
if (form) {
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
}
speak((navigator.language || "en").startsWith("zh") ? "zh-Hans" : "en");
