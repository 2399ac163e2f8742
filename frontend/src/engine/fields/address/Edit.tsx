import { Cascader, Input } from "antd";
import type { AddressValue } from "@/api/types";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";
import { type RegionNode, useRegions } from "./useRegions";

interface Entry {
  value: string;
  label: string;
  children?: Entry[];
}

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy }: EditProps<AddressValue>) {
  const t = useT();
  const label = useLabel();
  const regions = useRegions();
  const current = value ?? {};
  const set = (patch: Partial<AddressValue>) => {
    const next = { ...current, ...patch, text: undefined };
    onChange(Object.values(next).some(Boolean) ? next : null);
  };
  const entry = (node: RegionNode): Entry => ({
    // The names are what is stored, so that an address stays readable without the list.
    value: node.name["zh-CN"],
    label: label(node.name),
    children: node.children?.length ? node.children.map(entry) : undefined,
  });
  const path = [current.province, current.city, current.district].filter((part): part is string => Boolean(part));
  const name = label(field.label);
  return (
    <div className={styles.grid2}>
      {regions?.length ? (
        <Cascader<Entry>
          id={id}
          className={styles.fill}
          options={regions.map(entry)}
          value={path}
          onChange={(next) => {
            const [province, city, district] = (next ?? []).map(String);
            set({ country: province ? "CN" : undefined, province, city, district });
          }}
          changeOnSelect
          showSearch
          autoFocus={autoFocus}
          status={invalid ? "error" : undefined}
          aria-label={`${name} ${t("region")}`}
          placeholder={t("region")}
        />
      ) : (
        <Input
          id={id}
          value={path.join(" ")}
          onChange={(event) => {
            const [province, city, ...rest] = event.target.value.split(" ");
            set({ province, city, district: rest.join(" ") || undefined });
          }}
          aria-label={`${name} ${t("region_free")}`}
          placeholder={t("region_free")}
        />
      )}
      <Input
        value={current.postcode ?? ""}
        onChange={(event) => set({ postcode: event.target.value || undefined })}
        aria-label={`${name} ${t("postcode")}`}
        placeholder={t("postcode")}
        inputMode="numeric"
      />
      <Input
        className={styles.wide}
        value={current.street ?? ""}
        onChange={(event) => set({ street: event.target.value || undefined })}
        aria-label={`${name} ${t("street")}`}
        aria-describedby={describedBy}
        placeholder={t("street")}
      />
    </div>
  );
}
