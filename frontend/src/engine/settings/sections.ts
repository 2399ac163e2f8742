import {
  Boxes,
  Building2,
  Gauge,
  KeyRound,
  LayoutTemplate,
  ListChecks,
  LockKeyhole,
  type LucideIcon,
  Network,
  ScrollText,
  ShieldCheck,
  UserRound,
  Users,
  Workflow,
} from "lucide-react";
import type { Me } from "@/api";

export type SectionKey =
  | "profile"
  | "security"
  | "workspace"
  | "entry"
  | "members"
  | "teams"
  | "objects"
  | "pipelines"
  | "rules"
  | "templates"
  | "quality"
  | "audit"
  | "tokens";
export type SectionGroup = "mine" | "firm" | "developers";

export interface SettingsSection {
  key: SectionKey;
  group: SectionGroup;
  icon: LucideIcon;
}

const SECTIONS: (SettingsSection & { may: (me: Me) => boolean })[] = [
  { key: "profile", group: "mine", icon: UserRound, may: () => true },
  { key: "security", group: "mine", icon: ShieldCheck, may: () => true },
  { key: "workspace", group: "firm", icon: Building2, may: (me) => me.can.settings },
  { key: "entry", group: "firm", icon: LockKeyhole, may: (me) => me.can.members },
  { key: "members", group: "firm", icon: Users, may: (me) => me.can.members },
  { key: "teams", group: "firm", icon: Network, may: (me) => me.can.members },
  { key: "objects", group: "firm", icon: Boxes, may: (me) => me.can.settings },
  { key: "pipelines", group: "firm", icon: Workflow, may: (me) => me.can.settings },
  { key: "rules", group: "firm", icon: ListChecks, may: (me) => me.role === "admin" },
  { key: "templates", group: "firm", icon: LayoutTemplate, may: (me) => me.role === "admin" },
  { key: "quality", group: "firm", icon: Gauge, may: (me) => me.role === "admin" || me.role === "manager" },
  { key: "audit", group: "firm", icon: ScrollText, may: (me) => me.role === "admin" },
  { key: "tokens", group: "developers", icon: KeyRound, may: () => true },
];

/** What this person may open; the rest is not shown as a locked door. */
export function settingsSections(me: Me): SettingsSection[] {
  return SECTIONS.filter((section) => section.may(me));
}
