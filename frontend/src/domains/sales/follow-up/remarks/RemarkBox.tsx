import { useQuery } from "@tanstack/react-query";
import { Button, Mentions } from "antd";
import { useRef, useState } from "react";
import type { Id } from "@/api";
import { people } from "@/engine/fields/shared/pickers";
import { useDebounced } from "@/engine/fields/shared/useDebounced";
import { useProblem } from "@/kit";
import { useT } from "./messages";
import { useRemarkChanges } from "./queries";
import styles from "./remarks.module.css";

/** Words about a record; who is chosen after an @ is told. */
export function RemarkBox({ object, id, autoFocus = false }: { object: string; id: Id; autoFocus?: boolean }) {
  const t = useT();
  const say = useProblem();
  const { add } = useRemarkChanges(object, id);
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const named = useRef(new Map<string, Id>());
  const typed = useDebounced(asked ?? "", 180);
  const found = useQuery({
    queryKey: people.key(typed),
    queryFn: ({ signal }) => people.load(typed, signal),
    enabled: asked !== null,
    staleTime: 30_000,
  });
  const send = () => {
    const body = text.trim();
    if (!body || add.isPending) return;
    const mentions = [...named.current].flatMap(([name, person]) => (body.includes(`@${name}`) ? [person] : []));
    add.mutate(
      { body, mentions },
      {
        onSuccess: () => {
          setText("");
          named.current.clear();
        },
        onError: (error) => say(error),
      },
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: ⌘Enter sends from the field inside
    <div
      className={styles.box}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          send();
        }
      }}
    >
      <Mentions
        autoSize={{ minRows: 1, maxRows: 6 }}
        autoFocus={autoFocus}
        value={text}
        onChange={setText}
        onSearch={setAsked}
        onSelect={(option) => {
          if (option.value && option.key) named.current.set(option.value, option.key);
        }}
        filterOption={false}
        loading={found.isFetching}
        options={(found.data ?? []).map((person) => ({ key: person.id, value: person.title, label: person.title }))}
        placeholder={t("write")}
        aria-label={t("write")}
        maxLength={4000}
      />
      <Button type="primary" disabled={!text.trim()} loading={add.isPending} onClick={send}>
        {t("send")}
      </Button>
    </div>
  );
}
