import { CommandPalette } from "@/engine/search/CommandPalette";
import type { usePalette } from "@/engine/search/usePalette";
import { useCommands } from "./useCommands";

interface Props {
  palette: ReturnType<typeof usePalette>;
  onShortcuts: () => void;
}

/** The palette with what it knows: loaded when it first opens, so that no page pays for it. */
export function Commands({ palette, onShortcuts }: Props) {
  const commands = useCommands({ onShortcuts });
  return <CommandPalette commands={commands} palette={palette} />;
}
