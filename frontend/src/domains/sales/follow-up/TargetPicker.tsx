import { useMemo } from "react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Page, RecordData, SearchHit } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { AsyncPicker, type Choice, type PickerSource } from "@/engine/fields/shared/AsyncPicker";
import { isLoggable, type LogTarget } from "@/engine/records/log-target";
import { useLabel } from "@/i18n";
import { Logo } from "@/kit";
import { useT } from "./messages";

interface Props {
  value: LogTarget | null;
  onChange: (target: LogTarget | null) => void;
}

/** With whom it was: those one worked with last stand first, the others are found as one types. */
export function TargetPicker({ value, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const { objects } = useSchema();
  const source = useMemo<PickerSource>(() => {
    const logged = objects.filter((object) => isLoggable(object, objects));
    const asked = logged.map((object) => object.key).join(",");
    const nameOf = (key: string) => label(objects.find((object) => object.key === key)?.label);
    const choice = (object: string, id: string, title: string): Choice => ({
      id: `${object}/${id}`,
      title,
      subtitle: nameOf(object),
      icon: <Logo name={title} />,
    });
    return {
      key: (text) => [...keys.search(text, asked), "log"],
      load: async (text, signal) => {
        if (text) {
          const query = { q: text, objects: asked, limit: 20 };
          const hits = (await api.get<{ data: SearchHit[] }>("/search", { query, signal })).data;
          return hits.map((hit) => choice(hit.object, hit.id, hit.title));
        }
        const [first] = logged;
        if (!first) return [];
        const query = { sort: "-updated_at", limit: 10, count: false };
        const page = await api.get<Page<RecordData>>(`/${first.key}`, { query, signal });
        return page.data.map((record) => choice(first.key, record.id, record.title));
      },
    };
  }, [objects, label]);
  return (
    <AsyncPicker
      source={source}
      label={`${t("about")} · ${t("choose")}`}
      autoFocus
      defaultOpen
      value={value ? { id: `${value.object}/${value.id}`, title: value.title ?? "" } : null}
      onChange={(chosen) => {
        const [object = "", id = ""] = chosen?.id.split("/") ?? [];
        onChange(chosen ? { object, id, title: chosen.title } : null);
      }}
    />
  );
}
