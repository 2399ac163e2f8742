/** What the first number of a pattern looks like, as the server will make it. */
export function exampleOf(pattern: string, now: Date, number = 1): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return pattern.replace(/\{(YYYY|YY|MM|DD|0{1,10})\}/g, (_, token: string) => {
    if (token.startsWith("0")) return String(number).padStart(token.length, "0");
    if (token === "YYYY") return String(now.getFullYear());
    if (token === "YY") return two(now.getFullYear() % 100);
    return two(token === "MM" ? now.getMonth() + 1 : now.getDate());
  });
}
