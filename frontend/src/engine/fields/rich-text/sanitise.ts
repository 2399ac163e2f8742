/**
 * HTML from records is cleaned again before it is drawn: the server already did, and this page does not rely on it.
 * Only the tags our editor writes survive; attributes go, but for a link's address.
 */
const ALLOWED = new Set([
  "P",
  "BR",
  "B",
  "STRONG",
  "I",
  "EM",
  "U",
  "S",
  "UL",
  "OL",
  "LI",
  "A",
  "BLOCKQUOTE",
  "CODE",
  "PRE",
  "H3",
  "H4",
  "DIV",
  "SPAN",
]);
const DROPPED = new Set(["SCRIPT", "STYLE", "IFRAME", "OBJECT", "EMBED", "TEMPLATE", "NOSCRIPT", "SVG", "MATH"]);

export function sanitise(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  clean(parsed.body);
  return parsed.body.innerHTML;
}

function clean(parent: Element): void {
  for (const node of [...parent.children]) {
    if (DROPPED.has(node.tagName.toUpperCase())) {
      node.remove();
      continue;
    }
    clean(node);
    if (!ALLOWED.has(node.tagName)) {
      node.replaceWith(...node.childNodes);
      continue;
    }
    const href = node.tagName === "A" ? safeHref(node.getAttribute("href")) : null;
    for (const attribute of [...node.attributes]) node.removeAttribute(attribute.name);
    if (href) {
      node.setAttribute("href", href);
      node.setAttribute("rel", "noopener noreferrer nofollow");
      node.setAttribute("target", "_blank");
    }
  }
}

function safeHref(href: string | null): string | null {
  if (!href) return null;
  return /^(https?:|mailto:|tel:)/i.test(href.trim()) ? href.trim() : null;
}

export function textOf(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
