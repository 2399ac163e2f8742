import { Modal, Select } from "antd";
import { useState } from "react";
import type { Option } from "@/api";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { type Design, type DesignField, replaceOption, useShaping } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";

interface Props {
  design: Design;
  field: DesignField;
  option: Option;
  onClose: () => void;
}

export function ReplaceOption({ design, field, option, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const [to, setTo] = useState<string>();
  const name = label(option.label);
  const replace = useShaping((value: string) =>
    replaceOption(design.key, field.key, design.version, option.value, value),
  );
  const others = (field.options ?? []).filter((each) => each.value !== option.value && !each.retired);
  return (
    <Modal
      open
      title={t("options.replaceTitle", { name })}
      okText={t("options.replaceStart")}
      okButtonProps={{ disabled: !to, loading: replace.isPending }}
      onOk={() => to && replace.mutate(to, { onSuccess: onClose, onError: (error) => say(error) })}
      onCancel={onClose}
    >
      <p className={styles.lead}>{t("options.replaceBody", { name })}</p>
      <Select
        className={styles.fill}
        value={to}
        onChange={setTo}
        aria-label={t("options.replaceTitle", { name })}
        placeholder={t("convert.choose")}
        options={others.map((each) => ({ value: each.value, label: label(each.label) }))}
      />
    </Modal>
  );
}
