import { Modal } from "antd";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { type SearchHit, useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { Empty, Icon, Kbd, objectIcon } from "@/kit";
import styles from "./CommandPalette.module.css";
import { type Command, matchCommands } from "./commands";
import { Highlight } from "./Highlight";
import { searchMessages } from "./locales";
import { MAX_TYPED, type Palette } from "./usePalette";
import { useRecordSearch } from "./useRecordSearch";

interface Props {
  commands: Command[];
  palette: Palette;
}

interface Entry {
  id: string;
  group: "records" | "pages" | "actions";
  command?: Command;
  hit?: SearchHit;
}

const PAGES_SHOWN = 6;

/** ⌘K: one input, records first, then pages and actions. The input keeps the focus; arrows move the choice. */
export function CommandPalette({ commands, palette }: Props) {
  const t = searchMessages.useT();
  const navigate = useNavigate();
  const listId = useId();
  const { typed } = palette;
  const [chosen, setChosen] = useState(0);
  const { hits, pending } = useRecordSearch(typed);
  const list = useRef<HTMLDivElement>(null);

  const entries = useMemo<Entry[]>(() => {
    const matched = matchCommands(commands, typed);
    const pick = (kind: Command["kind"], group: Entry["group"]) => {
      const some = matched.filter((command) => command.kind === kind);
      return (typed ? some.slice(0, PAGES_SHOWN) : some).map((command): Entry => ({ id: command.id, group, command }));
    };
    return [
      ...hits.map((hit): Entry => ({ id: `${hit.object}:${hit.id}`, group: "records", hit })),
      ...pick("page", "pages"),
      ...pick("action", "actions"),
    ];
  }, [commands, hits, typed]);
  const at = Math.min(chosen, Math.max(entries.length - 1, 0));

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    palette.hide();
    if (entry.hit) void navigate(`/o/${entry.hit.object}/${entry.hit.id}`);
    else entry.command?.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = entries.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next !== undefined && !(typed && (event.key === "Home" || event.key === "End"))) {
      event.preventDefault();
      setChosen(next);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(entries[at]);
    }
  };

  return (
    <Modal
      open
      onCancel={palette.hide}
      footer={null}
      closable={false}
      width={640}
      style={{ top: 72 }}
      styles={{ container: { padding: 0 }, header: { margin: 0 } }}
      title={<span className="gx-hidden">{t("title")}</span>}
    >
      <div className={styles.field}>
        <Icon as={Search} size={18} />
        <input
          // The palette exists to be typed into.
          // biome-ignore lint/a11y/noAutofocus: opening it is asking for the input
          autoFocus
          ref={palette.field}
          onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={entries[at] ? `${listId}-${at}` : undefined}
          aria-label={t("title")}
          placeholder={t("placeholder")}
          value={typed}
          onChange={(event) => {
            palette.type(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          maxLength={MAX_TYPED}
          spellCheck={false}
          autoComplete="off"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className={styles.list} id={listId} role="listbox" aria-label={t("title")} ref={list}>
        {entries.map((entry, index) => (
          <Row
            key={entry.id}
            entry={entry}
            heading={entries[index - 1]?.group === entry.group ? undefined : t(entry.group)}
            id={`${listId}-${index}`}
            selected={index === at}
            onHover={() => setChosen(index)}
            onRun={() => run(entry)}
          />
        ))}
      </div>
      {entries.length === 0 && (
        <Empty small title={pending ? t("searching") : t("empty", { q: typed })}>
          {pending ? null : t("emptyHint")}
        </Empty>
      )}
      <div className={styles.foot}>
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("move")}
        </span>
        <span>
          <Kbd>enter</Kbd> {t("open")}
        </span>
        <span className="gx-hidden" role="status">
          {pending ? t("searching") : t("count", { n: entries.length })}
        </span>
      </div>
    </Modal>
  );
}

interface RowProps {
  entry: Entry;
  heading?: string;
  id: string;
  selected: boolean;
  onHover: () => void;
  onRun: () => void;
}

function Row({ entry, heading, id, selected, onHover, onRun }: RowProps) {
  const { byKey } = useSchema();
  const label = useLabel();
  const { hit, command } = entry;
  const object = hit ? byKey.get(hit.object) : undefined;
  const glyph = hit ? objectIcon(object?.icon, hit.object) : command?.icon;
  return (
    <>
      {heading && (
        <div className={styles.heading} role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus, aria-activedescendant points here */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys */}
      <div
        className={styles.row}
        id={id}
        role="option"
        aria-selected={selected}
        onMouseMove={selected ? undefined : onHover}
        onClick={onRun}
      >
        {glyph && <Icon as={glyph} />}
        <span className={styles.title}>{hit ? <Highlight hit={hit} /> : command?.title}</span>
        <span className={styles.hint}>{hit ? label(object?.label) : command?.hint}</span>
      </div>
    </>
  );
}
