import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Popconfirm } from "antd";
import { CalendarClock } from "lucide-react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { Icon, useFormat, useProblem } from "@/kit";
import { useT } from "./messages";
import styles from "./records.module.css";

interface Confirmation {
  field: string;
  confirmed_at: string;
  due_at: string;
  overdue: boolean;
}

interface Props {
  object: ObjectSchema;
  record: RecordData;
  field: Field;
  name: string;
}

/** When the value was confirmed last, and saying that it still holds once its rhythm is over. */
export function FieldRhythm({ object, record, field, name }: Props) {
  const t = useT();
  const say = useProblem();
  const format = useFormat();
  const client = useQueryClient();
  const key = [...keys.record(object.key, record.id), "confirmations", record.version];
  const path = `/quality/${object.key}/confirmations/${record.id}`;
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api.get<{ data: Confirmation[] }>(path, { signal })).data,
  });
  const confirm = useMutation({
    mutationFn: () => api.put<{ data: Confirmation[] }>(`${path}/${field.key}`, {}),
    onSuccess: (found) => client.setQueryData(key, found.data),
    onError: (error) => say(error),
  });
  const found = data?.find((each) => each.field === field.key);
  if (!found) return null;
  const icon = <Icon as={CalendarClock} size={12} />;
  const confirmed = t("rhythm.confirmed", { date: format.date(found.confirmed_at) });
  const said = found.overdue ? t("rhythm.overdue", { name, confirmed }) : `${name}: ${confirmed}`;
  if (!object.can.edit)
    return (
      <span className={styles.fieldMark} data-marked={found.overdue} role="img" aria-label={said} title={said}>
        {icon}
      </span>
    );
  return (
    <span className={styles.fieldMark} data-marked={found.overdue}>
      <Popconfirm
        title={t("rhythm.ask")}
        description={confirmed}
        okText={t("rhythm.yes")}
        cancelText={t("rhythm.no")}
        onConfirm={() => confirm.mutateAsync()}
      >
        <button type="button" className={styles.help} aria-label={said} title={said}>
          {icon}
        </button>
      </Popconfirm>
    </span>
  );
}
