import { Input, InputNumber } from "antd";
import type { LocationValue } from "@/api/types";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy }: EditProps<LocationValue>) {
  const t = useT();
  const label = useLabel();
  const name = label(field.label);
  const current: Partial<LocationValue> = value ?? {};
  const set = (patch: Partial<LocationValue>) => {
    const next = { ...current, ...patch };
    const empty = next.lat === undefined && next.lng === undefined && !next.text;
    onChange(empty ? null : (next as LocationValue));
  };
  const number = (key: "lat" | "lng", limit: number, text: string) => (
    <InputNumber<number>
      id={key === "lat" ? id : undefined}
      className={styles.fill}
      value={current[key] ?? null}
      onChange={(next) => set({ [key]: next ?? undefined })}
      min={-limit}
      max={limit}
      precision={6}
      controls={false}
      placeholder={text}
      aria-label={`${name} ${text}`}
      autoFocus={key === "lat" && autoFocus}
      status={invalid ? "error" : undefined}
    />
  );
  return (
    <div className={styles.grid2}>
      {number("lat", 90, t("latitude"))}
      {number("lng", 180, t("longitude"))}
      <Input
        className={styles.wide}
        value={current.text ?? ""}
        onChange={(event) => set({ text: event.target.value || undefined })}
        placeholder={t("place")}
        aria-label={`${name} ${t("place")}`}
        aria-describedby={describedBy}
      />
    </div>
  );
}
