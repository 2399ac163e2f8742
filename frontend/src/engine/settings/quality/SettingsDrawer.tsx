import { App, Button, Drawer, InputNumber, Select } from "antd";
import { X } from "lucide-react";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import { qualityMessages } from "./messages";
import { DIMENSIONS, type Review } from "./model";
import styles from "./quality.module.css";
import { useSaveSettings } from "./queries";

interface Props {
  review: Review;
  onSaved: () => void;
  onClose: () => void;
}

/** What counts: how much each score weighs, which fields matter, how long a record stays fresh. */
export function SettingsDrawer({ review, onSaved, onClose }: Props) {
  const t = qualityMessages.useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const save = useSaveSettings(review.object);
  const [weights, setWeights] = useState(review.settings.weights);
  const [fields, setFields] = useState(review.settings.fields);
  const [days, setDays] = useState(review.settings.review_days);
  const name = (key: string) => {
    const found = review.choices.find((choice) => choice.key === key);
    return found ? label(found.label) : key;
  };
  const submit = () =>
    save.mutate(
      { weights, fields, review_days: days, version: review.settings.version },
      {
        onSuccess: () => {
          message.success(t("saved"));
          onSaved();
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  const drop = (key: string) => setFields(Object.fromEntries(Object.entries(fields).filter(([each]) => each !== key)));
  return (
    <Drawer
      open
      size={460}
      title={t("settings")}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={save.isPending} onClick={submit}>
          {t("save")}
        </Button>
      }
    >
      <div className={styles.form}>
        <h3>{t("weights")}</h3>
        {DIMENSIONS.map((key) => (
          <Weight
            key={key}
            name={t(`dimensions.${key}`)}
            value={weights[key]}
            onChange={(value) => setWeights({ ...weights, [key]: value })}
          />
        ))}
        <h3>{t("review_days")}</h3>
        <InputNumber
          min={1}
          max={3650}
          precision={0}
          value={days}
          suffix={t("days")}
          aria-label={t("review_days")}
          onChange={(value) => setDays(value ?? days)}
          style={{ width: 140 }}
        />
        <h3>{t("important_fields")}</h3>
        {Object.entries(fields).map(([key, value]) => (
          <Weight
            key={key}
            name={name(key)}
            value={value}
            onChange={(next) => setFields({ ...fields, [key]: next })}
            onRemove={() => drop(key)}
          />
        ))}
        <Select
          value={null}
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("add_field")}
          aria-label={t("add_field")}
          options={review.choices
            .filter((choice) => !(choice.key in fields))
            .map((choice) => ({ value: choice.key, label: label(choice.label) }))}
          onChange={(key: string | null) => key && setFields({ ...fields, [key]: 1 })}
        />
      </div>
    </Drawer>
  );
}

interface WeightProps {
  name: string;
  value: number;
  onChange: (value: number) => void;
  onRemove?: () => void;
}

function Weight({ name, value, onChange, onRemove }: WeightProps) {
  const t = qualityMessages.useT();
  return (
    <div className={styles.weight}>
      <span>{name}</span>
      <InputNumber
        min={0}
        max={100}
        precision={0}
        value={value}
        aria-label={name}
        onChange={(next) => onChange(next ?? 0)}
      />
      {onRemove && (
        <Button type="text" icon={<Icon as={X} size={14} />} aria-label={`${t("remove")} ${name}`} onClick={onRemove} />
      )}
    </div>
  );
}
