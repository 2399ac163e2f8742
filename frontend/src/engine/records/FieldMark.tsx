import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Dropdown } from "antd";
import { PhoneOff } from "lucide-react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { Icon, useFormat, useProblem } from "@/kit";
import { useT } from "./messages";
import styles from "./records.module.css";

interface Mark {
  field: string;
  kind: "bounced" | "wrong";
  reason: string | null;
  at: string;
}

interface Props {
  object: ObjectSchema;
  record: RecordData;
  field: Field;
  name: string;
}

const KINDS = ["wrong", "bounced"] as const;

/** Whether a number or an address leads nowhere, and saying so. A new value has no mark. */
export function FieldMark({ object, record, field, name }: Props) {
  const t = useT();
  const say = useProblem();
  const format = useFormat();
  const client = useQueryClient();
  const key = [...keys.record(object.key, record.id), "marks", record.version];
  const path = `/quality/${object.key}/marks/${record.id}`;
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api.get<{ data: Mark[] }>(path, { signal })).data,
  });
  const change = useMutation({
    mutationFn: (kind: Mark["kind"] | null) =>
      kind
        ? api.put<{ data: Mark[] }>(`${path}/${field.key}`, { kind })
        : api.delete<{ data: Mark[] }>(`${path}/${field.key}`),
    onSuccess: (found) => client.setQueryData(key, found.data),
    onError: (error) => say(error),
  });
  const mark = data?.find((each) => each.field === field.key);
  const items = [
    ...KINDS.filter((kind) => kind !== mark?.kind).map((kind) => ({ key: kind, label: t(`mark.${kind}`) })),
    ...(mark ? [{ key: "clear", label: t("mark.clear") }] : []),
  ];
  const icon = <Icon as={PhoneOff} size={12} />;
  const why = [mark?.reason, format.date(mark?.at)].filter(Boolean).join(t("mark.and"));
  const said = mark && t("mark.said", { mark: t(`mark.${mark.kind}`), why });
  if (!object.can.edit)
    return said ? (
      <span className={styles.fieldMark} data-marked role="img" aria-label={said} title={said}>
        {icon}
      </span>
    ) : null;
  const title = said ? `${name}: ${said}` : t("mark.set", { name });
  return (
    <span className={styles.fieldMark} data-marked={Boolean(said)}>
      <Dropdown
        trigger={["click"]}
        menu={{
          items,
          onClick: ({ key: chosen }) => change.mutate(chosen === "clear" ? null : (chosen as Mark["kind"])),
        }}
      >
        <button type="button" className={styles.help} aria-label={title} title={title}>
          {icon}
        </button>
      </Dropdown>
    </span>
  );
}
