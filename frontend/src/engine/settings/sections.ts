import {
  Boxes,
  Building2,
  CalendarClock,
  CalendarSync,
  FileInput,
  FileLock2,
  Forward,
  Gauge,
  Inbox,
  KeyRound,
  LayoutTemplate,
  ListChecks,
  LockKeyhole,
  type LucideIcon,
  Network,
  Printer,
  ScrollText,
  Share2,
  ShieldCheck,
  ShieldHalf,
  Split,
  UserRound,
  Users,
  Waves,
  Workflow,
} from "lucide-react";
import type { Me } from "@/api";

export type SectionKey =
  | "profile"
  | "security"
  | "calendar"
  | "workspace"
  | "entry"
  | "members"
  | "teams"
  | "roles"
  | "sharing"
  | "objects"
  | "pipelines"
  | "pools"
  | "assignment"
  | "plans"
  | "web-forms"
  | "referrals"
  | "rules"
  | "templates"
  | "printing"
  | "quality"
  | "privacy"
  | "requests"
  | "audit"
  | "tokens";
export type SectionGroup = "mine" | "firm" | "developers";

export interface SettingsSection {
  key: SectionKey;
  group: SectionGroup;
  icon: LucideIcon;
}

/** True where one of these parts of the settings is open to somebody. */
const open = (me: Me, ...areas: string[]): boolean => areas.some((area) => me.areas.includes(area));

const SECTIONS: (SettingsSection & { may: (me: Me) => boolean })[] = [
  { key: "profile", group: "mine", icon: UserRound, may: () => true },
  { key: "security", group: "mine", icon: ShieldCheck, may: () => true },
  { key: "calendar", group: "mine", icon: CalendarSync, may: () => true },
  { key: "workspace", group: "firm", icon: Building2, may: (me) => open(me, "workspace") },
  { key: "entry", group: "firm", icon: LockKeyhole, may: (me) => open(me, "security") },
  { key: "members", group: "firm", icon: Users, may: (me) => me.can.members },
  { key: "teams", group: "firm", icon: Network, may: (me) => me.can.members },
  { key: "roles", group: "firm", icon: ShieldHalf, may: (me) => open(me, "roles", "audit") },
  { key: "sharing", group: "firm", icon: Share2, may: (me) => open(me, "roles", "audit") },
  { key: "objects", group: "firm", icon: Boxes, may: (me) => open(me, "schema") },
  { key: "pipelines", group: "firm", icon: Workflow, may: (me) => open(me, "schema") },
  { key: "pools", group: "firm", icon: Waves, may: (me) => open(me, "rules") },
  { key: "assignment", group: "firm", icon: Split, may: (me) => open(me, "sales") },
  { key: "plans", group: "firm", icon: CalendarClock, may: (me) => open(me, "rules") },
  { key: "web-forms", group: "firm", icon: FileInput, may: (me) => open(me, "sales") },
  { key: "referrals", group: "firm", icon: Forward, may: (me) => open(me, "sales") },
  { key: "rules", group: "firm", icon: ListChecks, may: (me) => open(me, "rules") },
  { key: "templates", group: "firm", icon: LayoutTemplate, may: (me) => open(me, "templates") },
  { key: "printing", group: "firm", icon: Printer, may: (me) => open(me, "schema") },
  { key: "quality", group: "firm", icon: Gauge, may: (me) => open(me, "quality") || me.role === "manager" },
  { key: "privacy", group: "firm", icon: FileLock2, may: (me) => open(me, "privacy") },
  { key: "requests", group: "firm", icon: Inbox, may: (me) => open(me, "privacy") },
  { key: "audit", group: "firm", icon: ScrollText, may: (me) => open(me, "audit") },
  { key: "tokens", group: "developers", icon: KeyRound, may: () => true },
];

/** What this person may open; the rest is not shown as a locked door. */
export function settingsSections(me: Me): SettingsSection[] {
  return SECTIONS.filter((section) => section.may(me));
}
