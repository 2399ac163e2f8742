/** What belongs to this browser, whoever uses it: look, language, and the firm whose sign-in page it shows. */
const OF_THE_BROWSER = new Set(["guanxi.theme", "guanxi.rail", "guanxi.locale", "guanxi.firm"]);

/** Removes what a person has left in this browser: drafts of records, arrangements of lists. */
export function forgetPerson(): void {
  try {
    for (const key of Object.keys(localStorage)) if (!OF_THE_BROWSER.has(key)) localStorage.removeItem(key);
    sessionStorage.clear();
  } catch {
    // Storage that is switched off holds nothing.
  }
}
