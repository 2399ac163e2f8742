import { useQuery } from "@tanstack/react-query";
import { Select, Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import { useT } from "../messages";
import styles from "./fields.module.css";
import { searchText } from "./search-text";
import { useDebounced } from "./useDebounced";

export interface Choice {
  id: string;
  title: string;
  subtitle?: string | null;
  icon?: ReactNode;
}

/** Where choices come from; asked for what was typed, and only while the list is open. */
export interface PickerSource {
  key: (text: string) => readonly unknown[];
  load: (text: string, signal: AbortSignal) => Promise<Choice[]>;
}

interface Common {
  source: PickerSource;
  /** Choices that stand above what the server finds: "me", "my team". */
  first?: Choice[];
  id?: string;
  label?: string;
  autoFocus?: boolean;
  defaultOpen?: boolean;
  invalid?: boolean;
  describedBy?: string;
  allowClear?: boolean;
  popupWidth?: number;
}
interface Single extends Common {
  many?: false;
  value: Choice | null;
  onChange: (value: Choice | null) => void;
}
interface Many extends Common {
  many: true;
  value: Choice[];
  onChange: (value: Choice[]) => void;
}

/** A choice among very many: searches as one types, never loads the lot, remembers the names it showed. */
export function AsyncPicker(props: Single | Many) {
  const t = useT();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(Boolean(props.defaultOpen));
  const asked = useDebounced(text, 180);
  const found = useQuery({
    queryKey: props.source.key(asked.trim()),
    queryFn: ({ signal }) => props.source.load(asked.trim(), signal),
    enabled: open,
    staleTime: 30_000,
  });
  const first = (props.first ?? []).filter((choice) => searchText(choice.title).includes(searchText(asked)));
  const choices = [...first, ...(found.data ?? [])];
  const chosen = props.many ? props.value : props.value ? [props.value] : [];
  const known = new Map([...choices, ...chosen].map((choice) => [choice.id, choice]));
  const pick = (ids: string | string[] | undefined) => {
    if (props.many) {
      props.onChange((Array.isArray(ids) ? ids : []).flatMap((id) => known.get(id) ?? []));
      setText("");
    } else {
      props.onChange(typeof ids === "string" ? (known.get(ids) ?? null) : null);
    }
  };
  const waiting = found.isFetching || asked !== text;
  const listed = choices.map((choice) => ({ value: choice.id, label: choice.title, choice }));
  const options = open ? listed : chosen.map((choice) => ({ value: choice.id, label: choice.title, choice }));
  return (
    <Select<string | string[]>
      id={props.id}
      aria-label={props.label}
      className={styles.fill}
      mode={props.many ? "multiple" : undefined}
      value={props.many ? chosen.map((choice) => choice.id) : (chosen[0]?.id ?? undefined)}
      onChange={pick}
      options={withChosen(options, chosen)}
      labelRender={({ value, label }) => known.get(String(value))?.title ?? label}
      optionRender={({ data }) => <ChoiceRow choice={data.choice} />}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) setText("");
      }}
      open={open}
      notFoundContent={
        waiting ? (
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        ) : (
          t(text ? "nothing_found" : "type_to_search")
        )
      }
      allowClear={props.allowClear ?? true}
      autoFocus={props.autoFocus}
      status={props.invalid ? "error" : undefined}
      aria-describedby={props.describedBy}
      maxTagCount={props.many ? "responsive" : undefined}
      popupMatchSelectWidth={props.popupWidth ?? true}
      placeholder={t("search_placeholder")}
    />
  );
}

interface Entry {
  value: string;
  label: string;
  choice: Choice;
}

/** What is chosen stays in the list, or the select would show its id. */
function withChosen(options: Entry[], chosen: Choice[]): Entry[] {
  const there = new Set(options.map((option) => option.value));
  const missing = chosen
    .filter((choice) => !there.has(choice.id))
    .map((choice) => ({ value: choice.id, label: choice.title, choice }));
  return [...options, ...missing];
}

function ChoiceRow({ choice }: { choice: Choice }) {
  return (
    <span className={styles.choice}>
      {choice.icon}
      <span className={styles.choiceText}>
        <span className="gx-cut">{choice.title}</span>
        {choice.subtitle && <small className="gx-cut">{choice.subtitle}</small>}
      </span>
    </span>
  );
}
