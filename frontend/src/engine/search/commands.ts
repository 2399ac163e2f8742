import type { LucideIcon } from "lucide-react";

/** A page to go to or a thing to do, as the palette lists it. The app says which there are. */
export interface Command {
  id: string;
  kind: "page" | "action";
  icon: LucideIcon;
  title: string;
  hint?: string;
  /** What else one may type to find it: the other language, initials. */
  words?: string;
  run: () => void;
}

/** Every typed word must occur; a hit at the start of the title counts most. */
export function matchCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...commands];
  return commands
    .map((command) => ({ command, rank: rankOf(command, words) }))
    .filter((entry) => entry.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map((entry) => entry.command);
}

function rankOf(command: Command, words: string[]): number {
  const title = command.title.toLowerCase();
  const all = `${title} ${command.hint?.toLowerCase() ?? ""} ${command.words?.toLowerCase() ?? ""}`;
  if (!words.every((word) => all.includes(word))) return 0;
  const first = words[0] ?? "";
  return title.startsWith(first) ? 3 : title.includes(first) ? 2 : 1;
}
