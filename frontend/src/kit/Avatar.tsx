import styles from "./kit.module.css";

const HAN = /\p{Script=Han}/u;

/** 林悦 → 悦, 欧阳娜娜 → 娜娜's last character 娜, Ada Lovelace → AL: the part colleagues call each other by. */
export function initialsOf(name: string): string {
  const text = name.trim();
  if (!text) return "·";
  if (HAN.test(text)) return [...text].filter((ch) => HAN.test(ch)).at(-1) ?? "·";
  const words = text.split(/[\s._-]+/).filter(Boolean);
  const first = words[0]?.[0] ?? "·";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** The same person has the same ground everywhere: it comes from the id, not from the order on a page. */
export function groundOf(id: string): number {
  let hash = 0;
  for (const ch of id) hash = (hash * 31 + (ch.codePointAt(0) ?? 0)) >>> 0;
  return (hash % 7) + 1;
}

interface PersonProps {
  id: string;
  name: string;
  size?: "sm" | "md" | "lg";
  /** Say the name to screen readers; leave out where the name stands beside it. */
  labelled?: boolean;
}

export function Avatar({ id, name, size = "md", labelled = false }: PersonProps) {
  return (
    <span
      className={[styles.avatar, styles[`avatar-${size}`]].join(" ")}
      style={{ background: `var(--gx-av-${groundOf(id)})` }}
      title={name}
      {...(labelled ? { role: "img", "aria-label": name } : { "aria-hidden": true })}
    >
      {initialsOf(name)}
    </span>
  );
}

const PLACE = /^(?:.{2,3}?(?:省|市|区|县|自治区))+/u;
const LEGAL = /(?:股份)?有限(?:责任)?公司|集团|公司|厂|学院|学校/gu;

/** 中山市恒拓自动化设备有限公司 → 恒: the first character that tells companies of one town apart. */
export function companyInitial(name: string): string {
  const text = name.trim();
  if (!HAN.test(text)) return [...text.toUpperCase()].find((ch) => /[\p{L}\p{N}]/u.test(ch)) ?? "·";
  const core = text.replace(PLACE, "").replace(LEGAL, "") || text;
  return [...core].find((ch) => /[\p{L}\p{N}]/u.test(ch))?.toUpperCase() ?? "·";
}

export function Logo({ name, size = "md" }: { name: string; size?: "sm" | "md" | "lg" | "xl" }) {
  return (
    <span className={[styles.logo, styles[`logo-${size}`]].join(" ")} aria-hidden="true">
      {companyInitial(name)}
    </span>
  );
}
