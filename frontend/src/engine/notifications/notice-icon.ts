import {
  Bell,
  CircleAlert,
  Clock,
  FileDown,
  FileUp,
  Info,
  type LucideIcon,
  MessageSquare,
  UserPlus,
} from "lucide-react";

const ICONS: [RegExp, LucideIcon][] = [
  [/^import/, FileUp],
  [/^export/, FileDown],
  [/assign|owner|invit|member/, UserPlus],
  [/mention|comment|note/, MessageSquare],
  [/due|remind|overdue/, Clock],
  [/fail|error|warn/, CircleAlert],
  [/system|info/, Info],
];

/** Kinds are the server's words and grow with it; one we do not know is still a message. */
export function noticeIcon(kind: string): LucideIcon {
  return ICONS.find(([pattern]) => pattern.test(kind))?.[1] ?? Bell;
}
