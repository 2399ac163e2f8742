// Runs before the first paint so that a dark or English page never flashes light or Chinese. A file and not an
// inline script: the content security policy allows scripts from our own origin only.
(() => {
  // Nothing that is read from anywhere can lend a property to every object (`__proto__`, `constructor.prototype`):
  // neither our code nor a library's adds any, and from here on nobody can.
  Object.preventExtensions(Object.prototype);
  // The page itself is served at every other address, with its headers; as a bare file it has none.
  if (location.pathname.startsWith("/static/")) location.replace("/");
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = read("guanxi.theme") ?? "system";
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  const stored = read("guanxi.locale");
  document.documentElement.lang = stored ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en");
})();
