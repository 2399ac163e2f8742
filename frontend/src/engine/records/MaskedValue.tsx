import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Tooltip } from "antd";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import { FieldRead, isBlank } from "../fields";
import { useT } from "./messages";
import styles from "./records.module.css";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  field: Field;
}

/**
 * A value one sees masked, with the eye that shows it. The asking is written into the record's history, and the button
 * says so beforehand. The clear value lives as long as this stands on the page: no cache keeps it.
 */
export function MaskedValue({ object, record, field }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const client = useQueryClient();
  const [clear, setClear] = useState<{ value: unknown } | null>(null);
  const reveal = useMutation({
    mutationFn: () => api.post<{ value: unknown }>(`/${object.key}/${record.id}/reveal`, { field: field.key }),
    gcTime: 0,
    onSuccess: ({ value }) => {
      setClear({ value });
      void client.invalidateQueries({ queryKey: keys.history(object.key, record.id) });
    },
    onError: (error) => say(error),
  });
  const value = record[field.key];
  if (isBlank(value)) return <FieldRead field={field} value={null} />;
  const name = label(field.label);
  return (
    <span className={styles.revealing}>
      {clear ? (
        <FieldRead field={{ ...field, masked: false }} value={clear.value} record={record} />
      ) : (
        <FieldRead field={field} value={value} record={record} />
      )}
      <Tooltip title={clear ? t("field.conceal_hint") : t("field.reveal_hint")}>
        <button
          type="button"
          className={styles.reveal}
          aria-label={clear ? t("field.conceal", { name }) : t("field.reveal", { name })}
          aria-busy={reveal.isPending}
          disabled={reveal.isPending}
          onClick={() => (clear ? setClear(null) : reveal.mutate())}
        >
          <Icon as={clear ? EyeOff : Eye} size={14} />
        </button>
      </Tooltip>
      {clear && (
        <span className={styles.recorded} role="status">
          {t("field.recorded")}
        </span>
      )}
    </span>
  );
}
