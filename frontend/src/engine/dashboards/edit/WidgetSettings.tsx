import { Button, Drawer, Input } from "antd";
import { useState } from "react";
import { useObject } from "@/api";
import { useLabel } from "@/i18n";
import { PeriodSelect } from "../../views/period/PeriodSelect";
import styles from "../dashboards.module.css";
import { useT } from "../messages";
import type { Widget, WidgetFigures } from "../types";
import { CompareSelect } from "./AddWidget";
import { DateSelect } from "./DateSelect";

interface Props {
  widget: Widget | undefined;
  counted: WidgetFigures | undefined;
  onClose: () => void;
  onChange: (next: Widget) => void;
}

/** What a widget is called, and which time it shows. */
export function WidgetSettings({ widget, counted, onClose, onChange }: Props) {
  const t = useT();
  return (
    <Drawer open={widget !== undefined} title={t("widget.settings_title")} onClose={onClose} size={380} destroyOnHidden>
      {widget && <Settings key={widget.id} widget={widget} counted={counted} onChange={onChange} />}
    </Drawer>
  );
}

function Settings({ widget, counted, onChange }: Omit<Props, "widget" | "onClose"> & { widget: Widget }) {
  const t = useT();
  const label = useLabel();
  const object = useObject(widget.object);
  const [draft, setDraft] = useState(widget);
  const [name, setName] = useState(widget.name ? label(widget.name) : "");
  const set = (change: Partial<Widget>) => setDraft({ ...draft, ...change });
  // A name in both languages stays so unless it is changed.
  const named = !name.trim() ? null : widget.name && label(widget.name) === name ? widget.name : name.trim();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ ...draft, name: named });
      }}
    >
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the input inside */}
      <label className={styles.field}>
        <span>{t("widget.name")}</span>
        <Input
          value={name}
          maxLength={80}
          placeholder={label(counted?.name)}
          onChange={(event) => setName(event.target.value)}
        />
        {widget.view && <small>{t("widget.name_help")}</small>}
      </label>
      {object && <DateSelect object={object} value={draft.date} onChange={(date) => set({ date })} />}
      {draft.date && (
        <div className={styles.field}>
          <span>{t("widget.own_period")}</span>
          <PeriodSelect value={draft.period} onChange={(period) => set({ period })} none={t("widget.no_period")} />
          <small>{t("widget.own_period_help")}</small>
        </div>
      )}
      {draft.date && <CompareSelect value={draft.compare} onChange={(compare) => set({ compare })} />}
      <Button type="primary" htmlType="submit">
        {t("widget.ok")}
      </Button>
    </form>
  );
}
