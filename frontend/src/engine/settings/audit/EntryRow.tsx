import {
  BookOpen,
  Database,
  KeyRound,
  LogIn,
  type LucideIcon,
  Send,
  ShieldAlert,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from "lucide-react";
import { useLabel } from "@/i18n";
import { Icon, useFormat } from "@/kit";
import styles from "./audit.module.css";
import { auditMessages } from "./messages";
import { type Entry, partsOf, programOf, said } from "./model";

const ICONS: Record<string, LucideIcon> = {
  sign_in: LogIn,
  account: KeyRound,
  people: Users,
  settings: SlidersHorizontal,
  data: Database,
  reading: BookOpen,
  requests: Send,
  audit: ShieldCheck,
};
/** What somebody should look at. */
const ALARMING = new Set(["signin.failed", "signin.locked", "access.refused", "alert.reading"]);
const NAMES = ["name", "file", "address", "email"];
/** The parts of the settings that entries name. */
const AREAS = [
  "assignment",
  "audit",
  "calendar",
  "plans",
  "pools",
  "print_template",
  "privacy",
  "quality",
  "targets",
  "web_forms",
] as const;

/** One entry in two lines: what and who; when and from where. */
export function EntryRow({ entry, onOpen }: { entry: Entry; onOpen: (entry: Entry) => void }) {
  const t = auditMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const alarming = ALARMING.has(entry.kind);
  const about = [
    entry.object_label && label(entry.object_label),
    entry.kind.startsWith("request.") && entry.operation,
    ...NAMES.map((name) => entry.detail[name]).filter((value) => typeof value === "string"),
    typeof entry.detail.area === "string" &&
      (AREAS.find((area) => area === entry.detail.area)
        ? t(`areas.${entry.detail.area as (typeof AREAS)[number]}`)
        : entry.detail.area),
    ...partsOf(entry.detail).pairs.slice(0, 1).map(said),
  ].filter(Boolean);
  const where = [
    entry.token ? (entry.token.name ?? t("entry.token")) : null,
    entry.ip,
    programOf(entry.agent),
    entry.count > 1 &&
      t(entry.group === "requests" || entry.group === "sign_in" ? "times" : "records", {
        n: format.number(entry.count),
      }),
  ].filter(Boolean);
  return (
    <li>
      <button type="button" className={styles.row} onClick={() => onOpen(entry)}>
        <span className={styles.glyph} data-alarming={alarming} aria-hidden="true">
          <Icon as={alarming ? ShieldAlert : (ICONS[entry.group] ?? SlidersHorizontal)} size={16} />
        </span>
        <span className={styles.words}>
          <span className={styles.what}>
            <b>{label(entry.kind_label)}</b>
            {about.length > 0 && <span className={styles.about}>{about.join(" · ")}</span>}
          </span>
          <span className={styles.where}>{where.join(" · ")}</span>
        </span>
        <span className={styles.who}>{entry.actor ? (entry.actor.name ?? t("gone")) : t("system")}</span>
        <time className={styles.time} dateTime={entry.at}>
          {format.time(entry.at)}
        </time>
      </button>
    </li>
  );
}
